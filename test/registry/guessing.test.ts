// Guessing invites: ten thousand tries from a thousand chats find nothing, and an officer hears of it.
import { expect, test } from 'vitest'
import { codeLetters } from '../../src/core/answers/code.ts'
import { sweep } from '../../src/jobs/sweep.ts'
import { createLog } from '../../src/log.ts'
import { findAddresses } from '../../src/registry/addresses.ts'
import { listAlarms } from '../../src/registry/alarms.ts'
import {
  countFailedTries,
  makeInvite,
  redeemInvite,
  tryInvite,
} from '../../src/registry/invites.ts'
import type { Runtime } from '../../src/runtime.ts'
import { homes, pin } from '../support/officials.ts'
import { createRandom, type Random } from '../support/simulate/random.ts'
import { makeAddress, openStage } from './stage.ts'

const { db, book, seal } = await openStage()
const runtime = {
  ...{ db, book, seal, log: createLog('silent'), ring: () => undefined },
} as unknown as Runtime

const chatCount = 1_000
const triesPerChat = 10

async function invite(code: string) {
  const made = { code, role: 'village-head', area: homes.own, name: 'Budi Contoh' } as const
  await db.transaction((tx) => makeInvite(tx, seal, { ...made, madeBy: 'officer:test' }))
  return code
}

function makeChats() {
  const chats = Array.from({ length: chatCount }, (_, nth) => {
    return { channel: 'console', address: `guesser-${nth}` }
  })
  return db.transaction((tx) => findAddresses(tx, seal, chats))
}

/** Any code, or the right one with one letter changed: as near as a guess can come. */
function guess(code: string, random: Random): string {
  const letters = [...(random.chance(0.5) ? code : '0'.repeat(10))]
  const changes = random.chance(0.5) ? 1 : 10
  for (let done = 0; done < changes; done++) {
    letters[random.int(0, 9)] = random.pick([...codeLetters])
  }
  const guessed = letters.join('')
  return guessed === code ? guess(code, random) : guessed
}

function guessFrom(chat: number, code: string, random: Random) {
  return db.transaction(async (tx) => {
    const found = []
    for (let tries = 0; tries < triesPerChat; tries++) {
      found.push(await tryInvite(tx, seal, chat, guess(code, random)))
    }
    return found
  })
}

test('10,000 guesses find nothing, one alarm is raised, and the owner still comes in', async () => {
  const random = createRandom(63)
  const code = await invite('7K3M292QXA')
  const chats = await makeChats()
  const found = []
  for (let from = 0; from < chats.length; from += 50) {
    const some = chats.slice(from, from + 50)
    found.push(...(await Promise.all(some.map((chat) => guessFrom(chat, code, random)))))
    if (from % 250 === 0) await sweep.run(runtime, {})
  }
  expect(found.flat()).toHaveLength(chatCount * triesPerChat)
  expect(found.flat().filter((one) => one !== undefined)).toEqual([])
  expect(await countFailedTries(db.pool)).toBeGreaterThan(100)
  await Promise.all([sweep.run(runtime, {}), sweep.run(runtime, {})])
  expect((await listAlarms(db.pool)).map(({ kind }) => kind)).toEqual(['guessing'])
  // Even a guesser who learns the code now has used up the tries of this hour.
  expect(await tryInvite(db.pool, seal, chats[0] ?? 0, code)).toBeUndefined()
  const owner = await makeAddress(db, 'the owner')
  expect(await tryInvite(db.pool, seal, owner, code)).toEqual({
    ...{ role: 'village-head', area: homes.own },
  })
  await db.transaction((tx) => redeemInvite(tx, seal, owner, { code, pin }))
  const { rows } = await db.pool.query('SELECT address_id FROM post')
  expect(rows).toEqual([{ address_id: owner }])
})

/** The middle one of many times, in ms. */
function medianOf(times: number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0
}

test('wrong, used and over are the same nothing, in the same time', async () => {
  const [used, over] = [await invite('TESTUSED00'), await invite('TESTQVER00')]
  const owner = await makeAddress(db, 'another owner')
  await db.transaction((tx) => redeemInvite(tx, seal, owner, { code: used, pin }))
  await db.pool.query('UPDATE invite SET expires_at = now() WHERE code_index = $1', [
    seal.blindIndex('invite', over),
  ])
  const codes = { used, over, wrong: 'TESTWRQNG0' }
  const times: Record<string, number[]> = { used: [], over: [], wrong: [] }
  for (let round = 0; round < 45; round++) {
    for (const [kind, code] of Object.entries(codes)) {
      const chat = await makeAddress(db, `${kind}-${round}`)
      const began = performance.now()
      expect(await tryInvite(db.pool, seal, chat, code)).toBeUndefined()
      times[kind]?.push(performance.now() - began)
    }
  }
  const medians = Object.values(times).map(medianOf)
  // Far wider than any difference there is: a look that stopped early would take half the time.
  expect(Math.max(...medians)).toBeLessThan(2 * Math.min(...medians) + 1)
})
