// Importing a payment file: rows a second and memory, beside one plain INSERT of the same rows.
import pg from 'pg'
import { must } from '../../src/core/must.ts'
import { importPayments } from '../../src/payments/import-payments.ts'
import { readVillages } from '../../src/place-list.ts'
import { kpjIndexOf } from '../../src/registry/payment-numbers.ts'
import { loadVillages } from '../../src/registry/villages.ts'
import { seedMembers } from '../support/reminders/seed.ts'
import { readRealBook } from './bench-book.ts'
import { type Ground, openGround } from './ground.ts'
import { mustEqual, perSecond, type Row, watchMemory } from './measure.ts'
import { insertPlainly } from './plain-rows.ts'

const members = Number(process.env.BENCH_PAYMENTS ?? 100_000)
const villageCode = '63.03.05.2056'
const day = '2026-12-20'
const numbersAtOnce = 10_000

/** One file in which every member pays November; then the same file again. */
export async function payments(): Promise<Row[]> {
  const ground = await openGround()
  const owner = new pg.Client(ground.url)
  await owner.connect()
  try {
    const villages = readVillages()
    const { db, seal, book } = ground.runtimeOf(readRealBook(villages), () => undefined)
    const home = villages.filter(({ code }) => code === villageCode)
    await loadVillages(db, 'one village', home)
    const months: [string, string, string][] = [['2026-11-01', '2026-11-15', '2026-11-16']]
    const seed = { count: members, startsOn: '2026-11-01', months, villageCode, owesEvery: 1 }
    await seedMembers({ ...db, pool: owner as never }, seed)
    await giveNumbers(ground, owner)
    const file = makeFile()
    const floor = await insertPlainly(owner, file, ['text', 'text', 'int', 'date', 'text'])
    const memory = watchMemory()
    const desk = { db, seal, book, actor: 'bench' }
    const first = await perSecond(members, async () => {
      await importPayments(desk, file, day)
    })
    const megabytes = memory.stop()
    await mustBePaid(owner)
    const startedAt = performance.now()
    await importPayments(desk, file, day)
    const againMs = performance.now() - startedAt
    await mustBePaid(owner)
    return toRows({ floor, first, againMs, megabytes })
  } finally {
    await owner.end()
    await ground.close()
  }
}

function toKpj(number: number): string {
  return String(10_000_000_000 + number)
}

async function giveNumbers({ seal }: Ground, owner: pg.Client) {
  const { rows } = await owner.query<{ id: string }>('SELECT id FROM submission ORDER BY id')
  for (let from = 0; from < rows.length; from += numbersAtOnce) {
    const ids = rows.slice(from, from + numbersAtOnce).map(({ id }) => Number(id))
    await owner.query(
      `UPDATE enrolment e SET kpj_index = n.kpj_index
         FROM unnest($1::bigint[], $2::bytea[]) AS n (id, kpj_index) WHERE e.submission_id = n.id`,
      [ids, ids.map((id) => kpjIndexOf(seal, toKpj(id)))],
    )
  }
  await owner.query('VACUUM ANALYZE')
}

function makeFile(): Buffer {
  const rows = Array.from({ length: members }, (_, index) => {
    return `${toKpj(index + 1)};2026-11;8400;2026-12-10;R${index}`
  })
  return Buffer.from(['KPJ;Bulan Iuran;Jumlah;Tanggal Bayar;Referensi', ...rows].join('\n'))
}

async function mustBePaid(owner: pg.Client) {
  const { rows } = await owner.query(
    `SELECT (SELECT count(*)::int FROM contribution WHERE paid_on = '2026-12-10') AS paid,
            (SELECT count(*)::int FROM payment_row WHERE verdict = 'paid') AS rows`,
  )
  const [found] = rows
  mustEqual(must(found, 'a count').paid, members, 'months paid')
  mustEqual(found.rows, members, 'rows kept')
}

interface Figures {
  floor: number
  first: number
  againMs: number
  megabytes: number
}

function toRows({ floor, first, againMs, megabytes }: Figures): Row[] {
  const unit = 'rows/s'
  return [
    { what: 'plain INSERT of the same rows, 500 at once (floor)', unit, rounds: [floor] },
    { what: 'a payment file, judged and booked', unit, rounds: [first], floor: [floor] },
    { what: 'the same file again', unit: 'ms', rounds: [againMs] },
    { what: 'memory above the start', unit: 'MB', rounds: [megabytes] },
  ]
}
