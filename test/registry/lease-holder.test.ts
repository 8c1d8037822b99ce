// Who may take a lease: nobody while its owner may live, anybody once its process is surely gone.
import { spawnSync } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { openDatabase } from '../../src/registry/database.ts'
import { createLeaseHolder } from '../../src/registry/lease-holder.ts'
import { takeLease } from '../../src/registry/leases.ts'
import { isProcessGone, makeProcessName } from '../../src/registry/process-name.ts'
import { freshDatabase } from '../support/postgres.ts'

const db = openDatabase(await freshDatabase())
afterAll(() => db.close())

const [here] = makeProcessName().split(' ')
const dead = `${here} ${spawnSync(process.execPath, ['-e', '']).pid} x`
const living = `${here} ${process.ppid} x`
const elsewhere = `other-machine ${dead.split(' ')[1]} x`
const earlierLife = `${here} ${process.pid} x`

test('a process is gone only when this machine says so', () => {
  expect(isProcessGone(dead)).toBe(true)
  expect(isProcessGone(earlierLife)).toBe(true)
  expect(isProcessGone(living)).toBe(false)
  expect(isProcessGone(elsewhere)).toBe(false)
  expect(isProcessGone(makeProcessName())).toBe(false)
  expect(isProcessGone('')).toBe(false)
})

test.each([
  ['dead', dead, true],
  ['an earlier life', earlierLife, true],
  ['living', living, false],
  ['elsewhere', elsewhere, false],
])('from an owner that is %s: taken at once is %s', async (name, holder, isTaken) => {
  await takeLease(db.pool, name, holder, 30)
  const held = await createLeaseHolder(db.pool, name, 30).take()
  expect(held !== undefined).toBe(isTaken)
})

test('two holders of one process are two, and what one has it can renew and give back', async () => {
  const [one, two] = [1, 2].map(() => createLeaseHolder(db.pool, 'both', 2))
  const held = await one?.take()
  expect(await two?.take()).toBeUndefined()
  await pause(1_200)
  expect(await held?.renew()).toBe(true)
  await pause(1_200)
  expect(await two?.take()).toBeUndefined()
  await held?.end()
  expect(await two?.take()).toMatchObject({ fence: 2 })
  expect(await held?.renew()).toBe(false)
})
