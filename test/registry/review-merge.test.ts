// Two registrations of one person become one, and two people stay two: once, told, and taken back.
import { expect, test } from 'vitest'
import { undoSeconds } from '../../src/core/limits.ts'
import { showReceipt } from '../../src/core/text.ts'
import { findDecision } from '../../src/registry/decision-rows.ts'
import { lookUpFacts } from '../../src/registry/facts.ts'
import { readTimeline } from '../../src/registry/person-timeline.ts'
import { acceptSubmission, refuseForReason } from '../../src/registry/review-decisions.ts'
import { listMergedHere, mergeSubmissions, tellApart } from '../../src/registry/review-merge.ts'
import { findDuplicates, listReview } from '../../src/registry/review-queue.ts'
import { undoDecision } from '../../src/registry/review-undo.ts'
import { openOutbound } from '../../src/registry/turns.ts'
import { readVillageStates } from '../../src/registry/village-states.ts'
import { enrol, handleSubmissions, newNik, startVillage, tell } from '../support/office-world.ts'
import { homes } from '../support/officials.ts'
import { openReviewStage } from './review-stage.ts'
import { answersOf } from './stage.ts'

const { stage, db, book, seal, area, newKpj, as, get, submit } = await openReviewStage()

/** One person who registered twice, the second time with a figure of the NIK mistyped. */
async function submitTwice(name: string) {
  return [await submit({ name }), await submit({ name })] as const
}

type One = Awaited<ReturnType<typeof get>>

const merge = (one: One, other: One, actor = 'post:1', within = area) =>
  as(actor, (by) => mergeSubmissions(by, within, [one.receipt, other.receipt]))

/** What STATUS says in a chat, newest first. */
async function statusAt(addressId: number) {
  const looking = { tx: db.pool, seal, book, addressId, on: '2026-11-21', answers: {} }
  const found = await lookUpFacts(looking, ['my-submissions'])
  return (found['my-submissions'] as { receipt: string; state: string }[]).map((line) => [
    ...[line.receipt, line.state],
  ])
}

async function toldAt(addressId: number) {
  const { rows } = await db.pool.query(
    `SELECT purpose, body, round(extract(epoch FROM not_before - created_at)) AS delay
       FROM outbound WHERE address_id = $1 AND purpose LIKE '%merged%' ORDER BY id`,
    [addressId],
  )
  return rows.map((row) => [Number(row.delay), openOutbound(seal, row.purpose, row.body).text])
}

/** Everything of a submission that a merge could change. */
async function picture({ id }: One) {
  const { rows } = await db.pool.query(
    `SELECT s.state, s.reason, s.merged_into,
            (SELECT array_agg(e.state ORDER BY e.id) FROM enrolment e
              WHERE e.submission_id = s.id) AS enrolments,
            (SELECT array_agg(t.id || coalesce(t.until_on::text, ' on') ORDER BY t.id) FROM staff t
              WHERE t.submission_id = s.id) AS staff,
            (SELECT person_id FROM address WHERE id = s.address_id) AS chat_of
       FROM submission s WHERE s.id = $1`,
    [id],
  )
  return rows[0]
}

async function countOf(from: string, ...values: unknown[]) {
  const { rows } = await db.pool.query(`SELECT count(*) AS count FROM ${from}`, values)
  return Number(rows[0]?.count)
}

test('the older stays, both chats see it, and the person is told in each', async () => {
  const [older, younger] = await submitTwice('Maimunah Umpama')
  expect(await merge(younger, older)).toMatchObject({
    ...{ kept: { receipt: older.receipt }, gone: { receipt: younger.receipt } },
  })
  expect(await picture(younger)).toMatchObject({ state: 'merged', merged_into: older.id })
  expect(new Set((await picture(younger)).enrolments)).toEqual(new Set(['withdrawn']))
  const [was, is] = [showReceipt(younger.receipt), showReceipt(older.receipt)]
  for (const { addressId } of [older, younger]) {
    expect(await statusAt(addressId)).toEqual([[is, 'received']])
    const told = await toldAt(addressId)
    expect(told).toEqual([[undoSeconds, expect.stringContaining(`Yang berlaku ${is}`)]])
    expect(told[0]?.[1]).toContain(was)
  }
  await as('post:1', (by) => acceptSubmission(by, older, newKpj()))
  expect(await statusAt(younger.addressId)).toEqual([[is, 'registered']])
  // What was answered stays, and stands in the history of the one that holds.
  expect((await get(younger.receipt)).answers.nik).toBe(younger.answers.nik)
  const kinds = (await readTimeline(db.pool, area, older.id)).map(({ kind, detail }) => [
    ...[kind, detail],
  ])
  expect(kinds).toContainEqual(['decided-merge', younger.receipt])
  expect(kinds).toContainEqual(['sent-console', younger.receipt])
  expect(await listMergedHere(db.pool, older.id)).toEqual([younger.receipt])
  const waiting = await listReview(db.pool, seal, area, { kind: 'all', place: '' }, 0)
  expect(waiting.map(({ receipt }) => receipt)).not.toContain(younger.receipt)
  expect(await findDuplicates(db.pool, seal, area, older)).toEqual([])
})

test('done twice it is done once; nobody else decides on what is over', async () => {
  const [older, younger] = await submitTwice('Ruqayyah Umpama')
  await merge(older, younger)
  expect(await merge(younger, older, 'post:2')).toMatchObject({ kept: { id: older.id } })
  expect(await countOf(`decision WHERE submission_id = $1`, younger.id)).toBe(1)
  expect(await countOf(`outbound WHERE purpose LIKE $1`, `submission:${younger.id}:%merged%`)).toBe(
    2,
  )
  expect(await as('post:2', (by) => acceptSubmission(by, younger, newKpj()))).toBe('late')
  expect(await as('post:2', (by) => refuseForReason(by, younger, { reason: 'age' }))).toBe('late')
  const trail = `audit WHERE action = 'merge-submissions' AND actor = 'post:1' AND subject = $1`
  expect(await countOf(trail, `submission:${younger.id}`)).toBe(1)
})

test('one chat is told once', async () => {
  const one = await submit({ name: 'Zubaidah Umpama' })
  const again = { ...answersOf(newNik()), name: 'Zubaidah Umpama' }
  const receipt = await tell(stage, one.addressId, 'submit-enrolment', again)
  await handleSubmissions(stage)
  await merge(one, await get(receipt))
  expect(await toldAt(one.addressId)).toHaveLength(1)
  expect(await statusAt(one.addressId)).toEqual([[showReceipt(one.receipt), 'received']])
})

test('within ten seconds it is taken back as if it had not been, later not', async () => {
  const [older, younger] = await submitTwice('Khadijah Umpama')
  const before = [await picture(older), await picture(younger)]
  await merge(older, younger)
  expect(await as('post:2', (by) => undoDecision(by, younger))).toBe(false)
  expect(await as('post:1', (by) => undoDecision(by, younger))).toBe(true)
  expect([await picture(older), await picture(younger)]).toEqual(before)
  expect(await toldAt(older.addressId)).toEqual([])
  expect(await toldAt(younger.addressId)).toEqual([])
  await merge(older, younger)
  // One of the two messages is on its way: neither is taken back.
  const sending = `UPDATE outbound SET state = 'sending', tries = 1 WHERE purpose LIKE $1`
  await db.pool.query(sending, [`submission:${younger.id}:%:kept`])
  expect(await as('post:1', (by) => undoDecision(by, younger))).toBe(false)
  expect(await toldAt(younger.addressId)).toHaveLength(1)
})

test('what the village listed later goes over to what the person sent, and back', async () => {
  const nik = newNik()
  const own = await submit({ nik, name: 'Anang Umpama' })
  const head = await startVillage(stage, homes.own, ['Noor Umpama'])
  const post = { 'staff-cohort': 'bpd', position: 'Ketua BPD', statement: 'ya' }
  const listed = { ...answersOf(nik), ...post, name: 'Anang Umpama', 'staff-review': 'ya' }
  const receipt = await tell(stage, head, 'register-staff', listed)
  await handleSubmissions(stage)
  const fromVillage = await get(receipt)
  expect([fromVillage.state, fromVillage.reasons]).toEqual(['parked', ['nik-known']])
  const before = [await picture(own), await picture(fromVillage)]
  await merge(fromVillage, own)
  expect(await picture(own)).toMatchObject({ staff: [expect.stringContaining(' on')] })
  expect((await get(own.receipt)).position).toBe('Ketua BPD')
  await as('post:1', (by) => acceptSubmission(by, own, newKpj()))
  const bpd = async () =>
    (await readVillageStates(db.pool, homes.own))
      .get(homes.own)
      ?.find(({ cohort }) => cohort === 'bpd')
  expect(await bpd()).toMatchObject({ registered: 1, waiting: 1 })
  await as('post:1', (by) => undoDecision(by, own))
  expect(await as('post:1', (by) => undoDecision(by, fromVillage))).toBe(true)
  expect([await picture(own), await picture(fromVillage)]).toEqual(before)
  expect(await bpd()).toMatchObject({ registered: 0, waiting: 2 })
})

test('whom the village listed first has a chat from then on; two posts become one', async () => {
  const nik = newNik()
  const head = await startVillage(stage, homes.neighbour, [])
  const list = async (name: string, of: string) => {
    const post = { 'staff-cohort': 'bpd', position: 'Anggota BPD', statement: 'ya' }
    const answers = {
      ...answersOf(of),
      ...post,
      village: homes.neighbour,
      name,
      'staff-review': 'ya',
    }
    const receipt = await tell(stage, head, 'register-staff', answers)
    await handleSubmissions(stage)
    return get(receipt)
  }
  const listed = await list('Yusran Umpama', nik)
  const own = await submit({ nik, name: 'Yusran Umpama', village: homes.neighbour })
  await merge(own, listed)
  const { rows } = await db.pool.query('SELECT person_id FROM submission WHERE id = $1', [
    listed.id,
  ])
  expect((await picture(own)).chat_of).toBe(rows[0].person_id)
  expect(await statusAt(own.addressId)).toEqual([[showReceipt(listed.receipt), 'received']])
  const again = await list('Yusran Umpama', newNik())
  await merge(again, listed)
  expect((await picture(listed)).staff).toHaveLength(1)
  expect((await picture(again)).staff).toEqual([expect.not.stringContaining(' on')])
  const before = await readVillageStates(db.pool, homes.neighbour)
  expect(before.get(homes.neighbour)?.[0]).toMatchObject({ waiting: 1 })
  await as('post:1', (by) => undoDecision(by, again))
  expect((await picture(again)).staff).toEqual([expect.stringContaining(' on')])
})

test('who has a number stays; where both have one, nothing is done', async () => {
  const [older, younger] = await submitTwice('Fathiyah Umpama')
  await as('post:1', (by) => acceptSubmission(by, younger, newKpj()))
  const third = await submit({ name: 'Fathiyah Umpama' })
  await as('post:1', (by) => acceptSubmission(by, third, newKpj()))
  expect(await merge(younger, third)).toBe('late')
  expect(await merge(older, younger)).toMatchObject({ kept: { id: younger.id } })
  // What was merged before leads on to where the other went.
  const [first, second] = await submitTwice('Mastura Umpama')
  const last = await submit({ name: 'Mastura Umpama' })
  await merge(second, last)
  await merge(first, second)
  expect(await statusAt(last.addressId)).toEqual([[showReceipt(first.receipt), 'received']])
})

test('nothing of another area is made one with what is in one’s own', async () => {
  const own = await submit({ name: 'Suriani Umpama' })
  const { receipt } = await enrol(stage, { name: 'Suriani Umpama', village: homes.elsewhere })
  await handleSubmissions(stage)
  const pair: [string, string] = [own.receipt, receipt]
  expect(await as('post:1', (by) => mergeSubmissions(by, area, pair))).toBe('late')
  expect(await as('post:1', (by) => tellApart(by, area, pair))).toBe('late')
  expect(await merge(own, own)).toBe('late')
  expect(await picture(own)).toMatchObject({ state: 'recorded' })
})

test('two people are told apart once, seen from either side, and may be alike again', async () => {
  const [one, other] = await submitTwice('Halimah Umpama')
  const third = await submit({ name: 'Halimah Umpama' })
  const alike = async (of: One) =>
    (await findDuplicates(db.pool, seal, area, of)).map(({ receipt }) => receipt)
  const apart = (a: One, b: One, actor: string) =>
    as(actor, (by) => tellApart(by, area, [a.receipt, b.receipt]))
  expect(await apart(one, other, 'post:1')).toBe('done')
  expect(await apart(other, one, 'post:2')).toBe('done')
  expect([await alike(one), await alike(other)]).toEqual([[third.receipt], [third.receipt]])
  expect(await alike(third)).toEqual([one.receipt, other.receipt])
  const noted = await findDecision(db.pool, one.id)
  expect(noted).toMatchObject({ kind: 'apart', actor: 'post:1', other: other.receipt })
  expect(await findDecision(db.pool, other.id)).toBeUndefined()
  expect(await picture(one)).toMatchObject({ state: 'recorded', merged_into: null })
  expect(await as('post:1', (by) => undoDecision(by, one))).toBe(true)
  expect(await alike(one)).toEqual([other.receipt, third.receipt])
  expect(await apart(other, one, 'post:2')).toBe('done')
  expect(await alike(one)).toEqual([third.receipt])
})

test('of many who decide at once about two, what comes of it is one of them', async () => {
  for (let round = 0; round < 8; round++) {
    const [one, other] = await submitTwice(`Galuh Umpama ${'abcdefgh'[round]?.repeat(5)}`)
    await Promise.all([
      merge(one, other, 'post:1'),
      merge(other, one, 'post:2'),
      as('post:3', (by) => acceptSubmission(by, other, newKpj())),
    ])
    const states = [await get(one.receipt), await get(other.receipt)]
    expect(states.filter(({ state }) => state === 'merged')).toHaveLength(1)
    const [kept] = states.filter(({ state }) => state === 'recorded')
    expect(kept?.isRecorded || kept?.isRegistered).toBe(true)
    const merges = `decision WHERE kind = 'merge' AND submission_id IN ($1, $2)`
    expect(await countOf(merges, one.id, other.id)).toBe(1)
  }
})
