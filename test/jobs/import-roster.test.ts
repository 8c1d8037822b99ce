// The job of lists: the same list twice, killed anywhere, run by two at once, another village beside.
import { describe, expect, test } from 'vitest'
import { resumeTalks } from '../../src/converse/answer.ts'
import { must } from '../../src/core/must.ts'
import { importRoster } from '../../src/jobs/import-roster.ts'
import { purge } from '../../src/jobs/purge.ts'
import { answersPlace } from '../../src/registry/answers-place.ts'
import type { Database, Transaction } from '../../src/registry/database.ts'
import type { Runtime } from '../../src/runtime.ts'
import { seal } from '../registry/stage.ts'
import { dumpTables, findCanaries } from '../support/faults/canaries.ts'
import { type Boss, openRosterStage } from '../support/roster-stage.ts'
import { inventRoster, type VillageRoster } from '../support/rosters/village-rosters.ts'
import { createRandom } from '../support/simulate/random.ts'

const { databaseUrl, db, runtime, villages, meetHead, count } = await openRosterStage(12)
let used = 0

/** A village in which nothing was set up yet, its head, and a list as villages send them. */
async function meetVillage(seed: number) {
  const code = must(villages[used], 'a village that is left')
  used += 1
  const boss = await meetHead(code)
  await boss.setUpAll()
  return { code, boss, roster: inventUseful(seed, code) }
}

/** A list on which some can be registered: villages whose list has no NIK are asked first. */
function inventUseful(seed: number, code: string): VillageRoster {
  const roster = inventRoster(createRandom(seed), code, new Set())
  return acceptedIn(roster) >= 3 ? roster : inventUseful(seed + 100, code)
}

/** Says of every column and post that is asked about that it is none, and agrees. */
async function agree(boss: Boss) {
  for (;;) {
    const asked = (await boss.heard()).findLast(({ choices }) => choices)?.choices ?? []
    const on = asked.find(({ press }) => /\.(lanjut|ya)$/.test(press))
    const none = asked.find(({ press }) => /\.roster-(column|post|cohort)\.none$/.test(press))
    if (none) {
      await boss.send(none.press, 'press')
      await boss.work()
    } else {
      if (on) await boss.send(on.press, 'press')
      await boss.say('ya, semua setuju')
      return
    }
  }
}

/** Everything that was registered in a village, without what is new each time. */
async function registered(village: string) {
  const { rows } = await db.pool.query<{
    receipt: string
    cohort: string
    position: string
    nik_index: Buffer
    answers: Buffer
  }>(
    `SELECT s.receipt, t.cohort, t.position, t.nik_index, s.answers
       FROM staff t JOIN submission s ON s.id = t.submission_id
      WHERE t.village_code = $1`,
    [village],
  )
  const read = rows.map(({ receipt, nik_index, answers, ...row }) => ({
    ...row,
    nik: nik_index.toString('hex'),
    answers: seal.open(answers, answersPlace(receipt)),
  }))
  return read.sort((one, other) => (one.nik < other.nik ? -1 : 1))
}

function acceptedIn({ rows }: VillageRoster): number {
  return rows.filter(({ judged }) => judged === 'accepted').length
}

describe('a list sent twice', () => {
  test.each([1, 2, 3])('registers everybody once (seed %i)', async (seed) => {
    const { code, boss, roster } = await meetVillage(seed)
    await boss.hand(roster.bytes, roster.fileName)
    await agree(boss)
    await boss.work()
    const once = await registered(code)
    expect(once).toHaveLength(acceptedIn(roster))
    await boss.hand(roster.bytes, roster.fileName)
    await agree(boss)
    await boss.work()
    expect(await registered(code)).toEqual(once)
    expect(await count('FROM staff WHERE village_code = $1', [code])).toBe(once.length)
    // Of either list: rows in = accepted + waiting + rejected.
    const sums = 'village_code = $1 AND rows_in = accepted + waiting + rejected'
    expect(await count(`FROM roster WHERE ${sums}`, [code])).toBe(2)
  })
})

/** A program that dies at its `at`-th statement; `died` says whether it came to that. */
function doomed(at: number): { runtime: Runtime; died: () => boolean } {
  let left = at
  let isDead = false
  const die = () => {
    left -= 1
    if (left > 0 && !isDead) return
    isDead = true
    throw new Error('killed')
  }
  const pool = new Proxy(db.pool, {
    get: (target, name) =>
      name === 'query' ? dying(target.query.bind(target)) : target[name as 'query'],
  })
  const dying = <T extends (...asked: never[]) => unknown>(query: T) =>
    ((...asked: Parameters<T>) => {
      die()
      return query(...asked)
    }) as T
  const transaction: Database['transaction'] = (work) =>
    db.transaction(async (tx: Transaction) => {
      const result = await work({ ...tx, query: dying(tx.query), send: dying(tx.send) })
      die()
      return result
    })
  return { runtime: { ...runtime, db: { ...db, pool, transaction } }, died: () => isDead }
}

/** Runs the job once for every statement of it, dying there, until it comes through. */
async function killEverywhere(check: () => Promise<void>): Promise<number> {
  for (let at = 1; at < 200; at += 1) {
    const { runtime: mortal, died } = doomed(at)
    await importRoster.run(mortal, {}).catch(() => undefined)
    if (!died()) return at - 1
    await check()
  }
  throw new Error('the job never comes through')
}

test('killed at any statement and run again, it ends in the same rows', async () => {
  const calm = await meetVillage(4)
  await calm.boss.hand(calm.roster.bytes, calm.roster.fileName)
  await agree(calm.boss)
  await calm.boss.work()

  const { code, boss } = await meetVillage(4)
  await boss.post(calm.roster.bytes, calm.roster.fileName)
  const isState = (state: string) =>
    count('FROM roster WHERE village_code = $1 AND state = $2', [code, state])
  const read = await killEverywhere(async () => {
    const opened = "FROM inbound WHERE address_id = $1 AND kind = 'open'"
    expect(await count(opened, [boss.addressId])).toBe(await isState('asking'))
  })
  // As the sweep does with what was left waiting: it was opened for the official, and once.
  await resumeTalks(runtime, [boss.addressId])
  expect(
    await count("FROM inbound WHERE address_id = $1 AND kind = 'open'", [boss.addressId]),
  ).toBe(1)
  await agree(boss)
  expect(await isState('agreed')).toBe(1)
  const written = await killEverywhere(async () => {
    const here = await count('FROM staff WHERE village_code = $1', [code])
    expect(here).toBe((await isState('written')) * acceptedIn(calm.roster))
  })
  expect([read, written].every((statements) => statements > 5)).toBe(true)
  const [same, rows] = await Promise.all([registered(calm.code), registered(code)])
  expect(rows).toEqual(same)
  expect(rows).toHaveLength(acceptedIn(calm.roster))
  const told = (await boss.heard()).filter(({ document }) => document)
  expect(told).toHaveLength(1)
})

test('two at once write each person once', async () => {
  const { code, boss, roster } = await meetVillage(5)
  await boss.hand(roster.bytes, roster.fileName)
  await agree(boss)
  // The head is followed by another, who sends the same list before the first one was written.
  const next = await meetHead(code)
  await next.post(roster.bytes, roster.fileName)
  await db.pool.query(
    "UPDATE roster SET not_before = now() + interval '1 hour' WHERE state = 'agreed'",
  )
  await next.work()
  await agree(next)
  await db.pool.query('UPDATE roster SET not_before = now()')
  await Promise.all([importRoster.run(runtime, {}), importRoster.run(runtime, {})])
  // Whoever came second, and may have had to wait, comes through then.
  await db.pool.query('UPDATE roster SET not_before = now()')
  await importRoster.run(runtime, {})
  expect(await count("FROM roster WHERE village_code = $1 AND state = 'written'", [code])).toBe(2)
  expect(await count('FROM staff WHERE village_code = $1', [code])).toBe(acceptedIn(roster))
  expect(
    await count('FROM submission WHERE address_id = ANY($1)', [
      `{${boss.addressId},${next.addressId}}`,
    ]),
  ).toBe(acceptedIn(roster))
})

test('another village is neither shown nor changed, whatever its head answers', async () => {
  const { boss, roster } = await meetVillage(6)
  await boss.hand(roster.bytes, roster.fileName)
  const before = await listOf(boss)
  const { boss: other } = await meetVillage(7)
  for (const words of ['periksa daftar', 'lengkapi daftar', 'lanjut daftar']) {
    expect(await other.say(words)).toContain('Tidak ada daftar yang menunggu')
  }
  const pressed = (await boss.heard()).flatMap(({ choices = [] }) => choices)
  for (const { press } of pressed) await other.send(press, 'press')
  await other.work()
  expect(await listOf(boss)).toEqual(before)
  expect(await count('FROM staff WHERE village_code = $1', [other.area])).toBe(0)
  expect(await count('FROM roster WHERE address_id = $1', [other.addressId])).toBe(0)
})

async function listOf({ addressId }: Boss) {
  const { rows } = await db.pool.query('SELECT * FROM roster WHERE address_id = $1', [addressId])
  return rows
}

test('of nobody on any of the lists anything stands in the clear', async () => {
  const { boss, roster } = await meetVillage(8)
  const rung: string[] = []
  const logged: string[] = []
  const note = (...said: unknown[]) => logged.push(JSON.stringify(said))
  const log = { ...runtime.log, warn: note, error: note, info: note } as Runtime['log']
  const noisy = { ...runtime, log, ring: (...bell: unknown[]) => rung.push(JSON.stringify(bell)) }
  await boss.post(roster.bytes, roster.fileName)
  const { runtime: mortal } = doomed(4)
  await importRoster.run({ ...noisy, db: mortal.db }, {}).catch(note)
  await db.pool.query('UPDATE roster SET not_before = now()')
  await boss.work(noisy)
  await agree(boss)
  await boss.work(noisy)
  const people = await registered(boss.area)
  const marks = people.flatMap(({ answers }) => {
    const { name, nik, phone } = JSON.parse(answers) as Record<string, string>
    return [name, nik, phone?.slice(3)].filter((mark) => mark) as string[]
  })
  expect(marks.length).toBeGreaterThan(acceptedIn(roster))
  const places = await dumpTables(databaseUrl)
  places.set('bells', rung.join('\n')).set('log', logged.join('\n'))
  expect(places.get('bells')).toContain('send-messages')
  expect(places.get('log')).toContain('could not be worked on')
  expect(findCanaries([...new Set(marks)], places)).toEqual([])
})

test('of a list that was replaced or is old nothing is kept', async () => {
  const { boss, roster } = await meetVillage(9)
  await boss.hand(roster.bytes, roster.fileName)
  await boss.hand(roster.bytes, roster.fileName)
  const kept = 'FROM roster WHERE address_id = $1 AND (file IS NOT NULL OR body IS NOT NULL)'
  expect(await count(kept, [boss.addressId])).toBe(1)
  const days = (count: number) =>
    db.pool.query(
      'UPDATE roster SET created_at = now() - make_interval(days => $2) WHERE address_id = $1',
      [boss.addressId, count],
    )
  await days(13)
  await purge.run(runtime, {})
  expect(await count(kept, [boss.addressId])).toBe(1)
  await days(15)
  await purge.run(runtime, {})
  expect(await count(kept, [boss.addressId])).toBe(0)
  const told = "FROM roster WHERE address_id = $1 AND (said <> '' OR source <> '')"
  expect(await count(told, [boss.addressId])).toBe(0)
  expect(await boss.say('periksa daftar')).toContain('Tidak ada daftar yang menunggu')
  // What was removed is passed over the next night.
  await purge.run(runtime, {})
})
