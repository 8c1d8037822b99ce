// Leases: one owner at a time by the database's clock, and a fence that shuts the old one out.
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { openDatabase } from '../../src/registry/database.ts'
import { endLease, findLease, renewLease, takeLease } from '../../src/registry/leases.ts'
import { freshDatabase } from '../support/postgres.ts'

const db = openDatabase(await freshDatabase(), { maxConnections: 20 })
afterAll(() => db.close())
const { pool } = db

test('of twenty that take it at once one gets it, again and again', async () => {
  for (let round = 0; round < 10; round += 1) {
    const takers = Array.from({ length: 20 }, (_, i) => takeLease(pool, `r${round}`, `p${i}`, 30))
    const got = (await Promise.all(takers)).filter((one) => one !== undefined)
    expect(got).toEqual([{ fence: 1 }])
  }
})

test('who comes later gets it once it ran out, with a higher fence', async () => {
  const first = await takeLease(pool, 'late', 'one', 1.5)
  expect(await takeLease(pool, 'late', 'two', 30)).toBeUndefined()
  expect(await findLease(pool, 'late')).toEqual({ holder: 'one', fence: 1 })
  await pause(1_600)
  expect(await findLease(pool, 'late')).toBeUndefined()
  const second = await takeLease(pool, 'late', 'two', 30)
  expect([first, second]).toEqual([{ fence: 1 }, { fence: 2 }])
  expect(await renewLease(pool, 'late', 'one', 1, 30)).toBe(false)
  expect(await renewLease(pool, 'late', 'two', 2, 30)).toBe(true)
})

test('renewing makes it last, and what ran out is not renewed', async () => {
  await takeLease(pool, 'renewed', 'one', 2)
  for (let i = 0; i < 3; i += 1) {
    await pause(1_100)
    expect(await renewLease(pool, 'renewed', 'one', 1, 2)).toBe(true)
    expect(await takeLease(pool, 'renewed', 'two', 30)).toBeUndefined()
  }
  await pause(2_100)
  expect(await renewLease(pool, 'renewed', 'one', 1, 2)).toBe(false)
})

test('a holder that takes its own again shuts out what it left behind', async () => {
  await takeLease(pool, 'again', 'one', 30)
  expect(await takeLease(pool, 'again', 'one', 30)).toEqual({ fence: 2 })
  expect(await renewLease(pool, 'again', 'one', 1, 30)).toBe(false)
})

test('what is given back is free at once, and only its owner can give it back', async () => {
  await takeLease(pool, 'given', 'one', 30)
  await endLease(pool, 'given', 'two', 1)
  await endLease(pool, 'given', 'one', 2)
  expect(await takeLease(pool, 'given', 'two', 30)).toBeUndefined()
  await endLease(pool, 'given', 'one', 1)
  expect(await takeLease(pool, 'given', 'two', 30)).toEqual({ fence: 2 })
})

test('who waited on another taker is judged by the time when its turn came', async () => {
  await takeLease(pool, 'waited', 'one', 0.1)
  await pause(150)
  const slow = db.transaction(async (tx) => {
    const taken = await takeLease(tx, 'waited', 'two', 30)
    await pause(2_000)
    return taken
  })
  await pause(1_000)
  expect(await takeLease(pool, 'waited', 'three', 30)).toBeUndefined()
  expect(await slow).toEqual({ fence: 2 })
})
