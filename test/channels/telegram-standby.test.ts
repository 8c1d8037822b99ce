// Several processes with one Telegram token: one polls, the others take over when it ends or hangs.
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../src/registry/database.ts'
import { createLeaseHolder, type LeaseHolder } from '../../src/registry/lease-holder.ts'
import { freshDatabase } from '../support/postgres.ts'
import { createStage, type Stage } from '../support/telegram-stage.ts'

const db = openDatabase(await freshDatabase())
afterAll(() => db.close())
const seconds = 1

let stage: Stage
let bots = 0
beforeEach(async () => {
  stage = await createStage()
  bots += 1
})
afterEach(() => stage.close())

const holder = (lasts = seconds) => createLeaseHolder(db.pool, `telegram:${bots}`, lasts)

/** A lease whose owner's questions are answered no more, as when its network is gone. */
function breakable() {
  const real = holder()
  let isBroken = false
  const never = new Promise<never>(() => undefined)
  const lease: LeaseHolder = {
    seconds,
    take: async () => {
      if (isBroken) throw new Error('no database')
      const held = await real.take()
      return held && { ...held, renew: () => (isBroken ? never : held.renew()) }
    },
  }
  return {
    lease,
    breakOff: () => {
      isBroken = true
    },
  }
}

const heard = (words: string) => () => stage.kept.filter((one) => one.words === words).length > 0

function expectNoQuarrel() {
  expect(stage.logged.filter((line) => line.includes('taken'))).toEqual([])
}

test('of two that start at once one polls; when it stops, the other goes on at once', async () => {
  const [one, two] = [1, 2].map(() => stage.telegram({ lease: holder(10) }))
  await Promise.all([one?.start(stage.keep), two?.start(stage.keep)])
  const states = () => [one?.state(), two?.state()]
  await stage.until(() => states().includes('ready') && states().includes('standby'), 'one of each')
  stage.fake.chat(7).say('halo')
  await stage.until(heard('halo'), 'the first message')
  const [polling, waiting] = one?.state() === 'ready' ? [one, two] : [two, one]
  await polling?.stop()
  await stage.until(() => waiting?.state() === 'ready', 'the other')
  stage.fake.chat(7).say('masih di situ?')
  await stage.until(heard('masih di situ?'), 'the second message')
  expect(stage.kept.map((inbound) => inbound.words)).toEqual(['halo', 'masih di situ?'])
  expectNoQuarrel()
})

test('one that hears nothing of its lease stops before another may begin', async () => {
  const { lease, breakOff } = breakable()
  const one = stage.telegram({ lease })
  await one.start(stage.keep)
  await stage.untilState(one, 'ready')
  const two = stage.telegram({ lease: holder() })
  await two.start(stage.keep)
  expect(two.state()).toBe('standby')
  const brokenAt = performance.now()
  breakOff()
  await stage.until(() => two.state() === 'ready', 'the other')
  expect(performance.now() - brokenAt).toBeLessThan(seconds * 1000 + 8_000)
  expect(one.state()).toBe('standby')
  stage.fake.chat(7).say('halo')
  await stage.until(heard('halo'), 'the message')
  expectNoQuarrel()
})

test('without a database it starts all the same, and polls when the database is there', async () => {
  const real = holder()
  let isThere = false
  const lease: LeaseHolder = {
    seconds,
    take: () => (isThere ? real.take() : Promise.reject(new Error('no database'))),
  }
  const channel = stage.telegram({ lease })
  await channel.start(stage.keep)
  expect(channel.state()).toBe('standby')
  isThere = true
  await stage.untilState(channel, 'ready')
})
