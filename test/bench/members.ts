// Importing answers about members: rows a second and memory, beside one plain INSERT of the same rows.
import pg from 'pg'
import { must } from '../../src/core/must.ts'
import { importAnswers } from '../../src/members/import-answers.ts'
import { readVillages } from '../../src/place-list.ts'
import { loadVillages } from '../../src/registry/villages.ts'
import { seedMembers } from '../support/reminders/seed.ts'
import { readRealBook } from './bench-book.ts'
import { openGround } from './ground.ts'
import { mustEqual, perSecond, type Row, watchMemory } from './measure.ts'
import { insertPlainly } from './plain-rows.ts'

const answers = Number(process.env.BENCH_MEMBERS ?? 100_000)
const villageCode = '63.03.05.2056'
const day = '2026-12-20'

/** One file in which everybody gets a number and hears of it; then the same file again. */
export async function members(): Promise<Row[]> {
  const ground = await openGround()
  const owner = new pg.Client(ground.url)
  await owner.connect()
  try {
    const villages = readVillages()
    const { db, seal, book } = ground.runtimeOf(readRealBook(villages), () => undefined)
    const home = villages.filter(({ code }) => code === villageCode)
    await loadVillages(db, 'one village', home)
    const seed = { count: answers, startsOn: '2026-11-01', months: [], villageCode, owesEvery: 1 }
    await seedMembers({ ...db, pool: owner as never }, seed)
    await owner.query(`UPDATE enrolment SET state = 'submitted', registered_at = NULL`)
    await owner.query('VACUUM ANALYZE')
    const file = makeFile()
    const floor = await insertPlainly(owner, file, ['text', 'text', 'text'])
    const memory = watchMemory()
    const desk = { db, seal, book, actor: 'bench' }
    const first = await perSecond(answers, async () => {
      await importAnswers(desk, file, day)
    })
    const megabytes = memory.stop()
    await mustBeRegistered(owner)
    const startedAt = performance.now()
    await importAnswers(desk, file, day)
    const againMs = performance.now() - startedAt
    await mustBeRegistered(owner)
    const unit = 'rows/s'
    return [
      { what: 'plain INSERT of the same rows, 500 at once (floor)', unit, rounds: [floor] },
      { what: 'answers, judged, recorded and told', unit, rounds: [first], floor: [floor] },
      { what: 'the same file again', unit: 'ms', rounds: [againMs] },
      { what: 'memory above the start', unit: 'MB', rounds: [megabytes] },
    ]
  } finally {
    await owner.end()
    await ground.close()
  }
}

function makeFile(): Buffer {
  const rows = Array.from({ length: answers }, (_, index) => {
    return `Berhasil;${10_000_000_001 + index};N${String(index + 1).padStart(9, '0')}`
  })
  return Buffer.from(['Status;KPJ;Resi', ...rows].join('\n'))
}

async function mustBeRegistered(owner: pg.Client) {
  const { rows } = await owner.query(
    `SELECT (SELECT count(*)::int FROM enrolment WHERE state = 'registered') AS enrolments,
            (SELECT count(*)::int FROM answer_row WHERE verdict = 'registered') AS rows,
            (SELECT count(*)::int FROM outbound) AS messages`,
  )
  const found = must(rows[0], 'a count')
  mustEqual(found.enrolments, 2 * answers, 'programmes registered')
  mustEqual(found.rows, answers, 'rows kept')
  mustEqual(found.messages, answers, 'people told')
}
