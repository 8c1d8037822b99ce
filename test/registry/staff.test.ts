// Staff of a village: registered by officials, enrolled by its setting, confirmed by each person.
import { expect, test } from 'vitest'
import type { Value } from '../../src/core/answers/reading.ts'
import type { AreaOverview, StaffMember } from '../../src/core/village-staff.ts'
import { submitEnrolment } from '../../src/jobs/submit-enrolment.ts'
import { createLog } from '../../src/log.ts'
import { carryOut } from '../../src/registry/commands.ts'
import { recordMemberships, refuseSubmissions } from '../../src/registry/decisions.ts'
import { lookUpFacts } from '../../src/registry/facts.ts'
import { revealSubmission } from '../../src/registry/review.ts'
import { eraseData } from '../../src/registry/rights.ts'
import type { Runtime } from '../../src/runtime.ts'
import { homes, makeOfficial, newCode } from '../support/officials.ts'
import { answersOf, makeAddress, openStage } from './stage.ts'

const { db, book, seal } = await openStage()
const runtime = { db, book, seal, log: createLog('silent') } as unknown as Runtime
const enrol = () => submitEnrolment.run(runtime, {})

const flow = must(book.flows.get('official/register-staff'))
const confirm = must(book.flows.get('villager/confirm-staff'))

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('not there')
  return value
}

function versionOf(from: typeof flow, id: string): string {
  return must(must(from.asks.get(id)).version.id)
}

async function run(addressId: number, name: string, answers: Record<string, Value>) {
  const talkId = newCode()
  const wordings = {
    statement: versionOf(flow, 'statement'),
    'staff-answer': versionOf(confirm, 'staff-answer'),
  }
  const talk = { flow: flow.name, version: 'v', talkId, startedOn: '2026-11-21', language: 'id' }
  const command = { do: name, ...talk, answers, wordings }
  await db.transaction((tx) => carryOut({ tx, seal, book }, addressId, command))
  return talkId
}

async function lookUp(addressId: number, name: string, answers: Record<string, Value> = {}) {
  const looking = { seal, book, addressId, on: '2026-11-21', answers }
  return db.transaction(async (tx) => (await lookUpFacts({ ...looking, tx }, [name]))[name])
}

const staffOf = async (who: number) => (await lookUp(who, 'village-staff')) as StaffMember[]

function register(who: number, nik: string, cohort: string, changes: Record<string, Value> = {}) {
  const { consent: _, income: __, ...person } = answersOf(nik)
  const post = { 'staff-cohort': cohort, position: 'Kaur Keuangan' }
  const said = { statement: 'ya', 'staff-review': 'ya' }
  return run(who, 'register-staff', { ...person, ...post, ...said, ...changes })
}

async function enrolmentsOf(receipt: string) {
  const { rows } = await db.pool.query(
    `SELECT e.programme, e.segment, e.base_rupiah AS base FROM enrolment e
       JOIN submission s ON s.id = e.submission_id WHERE s.receipt = $1 ORDER BY e.programme`,
    [receipt],
  )
  return rows
}

async function stateOf(receipt: string) {
  const { rows } = await db.pool.query('SELECT state, reason FROM submission WHERE receipt = $1', [
    receipt,
  ])
  return rows[0]
}

const head = await makeOfficial(db, 'village-head', homes.own)
await run(head, 'save-cohort', {
  cohort: 'perangkat-desa',
  posts: 3,
  'setting-wish': 'ya',
  fund: 'add',
})
await run(head, 'save-cohort', {
  ...{ cohort: 'bpd', posts: 2, 'setting-wish': 'own', segment: 'PU', 'wage-base': 'fixed' },
  ...{ 'base-amount': 1_000_000, 'pu-programmes': 'pension', fund: 'add' },
})
await run(head, 'save-cohort', { cohort: 'rentan', posts: 9, 'setting-wish': 'ya', fund: 'apbd' })

test('each is enrolled as the village has set up the group', async () => {
  const staff = await register(head, '6303055203850101', 'perangkat-desa')
  const secretary = { position: 'Sekretaris Desa' }
  const second = await register(head, '6303055203850102', 'perangkat-desa', secretary)
  const council = await register(head, '6303055203850103', 'bpd')
  const worker = await register(head, '6303055203850104', 'rentan')
  await enrol()
  const pu = { segment: 'PU' }
  expect(await enrolmentsOf(staff)).toEqual([
    { ...pu, programme: 'JKK', base: 2_022_200 },
    { ...pu, programme: 'JKM', base: 2_022_200 },
  ])
  expect((await enrolmentsOf(second)).map(({ base }) => base)).toEqual([2_224_420, 2_224_420])
  expect((await enrolmentsOf(council)).map(({ programme }) => programme)).toEqual([
    ...['JHT', 'JKK', 'JKM', 'JP'],
  ])
  expect(await enrolmentsOf(worker)).toEqual([
    { segment: 'BPU', programme: 'JKK', base: 1_000_000 },
    { segment: 'BPU', programme: 'JKM', base: 1_000_000 },
  ])
})

test('without the statement nobody is enrolled; with it, the statement is kept', async () => {
  const parked = await register(head, '6303055203850111', 'bpd', { statement: 'tidak' })
  const kept = await register(head, '6303055203850112', 'bpd')
  await enrol()
  expect(await stateOf(parked)).toEqual({ state: 'parked', reason: 'not-agreed' })
  const { rows } = await db.pool.query(
    `SELECT given, wording FROM consent WHERE kind = 'statement' AND receipt = $1`,
    [kept],
  )
  expect(rows).toEqual([{ given: true, wording: versionOf(flow, 'statement') }])
})

test('somebody known elsewhere waits for an officer, and the head sees no difference', async () => {
  const other = await makeOfficial(db, 'village-operator', homes.own)
  const first = await register(head, '6303055203850121', 'bpd')
  await enrol()
  const second = await register(other, '6303055203850121', 'bpd')
  await enrol()
  expect(await stateOf(second)).toMatchObject({ state: 'parked', reason: 'nik-known' })
  expect(await stateOf(first)).toMatchObject({ state: 'recorded' })
  const states = (await staffOf(head)).slice(-2).map(({ state, said }) => [state, said])
  expect(states[0]).toEqual(states[1])
})

test('the status follows the officer: registered, refused and why', async () => {
  const [good, bad] = [
    await register(head, '6303055203850131', 'bpd'),
    await register(head, '6303055203850132', 'bpd'),
  ]
  await enrol()
  await db.transaction(async (tx) => {
    const one = await revealSubmission(tx, seal, good, 'officer:test')
    await recordMemberships(
      tx,
      seal,
      [{ submissionId: one?.id ?? 0, kpj: '12345678901' }],
      'officer:test',
    )
    const two = await revealSubmission(tx, seal, bad, 'officer:test')
    await refuseSubmissions(
      tx,
      [{ submissionId: two?.id ?? 0, reason: 'data-differs' }],
      'officer:test',
    )
  })
  const [one, two] = (await staffOf(head)).slice(-2)
  expect(one).toMatchObject({ state: 'registered', name: 'Siti Rahmah' })
  expect(two).toMatchObject({ state: 'refused', reason: 'data-differs' })
})

test('the person sees the entry only with the birth date, agrees or objects', async () => {
  const receipt = await register(head, '6303055203850141', 'bpd')
  await enrol()
  const person = await makeAddress(db, 'the person')
  const right = { 'staff-code': receipt, 'staff-birth-date': '1985-03-12' }
  const wrong = { ...right, 'staff-birth-date': '1985-03-13' }
  expect(await lookUp(person, 'staff-entry', wrong)).toBeNull()
  expect(await lookUp(person, 'staff-entry', { ...right, 'staff-code': newCode() })).toBeNull()
  expect(await lookUp(person, 'staff-entry', right)).toEqual({
    ...{ kind: 'staff', cohort: 'bpd', position: 'Kaur Keuangan', name: 'Siti Rahmah' },
    villageName: 'Pasayangan Utara, Kec. Martapura, Kab. Banjar',
    nik: '6303••••••••0141',
  })
  await run(person, 'confirm-staff', { ...right, 'staff-answer': 'ya' })
  expect((await staffOf(head)).at(-1)?.said).toBe('agreed')
  await run(person, 'object-staff', { ...right, 'object-sure': 'ya' })
  expect((await staffOf(head)).at(-1)?.said).toBe('objected')
  expect(await stateOf(receipt)).toEqual({ state: 'parked', reason: 'person-objects' })
})

test('birth dates cannot be tried through: five tries an hour', async () => {
  const receipt = await register(head, '6303055203850151', 'bpd')
  const thief = await makeAddress(db, 'a thief')
  for (let day = 10; day < 15; day++) {
    const guess = { 'staff-code': receipt, 'staff-birth-date': `1985-04-${day}` }
    expect(await lookUp(thief, 'staff-entry', guess)).toBeNull()
  }
  const right = { 'staff-code': receipt, 'staff-birth-date': '1985-03-12' }
  expect(await lookUp(thief, 'staff-entry', right)).toBeNull()
})

test('leaving, moving and elections keep the history, and touch no other village', async () => {
  const neighbour = await makeOfficial(db, 'village-head', homes.neighbour)
  await register(head, '6303055203850161', 'rentan')
  await enrol()
  const member = must((await staffOf(head)).at(-1))
  const leave = { 'leave-reason': 'resigned', 'leave-on': '2026-11-20', 'leave-sure': 'ya' }
  expect(await staffOf(neighbour)).toEqual([])
  await run(neighbour, 'end-staff', { 'staff-member': member.key, ...leave })
  const move = { 'new-cohort': 'bpd', 'new-position': 'Ketua BPD', 'move-sure': 'ya' }
  await run(neighbour, 'move-staff', { 'staff-member': member.key, ...move })
  const end = { 'election-on': '2026-11-20', 'election-sure': 'ya' }
  await run(neighbour, 'end-cohort', { 'ended-cohort': 'rentan', ...end })
  expect((await staffOf(head)).at(-1)).toEqual(member)
  await run(head, 'move-staff', { 'staff-member': member.key, ...move })
  const moved = must((await staffOf(head)).at(-1))
  expect(moved).toMatchObject({ cohort: 'bpd', position: 'Ketua BPD', name: member.name })
  await run(head, 'end-staff', { 'staff-member': moved.key, ...leave })
  await run(head, 'end-cohort', { 'ended-cohort': 'bpd', ...end })
  expect((await staffOf(head)).some(({ cohort }) => cohort === 'bpd')).toBe(false)
  const { rows } = await db.pool.query(
    `SELECT t.position, t.end_reason FROM staff t WHERE t.submission_id =
       (SELECT submission_id FROM staff WHERE id = $1) ORDER BY t.id`,
    [Number(member.key)],
  )
  expect(rows).toEqual([
    { position: 'Kaur Keuangan', end_reason: 'moved' },
    { position: 'Ketua BPD', end_reason: 'resigned' },
  ])
  const { rows: events } = await db.pool.query(
    `SELECT count(*) AS count FROM enrolment_event WHERE kind = 'left'
       AND detail->>'reason' = 'resigned'`,
  )
  expect(events[0]?.count).toBe(2)
})

test('whoever coordinates sees counts of the own area, and of no other', async () => {
  const regency = await makeOfficial(db, 'coordinator', '63.03')
  const branch = await makeOfficial(db, 'branch-head', '63.02 63.10')
  const overview = (await lookUp(regency, 'area-overview')) as AreaOverview
  expect(overview).toMatchObject({ villages: 1, aware: 0, underWay: 1, registeredYearAgo: 0 })
  expect(overview.cohorts.map(({ cohort, posts }) => [cohort, posts])).toEqual([
    ['perangkat-desa', 3],
    ['bpd', 2],
    ['rentan', 9],
  ])
  const staff = await staffOf(head)
  const waiting = staff.filter(({ cohort }) => cohort === 'perangkat-desa').length
  expect(overview.cohorts[0]).toMatchObject({ registered: 0, waiting })
  expect(await lookUp(branch, 'area-overview')).toMatchObject({ villages: 0, cohorts: [] })
  await expect(lookUp(head, 'area-overview')).rejects.toThrow('a post as coordinator')
  await expect(lookUp(regency, 'village-staff')).rejects.toThrow('a post as official')
  expect(JSON.stringify(overview)).not.toContain('Siti')
})

test('what an official registered for others is not the official’s own data', async () => {
  const operator = await makeOfficial(db, 'village-operator', homes.own)
  const receipt = await register(operator, '6303055203850171', 'rentan')
  expect(await lookUp(operator, 'my-submissions')).toEqual([])
  expect(await lookUp(operator, 'my-data')).toEqual({})
  await db.transaction((tx) => eraseData(tx, seal, operator))
  await enrol()
  expect(await stateOf(receipt)).toMatchObject({ state: 'recorded' })
})
