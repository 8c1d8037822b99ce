// Those who answer for other payers hear once a month what is open; the members hear nothing.
import { expect, test } from 'vitest'
import { findSponsorReminder } from '../../src/core/reminders/sponsors.ts'
import { drawUpContributions } from '../../src/jobs/draw-up-contributions.ts'
import { remindSponsors } from '../../src/jobs/remind-sponsors.ts'
import { makeMember } from '../registry/members.ts'
import { homes, makeOfficial } from '../support/officials.ts'
import { december, openReminderStage } from './reminder-stage.ts'

const { messagesTo, pay, programAt, remind, stage } = await openReminderStage()
const { db, book } = stage
const regency = await makeOfficial(db, 'coordinator', '63.03')
const branch = await makeOfficial(db, 'branch-officer', '63.10 63.03')
const elsewhere = await makeOfficial(db, 'branch-officer', '63.02')
const district = await makeOfficial(db, 'coordinator', '63.03.05')
const head = await makeOfficial(db, 'village-head', homes.own)

const sponsored = { ...december, payer: 'apbd' } as const
const members = [await makeMember(db, sponsored), await makeMember(db, sponsored)]
const company = await makeMember(db, { ...december, payer: 'csr' })

async function run(at: string) {
  await drawUpContributions.run(programAt(at), {})
  await remind(at)
  await remindSponsors.run(programAt(at), {})
}

async function textsTo(addressId: number) {
  return (await messagesTo(addressId)).map(({ text }) => text.split('\n')[0])
}

test('before the due day, once, to those of the regency; its members are not asked', async () => {
  await run('2026-12-07T10:00:00+08:00')
  expect(await textsTo(regency)).toEqual([])
  await run('2026-12-08T10:00:00+08:00')
  await run('2026-12-09T10:00:00+08:00')
  const both = [
    // Public money takes no discount: twice 16,800.
    expect.stringMatching(/Kab\. Banjar.*APBD.*2 orang: Rp33\.600, paling lambat 15 Desember 2026/),
    expect.stringMatching(/Kab\. Banjar.*CSR.*1 orang: Rp8\.400/),
  ]
  expect(await textsTo(regency)).toEqual(both)
  expect(await textsTo(branch)).toEqual(both)
  for (const id of [elsewhere, district, head]) expect(await textsTo(id)).toEqual([])
  for (const { addressId } of [...members, company]) expect(await textsTo(addressId)).toEqual([])
})

test('late, with what is open by then; nothing of what is paid', async () => {
  await pay(company.id, 1, '2026-12-10')
  await run('2026-12-17T10:00:00+08:00')
  expect(await textsTo(regency)).toHaveLength(2)
  await run('2026-12-18T10:00:00+08:00')
  await run('2026-12-19T10:00:00+08:00')
  // What waited to be said before is overtaken.
  const late = expect.stringMatching(
    /iuran Desember 2026 .*APBD.*2 orang, Rp33\.600, belum tercatat/,
  )
  expect(await textsTo(branch)).toEqual([expect.stringContaining('CSR'), late])
  const [first] = members
  await pay(first?.id ?? 0, 1, '2026-12-20')
  await run('2027-01-08T10:00:00+08:00')
  expect(await textsTo(branch)).toEqual([
    expect.stringMatching(/iuran Desember 2026, Januari 2027 .*APBD.*2 orang: Rp50\.400/),
    expect.stringMatching(/iuran Januari 2027 .*CSR.*1 orang: Rp16\.800/),
  ])
})

test('a due day that is a holiday is late only after the day to which it moved', () => {
  const month = { month: '2026-11', totalRupiah: 8_400 }
  const dues = { nominalDueOn: '2026-11-15', dueOn: '2026-11-16' }
  const months = [{ ...month, ...dues }]
  const said = (on: string) =>
    findSponsorReminder({ payer: 'apbd', regency: '63.03', people: 1, months }, on, book.rates)
      ?.kind
  const days = ['2026-11-07', '2026-11-08', '2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19']
  expect(days.map(said)).toEqual([undefined, 'before', 'before', undefined, undefined, 'late'])
})
