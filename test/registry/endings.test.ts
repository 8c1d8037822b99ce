// Memberships that end and go on again, on real rows: the ledger, the reminders, who is told what.
import { expect, test } from 'vitest'
import { must } from '../../src/core/must.ts'
import { drawUpContributions } from '../../src/jobs/draw-up-contributions.ts'
import { answersPlace } from '../../src/registry/answers-place.ts'
import { listAudience } from '../../src/registry/campaign-audience.ts'
import { claimPaid } from '../../src/registry/claims.ts'
import {
  endMembership,
  findEnding,
  reopenMembership,
  resumeMembership,
} from '../../src/registry/endings.ts'
import { listMembersToCheck } from '../../src/registry/members-to-check.ts'
import { findOwnContributions } from '../../src/registry/own-contributions.ts'
import { openReminderStage } from '../jobs/reminder-stage.ts'
import { makeOfficial } from '../support/officials.ts'
import { type Member, makeMember } from './members.ts'
import { makeAddress } from './stage.ts'

const { messagesTo, pay, programAt, purposesTo, remind, stage } = await openReminderStage()
const { db, seal, book } = stage
const november: Member = { startsOn: '2026-11-01' }

function decide<T>(work: (deciding: Parameters<typeof endMembership>[0]) => Promise<T>) {
  return db.transaction((tx) => work({ tx, seal, book, actor: 'officer:uji' }))
}

const end = (id: number, reason: string, on: string) =>
  decide((deciding) => endMembership(deciding, id, { reason, on }))
const drawUp = (on: string) => drawUpContributions.run(programAt(`${on}T09:00:00+08:00`), {})

/** Months of the ledger, the paid ones with a mark. */
async function monthsOf(id: number) {
  const { rows } = await db.pool.query<{ told: string }>(
    `SELECT to_char(month, 'YYYY-MM') || CASE WHEN paid_on IS NULL THEN '' ELSE ' lunas' END AS told
       FROM contribution WHERE submission_id = $1 ORDER BY month`,
    [id],
  )
  return rows.map(({ told }) => told)
}

/** What was told of the membership itself, without the reminders. */
async function noticesTo(addressId: number) {
  const all = await messagesTo(addressId)
  return all.filter(({ purpose }) => purpose.startsWith('membership:')).map(({ text }) => text)
}

test('the ledger stops with the month of the end, nobody is reminded, the person is told', async () => {
  const { id, addressId } = await makeMember(db, november)
  await drawUp('2027-02-02')
  await pay(id, 1, '2027-02-02')
  await remind('2027-02-08T09:00:00+08:00')
  expect(await purposesTo(addressId)).toHaveLength(1)
  expect(await end(id, 'moved', '2026-12-20')).toBe(true)
  expect(await monthsOf(id)).toEqual(['2026-11 lunas', '2026-12'])
  await remind('2027-02-15T09:00:00+08:00')
  await remind('2027-03-15T09:00:00+08:00')
  expect(await monthsOf(id)).toEqual(['2026-11 lunas', '2026-12'])
  const [notice, ...more] = await messagesTo(addressId)
  expect(more).toEqual([])
  expect(notice?.text).toContain('dicatat berakhir 20 Desember 2026')
  expect(notice?.text).toContain('peserta sudah pindah.')
  expect(notice?.text).toContain('Ketik BANTUAN')
  expect(await db.transaction((tx) => claimPaid(tx, addressId))).toBe(0)
  const own = await findOwnContributions(db.pool, seal, book.branch.zone, addressId)
  expect(own).toMatchObject({ ended: 1, members: [] })
  expect(await findEnding(db.pool, id)).toEqual({
    ...{ reason: 'moved', on: '2026-12-20', unpaidMonths: ['2026-12'] },
  })
  expect(await end(id, 'moved', '2026-12-21')).toBe(false)
})

test('the history and the trail keep who ended it, why and when', async () => {
  const { id } = await makeMember(db, november)
  await end(id, 'withdrew', '2026-11-30')
  const { rows: events } = await db.pool.query(
    `SELECT DISTINCT v.kind, v.actor, v.detail FROM enrolment_event v
       JOIN enrolment e ON e.id = v.enrolment_id WHERE e.submission_id = $1`,
    [id],
  )
  const detail = { reason: 'withdrew', on: '2026-11-30' }
  expect(events).toEqual([{ kind: 'ended', actor: 'officer:uji', detail }])
  const { rows: audits } = await db.pool.query(
    'SELECT actor, action, detail FROM audit WHERE subject = $1',
    [`submission:${id}`],
  )
  expect(audits).toEqual([{ actor: 'officer:uji', action: 'end-membership', detail }])
})

test('what was paid can never be taken out of the ledger', async () => {
  const { id } = await makeMember(db, november)
  await drawUp('2026-12-02')
  await pay(id, 1, '2026-12-02')
  const gone = db.pool.query('DELETE FROM contribution WHERE submission_id = $1', [id])
  await expect(gone).rejects.toThrow('a paid contribution is never changed')
})

test('months that were paid ahead stay paid when a membership ends before them', async () => {
  const { id } = await makeMember(db, november)
  await drawUp('2026-11-20')
  await pay(id, 3, '2026-11-20')
  await end(id, 'died', '2026-12-05')
  expect(await monthsOf(id)).toEqual(['2026-11 lunas', '2026-12 lunas', '2027-01 lunas'])
})

test('a family reads condolence, whom to talk to, and no word of what is lost', async () => {
  const { id, addressId } = await makeMember(db, november)
  await end(id, 'died', '2026-11-28')
  const [words = '', ...more] = await noticesTo(addressId)
  expect(more).toEqual([])
  expect(words).toContain('turut berduka cita')
  expect(words).toContain('LAPOR')
  expect(words).toContain('BANTUAN')
  expect(words).not.toMatch(/gugur|hilang|Rp|BERHENTI|Alasannya/)
})

test('no campaign goes to a family that mourns, but to others whose membership has ended', async () => {
  const [mourns, moved] = [await makeMember(db, november), await makeMember(db, november)]
  const family = await makeMember(db, november)
  await makeMember(db, { ...november, addressId: family.addressId })
  for (const { id } of [mourns, family]) await end(id, 'died', '2026-11-28')
  await end(moved.id, 'moved', '2026-11-28')
  const everybody = {
    ...{ withoutVillage: true, states: [], cohorts: [], segments: [] },
    ...{ languages: [], channels: [], isListed: false },
  }
  const found = (await listAudience(db.pool, 0, everybody, '2026-12-01')).map(({ id }) => id)
  expect(found).not.toContain(mourns.addressId)
  expect(found).toEqual(expect.arrayContaining([moved.addressId, family.addressId]))
})

test('whoever agreed in a chat of their own is told there, and so is who registered them', async () => {
  const agent = await makeAddress(db, 'agen')
  const own = await makeAddress(db, 'warga')
  const { id } = await makeMember(db, { ...november, addressId: agent })
  await db.pool.query(
    `WITH s AS (UPDATE submission SET command = 'enrol-resident' WHERE id = $1 RETURNING person_id)
     UPDATE address a SET person_id = s.person_id FROM s WHERE a.id = $2`,
    [id, own],
  )
  await remind('2026-12-08T09:00:00+08:00')
  expect(await purposesTo(own)).toEqual([`reminder:2026-12:before-7:r${own}`])
  await end(id, 'employed', '2026-12-07')
  expect(await noticesTo(own)).toHaveLength(1)
  expect(await noticesTo(agent)).toHaveLength(1)
  expect(await messagesTo(own)).toHaveLength(1)
})

test('an end that was a mistake leaves nothing behind, and nobody hears of it in time', async () => {
  const { id, addressId } = await makeMember(db, november)
  await drawUp('2027-01-20')
  const before = await monthsOf(id)
  await end(id, 'lapsed', '2026-11-30')
  expect(await monthsOf(id)).toEqual(['2026-11'])
  expect(await decide((deciding) => reopenMembership(deciding, id))).toBe(true)
  expect(await noticesTo(addressId)).toEqual([])
  await drawUp('2027-01-20')
  expect(await monthsOf(id)).toEqual(before)
  expect(await decide((deciding) => reopenMembership(deciding, id))).toBe(false)
})

test('whoever was told of the end is told that it was a mistake', async () => {
  const { id, addressId } = await makeMember(db, november)
  await end(id, 'lapsed', '2026-11-30')
  await db.pool.query(`UPDATE outbound SET state = 'sent', sent_at = now() WHERE address_id = $1`, [
    addressId,
  ])
  await decide((deciding) => reopenMembership(deciding, id))
  const [, words] = await noticesTo(addressId)
  expect(words).toContain('ternyata keliru, mohon maaf')
})

test('whoever comes back owes nothing of the time between, and pays from the new month on', async () => {
  const { id, addressId } = await makeMember(db, november)
  await drawUp('2027-01-20')
  await pay(id, 1, '2026-11-20')
  await end(id, 'lapsed', '2026-12-31')
  const resume = (month: string) => decide((deciding) => resumeMembership(deciding, id, month))
  expect(await resume('2026-12')).toBe(false)
  expect(await resume('2027-03')).toBe(true)
  await remind('2027-03-08T09:00:00+08:00')
  expect(await monthsOf(id)).toEqual(['2026-11 lunas', '2027-03'])
  const own = await findOwnContributions(db.pool, seal, book.branch.zone, addressId)
  expect(own.members[0]?.membership.firstMonth).toBe('2027-03')
  expect((await noticesTo(addressId)).at(-1)).toContain('mulai iuran Maret 2027')
  const asked = (await messagesTo(addressId)).find(({ purpose }) => purpose.startsWith('reminder'))
  expect(asked?.text).toContain('Iuran Maret 2027: Rp16.800')
  await pay(id, 1, '2027-03-09')
  expect(await monthsOf(id)).toEqual(['2026-11 lunas', '2027-03 lunas'])
})

test('months of an earlier membership count for nothing in the present one', async () => {
  const { id, addressId } = await makeMember(db, { startsOn: '2026-09-01' })
  await drawUp('2026-10-10')
  await pay(id, 2, '2026-10-10')
  await end(id, 'moved', '2026-10-31')
  await decide((deciding) => resumeMembership(deciding, id, '2026-12'))
  await drawUp('2026-12-02')
  await pay(id, 1, '2026-12-02')
  // January is dearer and not paid, whatever was paid before.
  await remind('2026-12-28T09:00:00+08:00')
  expect(await purposesTo(addressId)).toContain(`price:2027-01:a${addressId}`)
})

test('the benefits of a second membership are for an officer to tell', async () => {
  const { id, addressId } = await makeMember(db, { startsOn: '2026-04-01' })
  await drawUp('2026-04-10')
  await pay(id, 2, '2026-04-10')
  await end(id, 'moved', '2026-05-31')
  await decide((deciding) => resumeMembership(deciding, id, '2026-07'))
  await drawUp('2026-12-20')
  await pay(id, 8, '2026-12-20')
  await remind('2026-12-22T09:00:00+08:00')
  expect((await purposesTo(addressId)).filter((one) => one.startsWith('news:'))).toEqual([])
})

test('long unpaid memberships and those of leavers stand on the list until they are decided', async () => {
  const wish = { area: '81', rates: book.rates }
  const village = '81.01.01.2001'
  const late = await makeMember(db, { ...november, village })
  const leaver = await makeMember(db, { ...november, village, payer: 'village', segment: 'PU' })
  const mover = await makeMember(db, { ...november, village, payer: 'village', segment: 'PU' })
  for (const { id, receipt } of [late, leaver, mover]) {
    await db.pool.query('UPDATE submission SET village_code = $2, answers = $3 WHERE id = $1', [
      ...[id, village, seal.seal('{"name":"Nama Rekaan"}', answersPlace(receipt))],
    ])
  }
  const staff = (id: number, until: string | null, reason: string | null) =>
    db.pool.query(
      `INSERT INTO staff (village_code, cohort, position, submission_id, nik_index, from_on, set_by,
                          until_on, end_reason, ended_by)
       SELECT $2, 'bpd', 'anggota', $1, decode(md5(random()::text), 'hex'), '2026-11-01', p.id,
              $3, $4, CASE WHEN $3::date IS NULL THEN NULL ELSE p.id END
         FROM post p LIMIT 1`,
      [id, village, until, reason],
    )
  await makeOfficial(db, 'village-head', village)
  await staff(leaver.id, '2026-12-10', 'died')
  await staff(mover.id, '2026-12-10', 'moved')
  await staff(mover.id, null, null)
  const list = async (on: string) => {
    await drawUp(on)
    const found = await listMembersToCheck(db.pool, seal, { ...wish, on })
    // Those of other tests have no village, so they are for every branch.
    const own = found.filter((one) => one.villageCode === village)
    return own.map(({ receipt, why, months, sinceOn, reason }) => {
      return [receipt, why, months, sinceOn, reason]
    })
  }
  const left = [leaver.receipt, 'left', 0, '2026-12-10', 'died']
  // Due on 16 November, 15 December and 15 January: two are late until the third is.
  expect(await list('2027-01-15')).toEqual([left])
  expect(await list('2027-01-18')).toEqual([[late.receipt, 'unpaid', 3, '2026-11-16', null], left])
  await end(must(leaver, 'a leaver').id, 'died', '2026-12-10')
  await pay(late.id, 1, '2027-01-18')
  expect(await list('2027-01-18')).toEqual([])
})
