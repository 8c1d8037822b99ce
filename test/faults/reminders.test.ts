// Reminders while a worker is killed, two work at once, and Redis forgets: each is one row.
import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { createClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { addMonths } from '../../src/core/calendar.ts'
import type { Database } from '../../src/registry/database.ts'
import { loadVillages } from '../../src/registry/villages.ts'
import { builtFile } from '../support/built.ts'
import { hasRedis, startRedis } from '../support/faults/redis.ts'
import { freshDatabase } from '../support/postgres.ts'
import { realBook, realVillages } from '../support/real-book.ts'
import { startPlanner } from '../support/reminders/planner.ts'
import { seedMembers } from '../support/reminders/seed.ts'

const count = 3_000
const giveUpMs = 60_000
const [onPostgres, onRedis] = await Promise.all([freshDatabase(), freshDatabase()])
const villages = realVillages()
const book = realBook()
const redis = hasRedis ? await startRedis() : undefined
const children = new Set<ChildProcess>()
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await redis?.close()
})

async function startChild(settings: Record<string, string>): Promise<ChildProcess> {
  const env = { PATH: process.env.PATH, ...settings }
  const args = [await builtFile('test/support/reminders/child-planner.ts')]
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  children.add(child)
  await new Promise((resolve, reject) => {
    child.stdout?.once('data', resolve)
    child.once('exit', () => reject(new Error('the worker ended')))
  })
  return child
}

async function seedLate(db: Database) {
  const villageCode = '63.03.05.2056'
  const home = villages.filter(({ code }) => code === villageCode)
  await loadVillages(db, 'one village', home)
  // Whatever the day is: last month's contribution is not paid, and somebody hears of it.
  const month = addMonths(createClock('Asia/Makassar').today().slice(0, 7), -1)
  const months: [string, string, string][] = [[`${month}-01`, `${month}-15`, `${month}-15`]]
  await seedMembers(db, { count, startsOn: `${month}-01`, months, villageCode, owesEvery: 1 })
}

async function countRows(db: Database): Promise<number> {
  const { rows } = await db.pool.query('SELECT count(*) AS count FROM outbound')
  return rows[0].count
}

async function until(isDone: () => Promise<boolean>) {
  const giveUpAt = Date.now() + giveUpMs
  while (!(await isDone())) {
    if (Date.now() > giveUpAt) throw new Error('it never came')
    await pause(5)
  }
}

async function runThrough(url: string, redisUrl: string | undefined, upset: () => Promise<void>) {
  const settings = {
    ...{ SECRET_KEY: '5a'.repeat(32), DATA_DIR: '/tmp', DATABASE_URL: url },
    ...(redisUrl !== undefined && { REDIS_URL: redisUrl }),
  }
  const [child, planner] = await Promise.all([
    startChild(settings),
    startPlanner(readConfig(settings), book),
  ])
  const { db } = planner
  await seedLate(db)
  const ringTwice = async () => {
    planner.ring()
    await pause(60)
    planner.ring()
  }
  await ringTwice()
  await until(async () => (await countRows(db)) > 0)
  child.kill('SIGKILL')
  await upset()
  await ringTwice()
  await until(async () => (await countRows(db)) >= count)
  const { rows } = await db.pool.query(
    `SELECT count(*) AS rows, count(DISTINCT address_id) AS people,
            (SELECT count(*) FROM reminder WHERE reason IS NULL) AS reminders FROM outbound`,
  )
  await planner.close()
  return rows[0]
}

const each = { rows: count, people: count, reminders: count }

test.concurrent('with the queue in Postgres', { timeout: 120_000 }, async () => {
  expect(await runThrough(onPostgres, undefined, async () => undefined)).toEqual(each)
})

test.skipIf(!redis).concurrent('with the queue in Redis', { timeout: 120_000 }, async () => {
  expect(await runThrough(onRedis, redis?.url, async () => redis?.flush())).toEqual(each)
})
