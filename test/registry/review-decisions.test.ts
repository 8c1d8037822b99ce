// What officers decide: once, by one of them, told after ten seconds, and taken back before that.
import { expect, test } from 'vitest'
import { undoSeconds } from '../../src/core/limits.ts'
import { findDecision } from '../../src/registry/decision-rows.ts'
import { recordMemberships, refuseSubmissions } from '../../src/registry/decisions.ts'
import {
  acceptSubmission,
  askPerson,
  refuseForReason,
  retrySubmission,
} from '../../src/registry/review-decisions.ts'
import {
  countReview,
  findDuplicates,
  findReviewed,
  listReview,
} from '../../src/registry/review-queue.ts'
import { undoDecision } from '../../src/registry/review-undo.ts'
import { openOutbound } from '../../src/registry/turns.ts'
import { enrol, handleSubmissions, newNik, startVillage } from '../support/office-world.ts'
import { homes } from '../support/officials.ts'
import { openReviewStage } from './review-stage.ts'

const { stage, db, seal, area, newKpj, as, get, submit } = await openReviewStage()

async function stateOf(id: number) {
  const { rows } = await db.pool.query(
    `SELECT s.state, s.reason, array_agg(DISTINCT e.state) AS enrolments,
            bool_or(e.kpj IS NOT NULL OR e.kpj_index IS NOT NULL) AS has_number
       FROM submission s LEFT JOIN enrolment e ON e.submission_id = s.id
      WHERE s.id = $1 GROUP BY s.id`,
    [id],
  )
  return rows[0]
}

/** What was said of a submission, and in how many seconds it may be sent. */
async function told(id: number) {
  const { rows } = await db.pool.query(
    `SELECT purpose, body, round(extract(epoch FROM not_before - created_at)) AS delay
       FROM outbound WHERE purpose LIKE $1 ORDER BY id`,
    [`submission:${id}:%`],
  )
  return rows.map((row) => ({
    delay: Number(row.delay),
    text: openOutbound(seal, row.purpose, row.body).text,
  }))
}

const later = (id: number, seconds: number) =>
  db.pool.query(
    `UPDATE decision SET decided_at = decided_at - make_interval(secs => $2)
      WHERE submission_id = $1`,
    [id, seconds],
  )

test('accepting records the number; the person is told ten seconds later', async () => {
  const one = await submit()
  const kpj = newKpj()
  expect(await as('post:1', (by) => acceptSubmission(by, one, kpj))).toBe('done')
  expect(await stateOf(one.id)).toMatchObject({ state: 'recorded', enrolments: ['registered'] })
  const [said] = await told(one.id)
  expect(said?.delay).toBe(undoSeconds)
  expect(said?.text).toContain(`Nomor peserta: ${kpj}`)
  expect(await findDecision(db.pool, one.id)).toMatchObject({ kind: 'accept', actor: 'post:1' })
  // Once more changes nothing, says nothing, and leaves no second decision.
  expect(await as('post:2', (by) => acceptSubmission(by, one, newKpj()))).toBe('late')
  expect(await told(one.id)).toHaveLength(1)
  expect(await findDecision(db.pool, one.id)).toMatchObject({ actor: 'post:1' })
  // The number of one person is no other's.
  const other = await submit()
  expect(await as('post:1', (by) => acceptSubmission(by, other, kpj))).toBe('taken')
  expect(await told(other.id)).toEqual([])
})

test('refusing says why: in the words of the reason, or in the officer’s own', async () => {
  const [one, other] = [await submit(), await submit()]
  await as('post:1', (by) => refuseForReason(by, one, { reason: 'data-differs' }))
  const words = 'Foto KTP belum terbaca, NIK 6303055203850042 salah.'
  await as('post:1', (by) => refuseForReason(by, other, { reason: 'other', words }))
  expect((await told(one.id))[0]?.text).toContain('data tidak sama dengan data kependudukan')
  expect((await told(other.id))[0]?.text).toContain('belum terbaca, NIK 6303••••0042 salah.')
  expect(await stateOf(one.id)).toMatchObject({
    ...{ state: 'refused', reason: 'data-differs', enrolments: ['refused'] },
  })
})

test.each(['accept', 'refuse'] as const)('%s is taken back as if it had not been', async (kind) => {
  const one = await submit({ membership: 'unsure' })
  const before = await stateOf(one.id)
  expect(before.reason).toBe('membership-unsure')
  const decide = () =>
    as('post:1', (by) =>
      kind === 'accept'
        ? acceptSubmission(by, one, newKpj())
        : refuseForReason(by, one, { reason: 'age' }),
    )
  await decide()
  expect(await as('post:2', (by) => undoDecision(by, one))).toBe(false)
  expect(await as('post:1', (by) => undoDecision(by, one))).toBe(true)
  expect(await stateOf(one.id)).toEqual(before)
  expect(await told(one.id)).toEqual([])
  expect(await as('post:1', (by) => undoDecision(by, one))).toBe(false)
  // And decided again, it is told again; after ten seconds it stays.
  expect(await decide()).toBe('done')
  expect(await told(one.id)).toHaveLength(1)
  await later(one.id, undoSeconds)
  expect(await as('post:1', (by) => undoDecision(by, one))).toBe(false)
})

test('what has followed from a decision keeps it', async () => {
  const one = await submit()
  await as('post:1', (by) => acceptSubmission(by, one, newKpj()))
  await db.pool.query(
    `INSERT INTO village_status (village_code, ordinal, is_sadar, since_on, reason, people)
     VALUES ($1, 90, true, '2026-11-21', 'given', 3)`,
    [one.villageCode],
  )
  expect(await as('post:1', (by) => undoDecision(by, one))).toBe(false)
  await db.pool.query('DELETE FROM village_status').catch(() => undefined)
  const sent = await submit()
  await as('post:1', (by) => refuseForReason(by, sent, { reason: 'age' }))
  await db.pool.query(`UPDATE outbound SET tries = 1, state = 'sending' WHERE purpose LIKE $1`, [
    `submission:${sent.id}:%`,
  ])
  expect(await as('post:1', (by) => undoDecision(by, sent))).toBe(false)
})

test('two officers at once: one decides, the other learns that it is late', async () => {
  for (let round = 0; round < 12; round++) {
    const one = await submit()
    const answers = await Promise.all([
      as('post:1', (by) => acceptSubmission(by, one, newKpj())),
      as('post:2', (by) => refuseForReason(by, one, { reason: 'age' })),
      as('post:3', (by) => refuseForReason(by, one, { reason: 'other' })),
    ])
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(1)
    const { state, enrolments } = await stateOf(one.id)
    const ends = { recorded: ['registered'], refused: ['refused'] }
    expect(enrolments).toEqual(ends[state as 'recorded' | 'refused'])
    expect(await told(one.id)).toHaveLength(1)
  }
})

test('whoever refuses many while one of them is being registered leaves that one alone', async () => {
  const one = await submit()
  let refusing: Promise<Set<number>> | undefined
  await db.transaction(async (tx) => {
    await recordMemberships(tx, seal, [{ submissionId: one.id, kpj: newKpj() }], 'post:1')
    const refusal = [{ submissionId: one.id, reason: 'age' }]
    refusing = db.transaction((other) => refuseSubmissions(other, refusal, 'post:2'))
    await new Promise((resolve) => setTimeout(resolve, 150))
  })
  expect([...((await refusing) ?? [])]).toEqual([])
  expect(await stateOf(one.id)).toMatchObject({ state: 'recorded', enrolments: ['registered'] })
})

test('a question goes to the person at once, and the submission waits on', async () => {
  const one = await submit()
  await as('post:1', (by) => askPerson(by, one, 'Apa nama pasarnya?'))
  await as('post:1', (by) => askPerson(by, one, 'Dan desanya?'))
  expect(await told(one.id)).toEqual([
    { delay: 0, text: expect.stringContaining('Apa nama pasarnya?') },
    { delay: 0, text: expect.stringContaining('Dan desanya?') },
  ])
  expect((await get(one.receipt)).isRecorded).toBe(true)
})

test('what the program could not record it tries once more when asked to', async () => {
  const parked = await submit({ payer: 'other' })
  expect(parked).toMatchObject({ state: 'parked', reasons: ['other-payer'], isRecorded: false })
  expect(await as('post:1', (by) => retrySubmission(by, parked))).toBe(true)
  expect((await stateOf(parked.id)).state).toBe('waiting')
  await handleSubmissions(stage)
  expect((await get(parked.receipt)).reasons).toEqual(['other-payer'])
  const recorded = await submit()
  expect(await as('post:1', (by) => retrySubmission(by, recorded))).toBe(false)
})

test('the queue: oldest first, of the own area and of nobody’s, by what is odd and by place', async () => {
  await db.pool.query(`UPDATE enrolment SET state = 'registered' WHERE state = 'submitted'`)
  await db.pool.query(`UPDATE submission SET state = 'refused' WHERE state = 'parked'`)
  const clean = await submit({ name: 'Ahmad Bersih', village: homes.neighbour })
  const odd = await submit({ membership: 'unsure' })
  const parked = await submit({ payer: 'other' })
  const foreign = await enrol(stage, { village: homes.elsewhere })
  const nowhere = await enrol(stage, { village: '99.99.99.9999' })
  await handleSubmissions(stage)
  const list = async (kind: 'all' | 'clean' | 'odd' | 'parked', place = '', after = 0) =>
    (await listReview(db.pool, seal, area, { kind, place }, after)).map(({ receipt }) => receipt)
  const all = [clean, odd, parked].map(({ receipt }) => receipt)
  expect(await list('all')).toEqual([...all, nowhere.receipt])
  expect(await list('clean')).toEqual([clean.receipt])
  expect(await list('odd')).toEqual([odd.receipt])
  expect(await list('parked')).toEqual([parked.receipt, nowhere.receipt])
  expect(await list('all', homes.neighbour)).toEqual([clean.receipt])
  expect(await list('all', '63.03.05')).toEqual(all)
  expect(await list('all', '', odd.id)).toEqual([parked.receipt, nowhere.receipt])
  expect(await countReview(db.pool, area)).toEqual({ all: 4, clean: 1, odd: 1, parked: 2 })
  expect(await findReviewed(db.pool, seal, area, foreign.receipt)).toBeUndefined()
  expect((await findReviewed(db.pool, seal, '63.02', foreign.receipt))?.way).toBe('self')
})

test('who may be there twice: by NIK anywhere, by name and birth date in the village', async () => {
  const nik = newNik()
  const first = await submit({ nik, name: 'Hj. Rahmawati Contoh', village: homes.neighbour })
  const second = await submit({ nik, name: 'Rahmawati', village: homes.elsewhere }).catch(
    () => null,
  )
  expect(second).toBeNull()
  const same = await submit({ nik, name: 'Rahmawati' })
  expect(same.reasons).toEqual(['nik-known'])
  const found = await findDuplicates(db.pool, seal, area, same)
  expect(found.map(({ rule, receipt }) => [rule, receipt])).toEqual([['nik', first.receipt]])
  const fuzzy = await submit({ name: 'Rahmawti Contoh', village: homes.neighbour })
  const others = await findDuplicates(db.pool, seal, area, fuzzy)
  expect(others.map(({ rule, receipt }) => [rule, receipt])).toEqual([
    ['name-birth', first.receipt],
  ])
  // Whoever works elsewhere learns that there is one, and where, and nothing else of it.
  const [outside] = await findDuplicates(db.pool, seal, '63.02', { ...same, id: 0 })
  expect(outside).toMatchObject({ isInside: false, answers: {}, receipt: first.receipt })
})

test('a member of a village list shows its group and post', async () => {
  await startVillage(stage, homes.own, ['Siti Contoh'])
  const lines = await listReview(db.pool, seal, area, { kind: 'all', place: homes.own }, 0)
  const line = lines.find(({ name }) => name === 'Siti Contoh')
  expect(line?.way).toBe('village')
  const one = await get(line?.receipt ?? '')
  expect([one.cohort, one.position]).toEqual(['bpd', 'Anggota BPD'])
})
