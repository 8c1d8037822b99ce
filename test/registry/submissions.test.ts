// From what was submitted to what is held to be true, and what officers and persons do with it.
import { expect, test } from 'vitest'
import { checkEnrolment } from '../../src/core/enrolment.ts'
import { submitEnrolment } from '../../src/jobs/submit-enrolment.ts'
import { createLog } from '../../src/log.ts'
import { carryOut } from '../../src/registry/commands.ts'
import {
  isNumberTaken,
  recordMemberships,
  refuseSubmissions,
} from '../../src/registry/decisions.ts'
import { lookUpFacts } from '../../src/registry/facts.ts'
import { renewPersons } from '../../src/registry/persons-again.ts'
import { revealSubmission } from '../../src/registry/review.ts'
import { eraseData } from '../../src/registry/rights.ts'
import { insertEnrolments } from '../../src/registry/submissions.ts'
import type { JobData, JobName, Runtime } from '../../src/runtime.ts'
import { answersOf, makeAddress, openStage } from './stage.ts'

const { db, book, seal } = await openStage()

const runtime = {
  db,
  book,
  seal,
  log: createLog('silent'),
  ring: (_job: JobName, _data: JobData[JobName]) => undefined,
} as unknown as Runtime

let receipts = 0

async function submit(
  addressId: number,
  nik: string,
  changes: Record<string, string | number> = {},
) {
  receipts += 1
  const receipt = `T${String(receipts).padStart(9, '0')}`
  const command = {
    do: 'submit-enrolment',
    flow: 'villager/enrol',
    version: 'v',
    talkId: receipt,
    startedOn: '2026-11-21',
    language: 'id',
    answers: { ...answersOf(nik), ...changes },
    wordings: {},
  }
  await db.transaction((tx) => carryOut({ tx, seal, book }, addressId, command))
  return receipt
}

const lookUp = (addressId: number, name: string) =>
  lookUpFacts({ tx: db.pool, seal, book, addressId, on: '2026-11-21', answers: {} }, [name])

const enrol = () => submitEnrolment.run(runtime, {})

async function stateOf(receipt: string) {
  const { rows } = await db.pool.query(
    `SELECT s.state, s.reason, array_agg(e.programme ORDER BY e.programme) AS programmes
       FROM submission s LEFT JOIN enrolment e ON e.submission_id = s.id
      WHERE s.receipt = $1 GROUP BY s.id`,
    [receipt],
  )
  return rows[0]
}

test('a submission becomes one person with one enrolment for each programme', async () => {
  const receipt = await submit(await makeAddress(db, 'a'), '6303055203850001')
  await enrol()
  expect(await stateOf(receipt)).toEqual({
    state: 'recorded',
    reason: null,
    programmes: ['JKK', 'JKM'],
  })
  const { rows } = await db.pool.query(
    `SELECT base_rupiah, months, starts_on, e.state FROM enrolment e
       JOIN submission s ON s.id = e.submission_id WHERE s.receipt = $1`,
    [receipt],
  )
  expect(rows[0]).toEqual({
    base_rupiah: 1_600_000,
    months: 3,
    starts_on: '2026-11-01',
    state: 'submitted',
  })
})

test('done twice, or by two at once, it changes nothing', async () => {
  const receipt = await submit(await makeAddress(db, 'b'), '6303055203850002')
  await Promise.all([enrol(), enrol(), enrol()])
  await db.pool.query(`UPDATE submission SET state = 'waiting' WHERE receipt = $1`, [receipt])
  await enrol()
  const { rows } = await db.pool.query(
    `SELECT count(*) AS count FROM person p WHERE p.nik_index = $1`,
    [seal.blindIndex('nik', '6303055203850002')],
  )
  expect(rows[0]).toEqual({ count: 1 })
})

test('a NIK that is known is parked, and the sender sees the same as anybody', async () => {
  const first = await makeAddress(db, 'c1')
  const second = await makeAddress(db, 'c2')
  await submit(first, '6303055203850003')
  await enrol()
  const receipt = await submit(second, '6303055203850003')
  await enrol()
  expect(await stateOf(receipt)).toMatchObject({ state: 'parked', reason: 'nik-known' })
  const seen = await Promise.all([first, second].map((id) => lookUp(id, 'my-submissions')))
  const states = seen.map((facts) => (facts['my-submissions'] as { state: string }[])[0]?.state)
  expect(states).toEqual(['received', 'received'])
})

test('whoever was refused may register anew, with what they say now, once nothing can be undone', async () => {
  const nik = '6303055203850033'
  const chat = await makeAddress(db, 'c3')
  const first = await submit(chat, nik, { name: 'Nama Lama' })
  await enrol()
  await db.pool.query(
    `UPDATE submission SET state = 'refused', closed_at = now() WHERE receipt = $1`,
    [first],
  )
  const old = `submission_id = (SELECT id FROM submission WHERE receipt = $1)`
  await db.pool.query(`UPDATE enrolment SET state = 'refused' WHERE ${old}`, [first])
  const soon = await submit(chat, nik, { name: 'Terlalu Cepat' })
  await enrol()
  expect(await stateOf(soon)).toMatchObject({ state: 'parked', reason: 'nik-known' })
  await db.pool.query(`UPDATE submission SET state = 'refused' WHERE receipt = $1`, [soon])
  await db.pool.query(
    `UPDATE submission SET closed_at = now() - interval '1 minute'
    WHERE receipt IN ($1, $2)`,
    [first, soon],
  )
  const again = await Promise.all([
    submit(chat, nik, { name: 'Nama Baru' }),
    submit(await makeAddress(db, 'c4'), nik, { name: 'Nama Baru' }),
  ])
  await Promise.all([enrol(), enrol(), enrol()])
  const states = await Promise.all(again.map(stateOf))
  const recorded = states.filter(({ state }) => state === 'recorded')
  expect(recorded).toEqual([expect.objectContaining({ programmes: ['JKK', 'JKM'] })])
  expect(states.filter(({ reason }) => reason === 'nik-known')).toHaveLength(1)
  const index = seal.blindIndex('nik', nik)
  const { rows } = await db.pool.query<{ name: Buffer; count: number }>(
    'SELECT name, count(*) OVER () AS count FROM person WHERE nik_index = $1',
    [index],
  )
  const name = seal.open(rows[0]?.name ?? Buffer.alloc(0), `person.name:${index.toString('hex')}`)
  expect([name, rows[0]?.count]).toEqual(['Nama Baru', 1])
  // What was refused is there still, as it was.
  expect(await stateOf(first)).toMatchObject({ state: 'refused', programmes: ['JKK', 'JKM'] })
})

test('of two who register anew under one NIK at once, the second finds the first', async () => {
  const nik = '6303055203850034'
  const receipt = await submit(await makeAddress(db, 'c5'), nik)
  await enrol()
  const { rows } = await db.pool.query<{ id: number }>(
    `UPDATE submission SET state = 'refused', closed_at = now() - interval '1 minute'
      WHERE receipt = $1 RETURNING id`,
    [receipt],
  )
  const submissionId = rows[0]?.id ?? 0
  const refuse = `UPDATE enrolment SET state = 'refused' WHERE submission_id = $1`
  await db.pool.query(refuse, [submissionId])
  const checked = checkEnrolment({ startedOn: '2026-11-21', answers: answersOf(nik) }, book)
  if (!checked.ok) throw new Error('an enrolment that holds')
  const nikIndex = seal.blindIndex('nik', nik)
  const given = { submissionId, nikIndex, person: checked.person, rows: checked.enrolments }
  let second: Promise<Map<number, number>> | undefined
  await db.transaction(async (tx) => {
    const [personId] = (await renewPersons(tx, seal, [given])).values()
    second = db.transaction((other) => renewPersons(other, seal, [given]))
    await new Promise((resolve) => setTimeout(resolve, 150))
    insertEnrolments(tx, [{ ...given, personId: personId ?? 0 }])
  })
  expect(await second).toEqual(new Map())
})

test('two with one NIK in one batch: the first counts, the other is parked', async () => {
  const one = await submit(await makeAddress(db, 'd1'), '6303055203850004')
  const two = await submit(await makeAddress(db, 'd2'), '6303055203850004')
  await enrol()
  expect(await stateOf(one)).toMatchObject({ state: 'recorded' })
  expect(await stateOf(two)).toMatchObject({ state: 'parked', reason: 'nik-known' })
})

test('one that the program cannot handle harms no other in its batch', async () => {
  const broken = await submit(await makeAddress(db, 'e1'), '6303055203850005')
  await db.pool.query(`UPDATE submission SET answers = 'junk' WHERE receipt = $1`, [broken])
  const sound = await submit(await makeAddress(db, 'e2'), '6303055203850006')
  await enrol()
  expect(await stateOf(sound)).toMatchObject({ state: 'recorded' })
  expect(await stateOf(broken)).toMatchObject({ state: 'waiting' })
  await db.pool.query(`DELETE FROM submission WHERE receipt = $1`, [broken])
})

test('only the membership number makes somebody registered', async () => {
  const address = await makeAddress(db, 'f')
  const receipt = await submit(address, '6303055203850007')
  await enrol()
  const registered = await db.transaction(async (tx) => {
    const found = await revealSubmission(tx, seal, receipt, 'officer:test')
    const issued = [{ submissionId: found?.id ?? 0, kpj: '12345678901' }]
    return recordMemberships(tx, seal, issued, 'officer:test')
  })
  expect(registered.size).toBe(1)
  const facts = await lookUp(address, 'my-submissions')
  expect(facts['my-submissions']).toMatchObject([{ state: 'registered' }])
  const { rows } = await db.pool.query(`SELECT action FROM audit ORDER BY id DESC LIMIT 2`)
  expect(rows.map((row) => row.action)).toEqual(['register', 'reveal-submission'])
})

test('a number that somebody has is taken for everybody else, and not for them', async () => {
  const [first, second] = [
    await submit(await makeAddress(db, 'h1'), '6303055203850011'),
    await submit(await makeAddress(db, 'h2'), '6303055203850012'),
  ]
  await enrol()
  const kpj = '20280000011'
  await db.transaction(async (tx) => {
    const idOf = async (receipt: string) =>
      (await revealSubmission(tx, seal, receipt, 'officer:test'))?.id ?? 0
    const has = { submissionId: await idOf(first), kpj }
    const wants = { submissionId: await idOf(second), kpj }
    expect(await isNumberTaken(tx, seal, wants)).toBe(false)
    await recordMemberships(tx, seal, [has], 'officer:test')
    expect([await isNumberTaken(tx, seal, has), await isNumberTaken(tx, seal, wants)]).toEqual([
      false,
      true,
    ])
  })
})

test('of refusing and registering only the first counts', async () => {
  const receipt = await submit(await makeAddress(db, 'g'), '6303055203850008')
  await enrol()
  const found = await db.transaction((tx) => revealSubmission(tx, seal, receipt, 'officer:test'))
  const submissionId = found?.id ?? 0
  const done = await db.transaction(async (tx) => [
    await refuseSubmissions(tx, [{ submissionId, reason: 'other' }], 'officer:test'),
    await recordMemberships(tx, seal, [{ submissionId, kpj: '12345678901' }], 'officer:test'),
  ])
  expect(done).toEqual([new Set([submissionId]), new Set()])
})

test('erasing leaves nothing to read, and the same person may register again', async () => {
  const address = await makeAddress(db, 'h')
  await submit(address, '6303055203850009')
  await enrol()
  await db.transaction((tx) => eraseData(tx, seal, address))
  const facts = await lookUp(address, 'my-data')
  expect(facts['my-data']).toEqual({})
  const { rows } = await db.pool.query(
    `SELECT p.nik, p.name, p.mother_name, length(s.answers) AS answers, e.state FROM submission s
       JOIN person p ON p.id = s.person_id JOIN enrolment e ON e.submission_id = s.id
      WHERE s.address_id = $1 LIMIT 1`,
    [address],
  )
  expect(rows[0]).toEqual({
    nik: null,
    name: null,
    mother_name: null,
    answers: 0,
    state: 'withdrawn',
  })
  const again = await submit(address, '6303055203850009')
  await enrol()
  expect(await stateOf(again)).toMatchObject({ state: 'recorded' })
})
