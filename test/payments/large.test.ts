// Files of a whole regency's month: read to the last row, up to a limit that bounds what they take.
import { expect, test } from 'vitest'
import type { Book } from '../../src/core/book.ts'
import { readPayments } from '../../src/payments/read-payments.ts'
import { maxRows, maxTableRows } from '../../src/roster/limits.ts'
import { realBook } from '../support/real-book.ts'
import { buildXlsx } from '../support/rosters/build-xlsx.ts'

const book = { payments: realBook().payments } as Book
const head = ['KPJ', 'Jumlah', 'Tanggal Bayar']

function kpjOf(index: number): string {
  return String(10_000_000_000 + index)
}

test('a workbook longer than any list of a village', async () => {
  const count = maxRows + 1
  const rows = Array.from({ length: count }, (_, at) => {
    return [kpjOf(at), { number: '8400' }, { day: 46_340 }]
  })
  const file = buildXlsx({ sheets: [{ name: 'Bayar', rows: [head, ...rows] }] })
  const found = await readPayments(file, book, '2026-12-20')
  expect(found.filter(({ read }) => typeof read !== 'string')).toHaveLength(count)
})

test('one row more than can be held is refused, and others work meanwhile', async () => {
  const lines = Array.from({ length: maxTableRows + 1 }, (_, at) => `${kpjOf(at)};8400;2026-12-10`)
  const file = Buffer.from([head.join(';'), ...lines].join('\n'))
  let turns = 0
  const others = setInterval(() => {
    turns += 1
  }, 1)
  const reading = readPayments(file, book, '2026-12-20')
  await expect(reading).rejects.toMatchObject({ refusal: 'too-many-rows' })
  clearInterval(others)
  expect(turns).toBeGreaterThan(20)
})
