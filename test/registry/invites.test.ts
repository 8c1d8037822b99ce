// Invites: once, in time, for one person, and nobody finds a code by trying.
import { expect, test } from 'vitest'
import type { Value } from '../../src/core/answers/reading.ts'
import { carryOut } from '../../src/registry/commands.ts'
import { lookUpFacts } from '../../src/registry/facts.ts'
import { countFailedTries, makeInvite } from '../../src/registry/invites.ts'
import { homes, makeOfficial, newCode, pin } from '../support/officials.ts'
import { makeAddress, openStage } from './stage.ts'

const { db, book, seal } = await openStage()

async function lookUp(addressId: number, name: string, answers: Record<string, Value>) {
  const looking = { seal, book, addressId, on: '2026-11-21', answers }
  return db.transaction(async (tx) => (await lookUpFacts({ ...looking, tx }, [name]))[name])
}

async function invite(given: { madeByPost?: number } = {}) {
  const code = newCode()
  const made = { code, role: 'village-operator', area: homes.own, name: 'Siti Contoh' } as const
  await db.transaction((tx) => makeInvite(tx, seal, { ...made, madeBy: 'officer:test', ...given }))
  return code
}

const look = (addressId: number, code: string) =>
  lookUp(addressId, 'invite', { 'invite-code': code })

/** As the last turn of official/activate does it: hold the invite, and redeem it if that worked. */
async function redeem(addressId: number, code: string): Promise<boolean> {
  const answers = { 'invite-code': code, 'new-pin': pin }
  return db.transaction(async (tx) => {
    const facts = await lookUpFacts({ tx, seal, book, addressId, on: '2026-11-21', answers }, [
      'invite-held',
    ])
    if (facts['invite-held'] !== true) return false
    const command = { do: 'redeem-invite', flow: 'official/activate', version: 'v', talkId: 'x' }
    const rest = { startedOn: '2026-11-21', language: 'id', answers, wordings: {} }
    await carryOut({ tx, seal, book }, addressId, { ...command, ...rest })
    return true
  })
}

let people = 0
function somebody() {
  people += 1
  return makeAddress(db, `somebody-${people}`)
}

test('a good code says whom it makes of somebody, and is used once', async () => {
  const [one, two] = [await somebody(), await somebody()]
  const code = await invite()
  expect(await look(one, code)).toEqual({
    role: 'village-operator',
    areaName: 'Pasayangan Utara, Kec. Martapura, Kab. Banjar',
  })
  expect(await redeem(one, code)).toBe(true)
  expect(await lookUp(one, 'post', {})).toMatchObject({ area: homes.own, lock: 'open' })
  expect(await look(two, code)).toBeNull()
  expect(await redeem(two, code)).toBe(false)
  expect(await lookUp(two, 'post', {})).toBeNull()
})

test('wrong, over, taken back and made by somebody who lost the post: all the same', async () => {
  const [over, taken] = [await invite(), await invite()]
  const byIndex = (code: string) => [seal.blindIndex('invite', code)]
  await db.pool.query(
    `UPDATE invite SET expires_at = now() - interval '1 second' WHERE code_index = $1`,
    byIndex(over),
  )
  await db.pool.query('UPDATE invite SET revoked_at = now() WHERE code_index = $1', byIndex(taken))
  const head = await makeOfficial(db, 'village-head', homes.elsewhere)
  const { rows } = await db.pool.query<{ id: number }>(
    'UPDATE post SET revoked_at = now() WHERE address_id = $1 RETURNING id',
    [head],
  )
  const orphan = await invite({ madeByPost: rows[0]?.id ?? 0 })
  for (const code of [newCode(), over, taken, orphan]) {
    const who = await somebody()
    expect(await look(who, code)).toBeNull()
    expect(await redeem(who, code)).toBe(false)
  }
})

test('the sixth try within an hour finds nothing, even with a good code', async () => {
  const who = await somebody()
  const code = await invite()
  for (let tries = 0; tries < 5; tries++) expect(await look(who, newCode())).toBeNull()
  expect(await look(who, code)).toBeNull()
  expect(await look(await somebody(), code)).not.toBeNull()
  await db.pool.query(
    `WITH gone AS (DELETE FROM invite_try WHERE address_id = $1 RETURNING *)
     INSERT INTO invite_try (address_id, code_index, is_good, at)
     SELECT address_id, code_index, is_good, at - interval '61 minutes' FROM gone`,
    [who],
  )
  expect(await look(who, code)).not.toBeNull()
})

test('a code that fifty have tried is worth nothing any more', async () => {
  const code = await invite()
  for (let tries = 0; tries < 50; tries++) expect(await look(await somebody(), code)).not.toBeNull()
  expect(await look(await somebody(), code)).toBeNull()
})

test('of two chats at once only one becomes an official, 200 times', async () => {
  const countPosts = async () =>
    (await db.pool.query<{ count: number }>('SELECT count(*) AS count FROM post')).rows[0]?.count
  const before = (await countPosts()) ?? 0
  const race = async () => {
    const code = await invite()
    const chats = [await somebody(), await somebody()]
    return Promise.all(chats.map((chat) => redeem(chat, code)))
  }
  let won: boolean[][] = []
  for (let rounds = 0; rounds < 200; rounds += 8) {
    won = [...won, ...(await Promise.all(Array.from({ length: 8 }, race)))]
  }
  expect(won.map((chats) => chats.filter(Boolean).length)).toEqual(Array(200).fill(1))
  expect(await countPosts()).toBe(before + 200)
})

test('failed tries of the last minute are counted for the alarm', async () => {
  const before = await countFailedTries(db.pool)
  const code = await invite()
  await look(await somebody(), newCode())
  await look(await somebody(), code)
  expect(await countFailedTries(db.pool)).toBe(before + 1)
})

test('the code and the PIN stand nowhere in the database', async () => {
  const code = await invite()
  const who = await somebody()
  await look(who, code)
  await redeem(who, code)
  for (const table of ['invite', 'invite_try', 'post', 'audit']) {
    const { rows } = await db.pool.query<{ text: string }>(
      `SELECT coalesce(string_agg(t::text, ' '), '') AS text FROM ${table} t`,
    )
    const text = rows[0]?.text ?? ''
    for (const plain of [code, pin]) {
      expect(text).not.toContain(plain)
      expect(text).not.toContain(Buffer.from(plain).toString('hex'))
    }
  }
})

test('a new head ends the post of the head before; an operator stays', async () => {
  const before = await makeOfficial(db, 'village-head', homes.neighbour)
  const operator = await makeOfficial(db, 'village-operator', homes.neighbour)
  const after = await makeOfficial(db, 'village-head', homes.neighbour)
  expect(await lookUp(before, 'post', {})).toBeNull()
  expect(await lookUp(operator, 'post', {})).toMatchObject({ role: 'village-operator' })
  expect(await lookUp(after, 'post', {})).toMatchObject({ role: 'village-head' })
})
