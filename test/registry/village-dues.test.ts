// What a village owes for its people, the list of them, and that it says it has paid.
import { expect, test } from 'vitest'
import { readVillageDues } from '../../src/core/village-dues.ts'
import { makeDocument } from '../../src/documents.ts'
import { drawUpContributions } from '../../src/jobs/draw-up-contributions.ts'
import { createLog } from '../../src/log.ts'
import { carryOut } from '../../src/registry/commands.ts'
import { isReminded } from '../../src/registry/contacts.ts'
import { readMemberships, recordPayments } from '../../src/registry/contributions.ts'
import { lookUpFacts } from '../../src/registry/facts.ts'
import { readFile } from '../../src/roster/read-file.ts'
import type { Runtime } from '../../src/runtime.ts'
import { homes, makeOfficial } from '../support/officials.ts'
import { makeMember } from './members.ts'
import { openStage } from './stage.ts'

const { db, book, seal } = await openStage()
const on = '2026-12-05'
const operator = await makeOfficial(db, 'village-operator', homes.own)

// Rows that the village pays for, and two that it does not.
const staff = { payer: 'village', segment: 'PU', base: 2_000_000, startsOn: '2026-10-01' } as const
const members = [await makeMember(db, staff), await makeMember(db, staff)]
const rentan = await makeMember(db, { payer: 'village', startsOn: '2026-12-01' })
const waiting = await makeMember(db, { ...staff, state: 'submitted' })
const own = await makeMember(db, { startsOn: '2026-12-01' })
for (const { id } of members) {
  await db.pool.query(
    `INSERT INTO staff (village_code, cohort, position, submission_id, nik_index, from_on, set_by)
     SELECT $1, 'perangkat-desa', 'Kaur', $2, $3, $4, min(id) FROM post`,
    [homes.own, id, Buffer.from(`staff ${id}`), staff.startsOn],
  )
}
const clock = { today: () => on }
const ground = { db, book, seal, log: createLog('silent'), clock, ring: () => undefined }
await drawUpContributions.run(ground as unknown as Runtime, {})

async function look() {
  const looking = { tx: db.pool, seal, book, addressId: operator, on, answers: {} }
  return readVillageDues((await lookUpFacts(looking, ['village-dues']))['village-dues'])
}

async function claimsOf(id: number) {
  const { rows } = await db.pool.query<{ until: string; state: string }>(
    `SELECT to_char(until_month, 'YYYY-MM') AS until, state FROM payment_claim
      WHERE submission_id = $1`,
    [id],
  )
  return rows
}

test('it owes each group by its own due day, and nobody else is counted', async () => {
  expect(await look()).toEqual({
    people: 3,
    claimed: 0,
    unknown: 0,
    unknownMonths: [],
    groups: [
      {
        ...{ cohort: 'perangkat-desa', segment: 'pu', people: 2, months: ['2026-10', '2026-11'] },
        // Twice two months at 0.54 percent of two million.
        ...{ totalRupiah: 43_200, nominalDueOn: '2026-12-15', isLate: true, isSure: true },
      },
      {
        ...{ segment: 'bpu', people: 1, months: ['2026-12'], totalRupiah: 16_800 },
        // Nobody knows whether village money takes the discount: the whole price, and a question.
        ...{ nominalDueOn: '2026-12-15', isLate: false, isSure: false },
      },
    ],
  })
})

test('the list names every person, with what is open for them and the sum', async () => {
  const document = { source: 'village-dues', id: `${homes.own} id`, name: '', mime: '' } as const
  const bytes = await makeDocument(
    { ...ground, config: {} } as unknown as Parameters<typeof makeDocument>[0],
    document,
  )
  const [sheet] = [...readFile(bytes ?? Buffer.alloc(0))]
  const cells = sheet?.rows.map((row) => row.cells) ?? []
  expect(cells[0]?.slice(0, 4)).toEqual(['No', 'Nama', 'Pendaftaran', 'Kelompok'])
  expect(cells[1]?.slice(3)).toEqual([
    ...['perangkat desa', 'penerima upah', 'Oktober 2026, November 2026', 'Rp21.600'],
    '15 Desember 2026',
  ])
  expect(cells.slice(1, 4).map((row) => row[2])).toEqual(
    [...members, rentan].map(({ receipt }) => `SD-${receipt.slice(0, 5)}-${receipt.slice(5)}`),
  )
  expect(cells.at(-1)).toEqual(['', '3 orang, jumlah Rp60.000'])
})

test('that it has paid is believed for what was open, an officer hears of it once', async () => {
  const command = {
    ...{ do: 'claim-village-paid', flow: 'official/paid', version: 'v', talkId: 'T1' },
    ...{ startedOn: on, language: 'id', answers: { 'village-paid-sure': 'ya' }, wordings: {} },
  }
  for (let twice = 0; twice < 2; twice++) {
    await db.transaction((tx) => carryOut({ tx, seal, book }, operator, command))
  }
  const [first] = members
  // November is due in December: it was open; December is not yet.
  expect(await claimsOf(first?.id ?? 0)).toEqual([{ until: '2026-11', state: 'open' }])
  expect(await claimsOf(rentan.id)).toEqual([{ until: '2026-12', state: 'open' }])
  expect(await claimsOf(own.id)).toEqual([])
  expect(await claimsOf(waiting.id)).toEqual([])
  const dues = await look()
  expect([dues.claimed, dues.groups]).toEqual([3, []])
  const { rows } = await db.pool.query(
    `SELECT reason, flow FROM ticket WHERE address_id = $1 AND state = 'open'`,
    [operator],
  )
  expect(rows).toEqual([{ reason: 'village-paid', flow: 'official/paid' }])
})

test('a payment confirms it; a village that pays for nobody owes nothing', async () => {
  const [first] = members
  const [kept] = await readMemberships(db.pool, book.branch.zone, [first?.id ?? 0])
  if (!kept) throw new Error('no membership')
  const payment = { kept, months: ['2026-10', '2026-11'], paidOn: '2026-12-04' }
  await db.transaction((tx) => recordPayments(tx, [payment], book.rates))
  expect(await claimsOf(kept.id)).toEqual([{ until: '2026-11', state: 'confirmed' }])
  const stranger = await makeOfficial(db, 'village-head', homes.neighbour)
  const looking = { tx: db.pool, seal, book, addressId: stranger, on, answers: {} }
  const { 'village-dues': none } = await lookUpFacts(looking, ['village-dues'])
  expect(none).toEqual({ people: 0, claimed: 0, unknown: 0, unknownMonths: [], groups: [] })
})

test('reminders may be put off by whoever gets any', async () => {
  const stranger = await makeOfficial(db, 'village-head', homes.elsewhere)
  const waits = await makeMember(db, { state: 'submitted' })
  const asked = [operator, own.addressId, stranger, waits.addressId]
  expect(await Promise.all(asked.map((id) => isReminded(db.pool, id)))).toEqual([
    ...[true, true, false, false],
  ])
})
