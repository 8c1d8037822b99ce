// Posts: the PIN after a pause, what is lost with a post, and that one village never sees another.
import { expect, test } from 'vitest'
import type { Value } from '../../src/core/answers/reading.ts'
import type { VillagePerson } from '../../src/core/posts.ts'
import { carryOut } from '../../src/registry/commands.ts'
import { lookUpFacts } from '../../src/registry/facts.ts'
import { makeInvite, redeemInvite } from '../../src/registry/invites.ts'
import { homes, makeOfficial, newCode, pin } from '../support/officials.ts'
import { makeAddress, openStage } from './stage.ts'

const { db, book, seal } = await openStage()

async function lookUp(addressId: number, name: string, answers: Record<string, Value> = {}) {
  const looking = { seal, book, addressId, on: '2026-11-21', answers }
  return db.transaction(async (tx) => (await lookUpFacts({ ...looking, tx }, [name]))[name])
}

const lockOf = async (addressId: number) =>
  ((await lookUp(addressId, 'post')) as { lock: string } | null)?.lock

const tryPin = (addressId: number, typed: string) =>
  lookUp(addressId, 'pin-check', { 'unlock-pin': typed })

function leaveAlone(addressId: number, minutes: number) {
  return db.pool.query(
    'UPDATE post SET unlocked_until = unlocked_until - make_interval(mins => $2) WHERE address_id = $1',
    [addressId, minutes],
  )
}

function command(name: string, answers: Record<string, Value>) {
  const talk = { flow: 'official/people', version: 'v', talkId: newCode(), startedOn: '2026-11-21' }
  return { do: name, ...talk, language: 'id', answers, wordings: {} }
}

const run = (addressId: number, name: string, answers: Record<string, Value>) =>
  db.transaction((tx) => carryOut({ tx, seal, book }, addressId, command(name, answers)))

const peopleOf = async (addressId: number) =>
  (await lookUp(addressId, 'village-people')) as VillagePerson[]

test('ten minutes without a look lock a post; every look before that keeps it open', async () => {
  const head = await makeOfficial(db, 'village-head', homes.own)
  expect(await lockOf(head)).toBe('open')
  await leaveAlone(head, 9)
  expect(await lockOf(head)).toBe('open')
  await leaveAlone(head, 9)
  expect(await lockOf(head)).toBe('open')
  await leaveAlone(head, 11)
  expect(await lockOf(head)).toBe('idle')
  expect(await tryPin(head, '111222')).toBe('wrong')
  expect(await lockOf(head)).toBe('idle')
  expect(await tryPin(head, pin)).toBe('right')
  expect(await lockOf(head)).toBe('open')
})

test('five wrong PINs in a row shut the post, and then the right one does not open it', async () => {
  const head = await makeOfficial(db, 'village-head', homes.own)
  for (let tries = 0; tries < 4; tries++) expect(await tryPin(head, '111222')).toBe('wrong')
  expect(await tryPin(head, pin)).toBe('right')
  for (let tries = 0; tries < 4; tries++) expect(await tryPin(head, '111222')).toBe('wrong')
  expect(await tryPin(head, '111222')).toBe('shut')
  expect(await tryPin(head, pin)).toBe('shut')
  expect(await lockOf(head)).toBe('shut')
})

test('a new invite for the same chat opens a shut post again', async () => {
  const head = await makeOfficial(db, 'village-head', homes.own)
  await db.pool.query('UPDATE post SET wrong_pins = 5 WHERE address_id = $1', [head])
  const code = newCode()
  const role = 'village-head'
  await db.transaction(async (tx) => {
    await makeInvite(tx, seal, { code, role, area: homes.own, name: 'Budi', madeBy: 'officer:t' })
    await redeemInvite(tx, seal, head, { code, pin: '908172' })
  })
  expect(await lockOf(head)).toBe('open')
  expect(await tryPin(head, '908172')).toBe('right')
})

test('the head invites and stops operators of the own village, and of no other', async () => {
  const head = await makeOfficial(db, 'village-head', homes.own)
  const stranger = await makeOfficial(db, 'village-head', homes.neighbour)
  const operator = await makeOfficial(db, 'village-operator', homes.own, 'Siti Contoh')
  await run(head, 'invite-operator', { 'operator-name': 'Noor Rekaan', 'invite-sure': 'ya' })
  const seen = await peopleOf(head)
  expect(seen.map(({ name }) => name)).toEqual(['Budi Contoh', 'Siti Contoh', 'Noor Rekaan'])
  expect(seen.map(({ isMe }) => isMe)).toEqual([true, false, false])
  expect((await peopleOf(stranger)).map(({ role }) => role)).toEqual(['village-head'])
  for (const { key } of seen) {
    await run(stranger, 'revoke-operator', { 'stopped-operator': key, 'revoke-sure': 'ya' })
  }
  expect(await peopleOf(head)).toEqual(seen)
  for (const { key } of seen) {
    await run(head, 'revoke-operator', { 'stopped-operator': key, 'revoke-sure': 'ya' })
  }
  expect((await peopleOf(head)).map(({ role }) => role)).toEqual(['village-head'])
  expect(await lockOf(operator)).toBeUndefined()
})

test('what a village sets up is kept with its history and seen by no other village', async () => {
  const head = await makeOfficial(db, 'village-head', homes.own)
  const operator = await makeOfficial(db, 'village-operator', homes.own)
  const stranger = await makeOfficial(db, 'village-head', homes.neighbour)
  await run(head, 'save-cohort', { cohort: 'bpd', posts: 5, 'setting-wish': 'ya', fund: 'add' })
  await run(operator, 'save-cohort', {
    ...{ cohort: 'kepala-desa', posts: 1, 'setting-wish': 'own', segment: 'PU', fund: 'pades' },
    ...{ 'wage-base': 'fixed', 'base-amount': 3_400_000, 'pu-programmes': 'savings' },
  })
  await run(head, 'save-cohort', { cohort: 'bpd', posts: 7, 'setting-wish': 'ya', fund: 'apbd' })
  const own = { segment: 'PU', base: 'fixed', rupiah: 3_400_000, programmes: 'savings' }
  expect(await lookUp(operator, 'village-cohorts')).toEqual([
    { cohort: 'kepala-desa', posts: 1, fund: 'pades', own },
    { cohort: 'bpd', posts: 7, fund: 'apbd' },
  ])
  expect(await lookUp(stranger, 'village-cohorts')).toEqual([])
  const { rows } = await db.pool.query(
    `SELECT posts FROM village_cohort WHERE cohort = 'bpd' ORDER BY id`,
  )
  expect(rows).toEqual([{ posts: 5 }, { posts: 7 }])
})

test('without the post nothing is told and nothing is done', async () => {
  const operator = await makeOfficial(db, 'village-operator', homes.own)
  const villager = await makeAddress(db, 'only a villager')
  for (const who of [operator, villager]) {
    await expect(lookUp(who, 'village-people')).rejects.toThrow('a post as head')
    const asked = { 'operator-name': 'Noor Rekaan', 'invite-sure': 'ya' }
    await expect(run(who, 'invite-operator', asked)).rejects.toThrow('a post as head')
  }
  await expect(tryPin(villager, pin)).rejects.toThrow('a post as post')
})
