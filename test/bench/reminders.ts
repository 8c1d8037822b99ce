// A morning's reminders: how many members a second are looked at, beside one plain scan of the rows.
import pg from 'pg'
import { sendReminders } from '../../src/jobs/send-reminders.ts'
import { readVillages } from '../../src/place-list.ts'
import { loadVillages } from '../../src/registry/villages.ts'
import type { Runtime } from '../../src/runtime.ts'
import { seedMembers } from '../support/reminders/seed.ts'
import { readRealBook } from './bench-book.ts'
import { openGround } from './ground.ts'
import { mustEqual, perSecond, type Row, takeRounds, watchMemory } from './measure.ts'

const rounds = Number(process.env.BENCH_ROUNDS ?? 2)
const members = Number(process.env.BENCH_MEMBERS ?? 1_000_000)
/** One of five has not paid: each of them is written to. */
const owesEvery = 5
const morning = Date.parse('2026-12-08T09:00:00+08:00') / 1000
const villageCode = '63.03.05.2056'

/** The first run of a morning writes to a fifth of all members, the second finds nothing new. */
export async function reminders(): Promise<Row[]> {
  const ground = await openGround()
  const owner = new pg.Client(ground.url)
  await owner.connect()
  try {
    const villages = readVillages()
    const runtime = atMorning(ground.runtimeOf(readRealBook(villages), () => undefined))
    const { db } = runtime
    const home = villages.filter(({ code }) => code === villageCode)
    await loadVillages(db, 'one village', home)
    const months: [string, string, string][] = [
      ['2026-11-01', '2026-11-15', '2026-11-16'],
      ['2026-12-01', '2026-12-15', '2026-12-15'],
    ]
    const seed = { count: members, startsOn: '2026-11-01', months, villageCode, owesEvery }
    await seedMembers({ ...db, pool: owner as never }, seed)
    await owner.query('VACUUM ANALYZE')
    return toRows(await race(owner, runtime))
  } finally {
    await owner.end()
    await ground.close()
  }
}

function atMorning(runtime: Runtime): Runtime {
  const now = () => ({ on: '2026-12-08', second: morning, id: '' })
  return { ...runtime, clock: { today: () => '2026-12-08', now } }
}

async function race(owner: pg.Client, runtime: Runtime) {
  const queued = async () => {
    const { rows } = await owner.query('SELECT count(*)::int AS count FROM outbound')
    return rows[0].count
  }
  const memory = watchMemory()
  const [scans = [], firsts = [], seconds = []] = await takeRounds(
    rounds,
    [
      () => perSecond(members, () => scan(owner)),
      async () => {
        await owner.query('TRUNCATE outbound, reminder')
        const figure = await perSecond(members, () => sendReminders.run(runtime, {}))
        mustEqual(await queued(), members / owesEvery, 'messages queued')
        return figure
      },
      async () => {
        await sendReminders.run(runtime, {})
        const figure = await perSecond(members, () => sendReminders.run(runtime, {}))
        mustEqual(await queued(), members / owesEvery, 'messages queued')
        return figure
      },
    ],
    0,
  )
  return { scans, firsts, seconds, megabytes: memory.stop() }
}

/** Every row that planning looks at, read once by the database alone. */
async function scan(owner: pg.Client) {
  const { rows } = await owner.query(
    `SELECT count(DISTINCT s.address_id)::int AS count, sum(c.total_rupiah), sum(e.base_rupiah)
       FROM submission s JOIN address a ON a.id = s.address_id
       JOIN enrolment e ON e.submission_id = s.id JOIN contribution c ON c.submission_id = s.id`,
  )
  mustEqual(rows[0].count, members, 'members scanned')
}

function toRows({ scans, firsts, seconds, megabytes }: Awaited<ReturnType<typeof race>>): Row[] {
  const unit = 'members/s'
  return [
    { what: 'one plain scan of the rows by the database (floor)', unit, rounds: scans },
    { what: 'a morning: planned, and a fifth written to', unit, rounds: firsts, floor: scans },
    { what: 'the next hour: planned, nothing new', unit, rounds: seconds, floor: scans },
    { what: 'memory above the start', unit: 'MB', rounds: [megabytes] },
  ]
}
