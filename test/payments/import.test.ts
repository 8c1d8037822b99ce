// Payment files on the real database: every row has its verdict, nothing is booked twice or lost.
import { expect, test } from 'vitest'
import { importPayments } from '../../src/payments/import-payments.ts'
import { listImports, listOpenRows } from '../../src/registry/payments.ts'
import { openStage } from '../registry/stage.ts'
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
  const [listed] = await listImports(db.pool, 1)
  expect([...(listed?.counts.values() ?? [])].reduce((sum, each) => sum + each)).toBe(13)
})
