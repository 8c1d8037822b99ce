// Payment files on the real database: every row has its verdict, nothing is booked twice or lost.
import { expect, test } from 'vitest'
import { importPayments } from '../../src/payments/import-payments.ts'
import { endMembership } from '../../src/registry/endings.ts'
import { listImports } from '../../src/registry/imports.ts'
import { listOpenRows } from '../../src/registry/payments.ts'
import { openStage } from '../registry/stage.ts'
import { dyingAt } from '../support/dying.ts'
import { ledgerOf, makeNumbered, paymentFile, verdictsOf } from './stage.ts'

const on = '2026-12-20'

async function openDesk() {
  const { db, book, seal } = await openStage()
  return { db, book, seal, actor: 'officer:test' }
}

test('each row is booked on the oldest months, or says why not', async () => {
  const desk = await openDesk()
  const { db } = desk
  const [one, two, three] = [await makeNumbered(db), await makeNumbered(db), await makeNumbered(db)]
  const file = paymentFile([
    [one.kpj, '', '2026-11', '8400', '2026-12-10', 'A1'],
    [one.kpj, '', 'Desember 2026', 'Rp 8.400', '11-12-2026', 'A2'],
    ['', two.nik, '11-2026 s.d. 01-2027', '33.600', '2026-12-10', 'B1'],
    [three.kpj, two.nik, '', '8400', '2026-12-10', 'C1'],
    [three.kpj, '', '', '9000', '2026-12-10', 'C2'],
    ['99999999999', '', '', '8400', '2026-12-10', 'D1'],
    ['', '', '', '8400', '2026-12-10', 'D2'],
    [three.kpj, '', '', 'delapan', '2026-12-10', 'D3'],
    [three.kpj, '', '2026-13', '8400', '2026-12-10', 'D4'],
    [three.kpj, '', '', '8400', '2026-12-21', 'D5'],
    [one.kpj, '', '2026-11', '8400', '2026-12-12', 'A3'],
    [one.kpj, '', '2026-11', '8400', '2026-12-10', 'a1'],
    [one.kpj, '', '2026-11', '9400', '2026-12-10', 'A1'],
  ])
  await importPayments(desk, file, on)
  expect(await verdictsOf(db)).toEqual([
    'paid paid 2026-11',
    'paid paid 2026-12',
    'paid paid 2026-11 2026-12 2027-01',
    'unknown-number numbers-differ',
    'wrong-amount wrong-amount',
    'unknown-number unknown-number',
    'unreadable number-missing',
    'unreadable amount-unclear',
    'unreadable month-unclear',
    'unreadable date-odd',
    'wrong-amount month-paid',
    'repeated repeated',
    'wrong-amount reference-differs',
  ])
  expect(await ledgerOf(db)).toEqual([
    `${one.id} 2026-11 8400 2026-12-10`,
    `${one.id} 2026-12 8400 2026-12-11`,
    `${two.id} 2026-11 8400 2026-12-10`,
    `${two.id} 2026-12 8400 2026-12-10`,
    `${two.id} 2027-01 16800 2026-12-10`,
  ])
  const open = await listOpenRows(db.pool, desk.seal, 100)
  expect(open.count).toBe(9)
  const [listed] = await listImports(db.pool, 'payment', 1)
  expect([...(listed?.counts.values() ?? [])].reduce((sum, each) => sum + each)).toBe(13)
})

test('the same file twice changes nothing, nor do its payments in another file or order', async () => {
  const desk = await openDesk()
  const { db } = desk
  const rows: string[][] = []
  for (let index = 0; index < 12; index++) {
    const { kpj, nik } = await makeNumbered(db)
    rows.push([kpj, '', '2026-12', '8400', '2026-12-11', ''])
    rows.push([kpj, '', '2026-11', '8400', '2026-12-10', `R${index}`])
    rows.push(['', nik, '', '16800', '2026-12-12', ''])
    rows.push(['', nik, '', '1000', '2026-12-12', ''])
  }
  await importPayments(desk, paymentFile(rows), on, 7)
  const [ledger, verdicts] = [await ledgerOf(db), await verdictsOf(db)]
  expect(ledger).toHaveLength(36)
  const again = await importPayments(desk, paymentFile(rows), on, 7)
  expect(again.closedAt).toBeInstanceOf(Date)
  expect([await ledgerOf(db), await verdictsOf(db)]).toEqual([ledger, verdicts])
  await importPayments(desk, paymentFile([...rows].reverse()), on, 5)
  expect(await ledgerOf(db)).toEqual(ledger)
  const later = (await verdictsOf(db)).slice(verdicts.length).sort()
  expect(later.filter((told) => told.startsWith('repeated'))).toHaveLength(36)
  expect(later.filter((told) => told.startsWith('wrong-amount'))).toHaveLength(12)
})

test('the order of rows decides nothing', async () => {
  const results = []
  for (const turn of [0, 1, 2]) {
    const desk = await openDesk()
    const { kpj, nik } = await makeNumbered(desk.db)
    const rows = [
      ['', nik, '', '16800', '2026-12-12', 'N'],
      [kpj, '', '2026-12', '8400', '2026-12-11', 'D'],
      [kpj, '', '2026-12', '9000', '2026-12-11', 'D'],
      [kpj, '', '2026-11', '8400', '2026-12-10', 'V'],
    ]
    const moved = [...rows.slice(turn), ...rows.slice(0, turn)]
    await importPayments(desk, paymentFile(moved), on, 2)
    const verdicts = await verdictsOf(desk.db)
    results.push({ ledger: await ledgerOf(desk.db), verdicts: verdicts.sort() })
  }
  expect(results[1]).toEqual(results[0])
  expect(results[2]).toEqual(results[0])
  expect(results[0]?.ledger).toHaveLength(3)
})

test('killed at any statement and started again, it ends the same', async () => {
  const desk = await openDesk()
  const { db } = desk
  let deaths = 0
  for (let last = 1; ; last++) {
    const [one, two] = [await makeNumbered(db), await makeNumbered(db)]
    const file = paymentFile([
      [two.kpj, '', '2026-11', '8400', '2026-12-11', 'T'],
      [one.kpj, '', '', '8400', '2026-12-12', ''],
      [one.kpj, '', '', '8400', '2026-12-12', ''],
      [one.kpj, '', '', '5', '2026-12-12', ''],
    ])
    const mortal = { ...desk, db: dyingAt(db, last, last % 2 === 0) }
    const failure = await importPayments(mortal, file, on, 2).then(() => '', String)
    const { id } = await importPayments(desk, file, on, 2)
    const verdicts = (await verdictsOf(db)).slice(-4)
    expect(verdicts).toEqual([
      'paid paid 2026-11',
      'paid paid 2026-11',
      'paid paid 2026-12',
      'wrong-amount wrong-amount',
    ])
    const ledger = (await ledgerOf(db)).slice(-3)
    expect(ledger).toEqual([
      `${one.id} 2026-11 8400 2026-12-12`,
      `${one.id} 2026-12 8400 2026-12-12`,
      `${two.id} 2026-11 8400 2026-12-11`,
    ])
    const [listed] = await listImports(db.pool, 'payment', 1, id)
    expect(listed?.closedAt).toBeInstanceOf(Date)
    if (failure === '') break
    deaths += 1
  }
  expect(deaths).toBeGreaterThan(20)
})

test('money for a membership that has ended waits for an officer, with whose it is', async () => {
  const desk = await openDesk()
  const { db } = desk
  const [gone, back] = [await makeNumbered(db), await makeNumbered(db)]
  const early = paymentFile([[gone.kpj, '', '2026-11', '8400', '2026-12-10', 'A1']])
  await importPayments(desk, early, on)
  const end = (id: number) =>
    db.transaction((tx) =>
      endMembership({ ...desk, tx }, id, { reason: 'lapsed', on: '2026-11-30' }),
    )
  await end(gone.id)
  // Somebody else was given the number of a membership that had ended: theirs is meant.
  await end(back.id)
  const heir = await makeNumbered(db)
  await db.pool.query(
    `UPDATE enrolment SET kpj_index = (SELECT kpj_index FROM enrolment WHERE submission_id = $1
                                        LIMIT 1) WHERE submission_id = $2`,
    [back.id, heir.id],
  )
  const late = paymentFile([
    [gone.kpj, '', '2026-12', '8400', '2026-12-19', 'A2'],
    ['', gone.nik, '', '8400', '2026-12-19', 'A3'],
    [gone.kpj, '', '2026-11', '8400', '2026-12-10', 'A1'],
    [back.kpj, '', '', '8400', '2026-12-19', 'B1'],
  ])
  await importPayments(desk, late, on)
  expect((await verdictsOf(db)).slice(1)).toEqual([
    'ended ended',
    'ended ended',
    'repeated repeated',
    'paid paid 2026-11',
  ])
  const open = await listOpenRows(db.pool, desk.seal, 100)
  expect(open.rows.map(({ reason }) => reason)).toEqual(['ended', 'ended'])
  const { rows } = await db.pool.query(
    `SELECT count(*)::int AS count FROM payment_row WHERE verdict = 'ended' AND submission_id = $1`,
    [gone.id],
  )
  expect(rows).toEqual([{ count: 2 }])
  expect(await ledgerOf(db)).toHaveLength(2)
})
