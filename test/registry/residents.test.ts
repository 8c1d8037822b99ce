// Residents whom an agent registers: enrolled in the agent's village, confirmed by each person.
import { expect, test } from 'vitest'
import type { Value } from '../../src/core/answers/reading.ts'
import { must } from '../../src/core/must.ts'
import type { AgentResidents } from '../../src/core/residents.ts'
import { submitEnrolment } from '../../src/jobs/submit-enrolment.ts'
import { createLog } from '../../src/log.ts'
import { carryOut } from '../../src/registry/commands.ts'
import { recordMemberships, refuseSubmissions } from '../../src/registry/decisions.ts'
import { lookUpFacts } from '../../src/registry/facts.ts'
import { revealSubmission } from '../../src/registry/review.ts'
import type { Runtime } from '../../src/runtime.ts'
import { homes, makeOfficial, newCode } from '../support/officials.ts'
import { answersOf, makeAddress, openStage } from './stage.ts'

const { db, book, seal } = await openStage()
const runtime = { db, book, seal, log: createLog('silent') } as unknown as Runtime
const enrol = () => submitEnrolment.run(runtime, {})

const versionOf = (flow: string, ask: string) => {
  return must(book.flows.get(flow)?.asks.get(ask)?.version.id, ask)
}
const wordings = {
  statement: versionOf('agent/enrol-resident', 'statement'),
  'staff-answer': versionOf('villager/confirm-staff', 'staff-answer'),
}

async function run(addressId: number, name: string, answers: Record<string, Value>) {
  const talkId = newCode()
  const talk = { flow: 'agent/enrol-resident', version: 'v', talkId, language: 'id' }
  const command = { do: name, ...talk, startedOn: '2026-11-21', answers, wordings }
  await db.transaction((tx) => carryOut({ tx, seal, book }, addressId, command))
  return talkId
}

async function lookUp(addressId: number, name: string, answers: Record<string, Value> = {}) {
  const looking = { seal, book, addressId, on: '2026-11-21', answers }
  return db.transaction(async (tx) => (await lookUpFacts({ ...looking, tx }, [name]))[name])
}

const residentsOf = async (who: number) => (await lookUp(who, 'my-residents')) as AgentResidents

/** What the flow asks: no consent of the person's own, and no village. */
function register(who: number, nik: string, changes: Record<string, Value> = {}) {
  const { consent: _, village: __, review: ___, ...person } = answersOf(nik)
  const said = { statement: 'ya', 'resident-review': 'ya' }
  return run(who, 'enrol-resident', { ...person, ...said, ...changes })
}

async function rowOf(receipt: string) {
  const { rows } = await db.pool.query(
    'SELECT id, state, reason, person_id FROM submission WHERE receipt = $1',
    [receipt],
  )
  return rows[0]
}

const agent = await makeOfficial(db, 'bumdes-agent', homes.own, 'Noor Contoh')

test('a resident is enrolled for the village of the agent, whatever village was said', async () => {
  const receipt = await register(agent, '6303055203850301', { village: homes.elsewhere })
  await enrol()
  const { rows } = await db.pool.query(
    `SELECT programme, segment, village_code, base_rupiah, months FROM enrolment
      WHERE submission_id = (SELECT id FROM submission WHERE receipt = $1) ORDER BY programme`,
    [receipt],
  )
  const row = { segment: 'BPU', village_code: homes.own, base_rupiah: 1_600_000, months: 3 }
  expect(rows).toEqual([
    { programme: 'JKK', ...row },
    { programme: 'JKM', ...row },
  ])
})

test('the statement is kept with its wording; without it nobody is enrolled', async () => {
  const kept = await register(agent, '6303055203850302')
  const parked = await register(agent, '6303055203850303', { statement: 'tidak' })
  await enrol()
  const { rows } = await db.pool.query(
    `SELECT kind, given, wording FROM consent WHERE receipt = $1`,
    [kept],
  )
  expect(rows).toEqual([{ kind: 'statement', given: true, wording: wordings.statement }])
  expect(await rowOf(parked)).toMatchObject({ state: 'parked', reason: 'not-agreed' })
})

test('somebody known already waits for an officer, and the agent sees no difference', async () => {
  const villager = await makeAddress(db, 'a villager who enrolled alone')
  const nik = '6303055203850304'
  const alone = { do: 'submit-enrolment', flow: 'villager/enrol', version: 'v', language: 'id' }
  const talk = { ...alone, talkId: newCode(), startedOn: '2026-11-21', wordings: {} }
  const command = { ...talk, answers: answersOf(nik) }
  await db.transaction((tx) => carryOut({ tx, seal, book }, villager, command))
  await enrol()
  const [known, fresh] = [await register(agent, nik), await register(agent, '6303055203850305')]
  await enrol()
  expect(await rowOf(known)).toMatchObject({ state: 'parked', reason: 'nik-known' })
  expect(await rowOf(fresh)).toMatchObject({ state: 'recorded' })
  const [one, two] = (await residentsOf(agent)).newest
  expect({ ...one, receipt: '' }).toEqual({ ...two, receipt: '' })
})

test('an agent sees the own list only: names and states, no NIK, no other agent', async () => {
  const own = await makeOfficial(db, 'bumdes-agent', homes.own)
  const nobody = { total: 0, registered: 0, waiting: 0, refused: 0, newest: [] }
  expect(await residentsOf(own)).toEqual(nobody)
  const receipts: string[] = []
  for (let nth = 0; nth < 22; nth++) receipts.push(await register(own, `63030552038504${nth + 10}`))
  await enrol()
  await db.transaction(async (tx) => {
    const [first = '', second = ''] = receipts.slice(-2)
    const one = await revealSubmission(tx, seal, first, 'officer:test')
    await recordMemberships(
      tx,
      seal,
      [{ submissionId: one?.id ?? 0, kpj: '12345678901' }],
      'officer:test',
    )
    const two = await revealSubmission(tx, seal, second, 'officer:test')
    await refuseSubmissions(
      tx,
      [{ submissionId: two?.id ?? 0, reason: 'data-differs' }],
      'officer:test',
    )
  })
  const list = await residentsOf(own)
  expect(list).toMatchObject({ total: 22, registered: 1, waiting: 20, refused: 1 })
  expect(list.newest).toHaveLength(20)
  expect(list.newest.slice(0, 3).map(({ state }) => state)).toEqual([
    ...['refused', 'registered', 'waiting'],
  ])
  expect(JSON.stringify(list)).not.toMatch(/6303|•/)
  expect(await lookUp(own, 'residents-today')).toBe(22)
  const { rows } = await db.pool.query('SELECT count(*) AS count FROM resident WHERE set_by = $1', [
    (await db.pool.query('SELECT id FROM post WHERE address_id = $1', [own])).rows[0]?.id,
  ])
  expect(rows[0]?.count).toBe(22)
})

test('with another village an agent begins anew and sees nothing of the village before', async () => {
  const moved = await makeOfficial(db, 'bumdes-agent', homes.own)
  await register(moved, '6303055203850306')
  await db.pool.query(
    `INSERT INTO district (code, regency_code, name)
     SELECT '99.99.99', regency_code, 'Rekaan' FROM district LIMIT 1`,
  )
  await db.pool.query(
    `INSERT INTO village (code, district_code, name, kind)
     VALUES ('99.99.99.2001', '99.99.99', 'Rekaan', 'desa')`,
  )
  await db.pool.query(`UPDATE post SET area = '99.99.99.2001' WHERE address_id = $1`, [moved])
  expect(await residentsOf(moved)).toMatchObject({ total: 0, newest: [] })
})

test('the person sees work and programmes by code and birth date, agrees or objects', async () => {
  const receipt = await register(agent, '6303055203850307', { programme: 'savings' })
  await enrol()
  const person = await makeAddress(db, 'the resident')
  const right = { 'staff-code': receipt, 'staff-birth-date': '1985-03-12' }
  const wrong = { ...right, 'staff-birth-date': '1985-03-13' }
  expect(await lookUp(person, 'staff-entry', wrong)).toBeNull()
  expect(await lookUp(person, 'staff-entry', right)).toEqual({
    ...{ kind: 'resident', name: 'Siti Rahmah', nik: '6303••••••••0307' },
    ...{ occupation: 'pedagang sayur', income: 1_500_000, programme: 'savings' },
    villageName: 'Pasayangan Utara, Kec. Martapura, Kab. Banjar',
  })
  await run(person, 'confirm-staff', { ...right, 'staff-answer': 'ya' })
  expect((await residentsOf(agent)).newest[0]?.said).toBe('agreed')
  await run(person, 'object-staff', { ...right, 'object-sure': 'ya' })
  expect((await residentsOf(agent)).newest[0]?.said).toBe('objected')
  expect(await rowOf(receipt)).toMatchObject({ state: 'parked', reason: 'person-objects' })
  const { rows } = await db.pool.query(`SELECT action FROM audit WHERE actor = $1 ORDER BY id`, [
    `address:${person}`,
  ])
  expect(rows.map(({ action }) => action)).toEqual(['confirm-resident', 'object-resident'])
})

test('nobody but an agent registers residents, and an agent nobody else', async () => {
  const head = await makeOfficial(db, 'village-head', homes.own)
  await expect(register(head, '6303055203850308')).rejects.toThrow('a post as agent')
  await expect(lookUp(head, 'my-residents')).rejects.toThrow('a post as agent')
  await expect(run(agent, 'register-staff', {})).rejects.toThrow('a post as official')
  await expect(lookUp(agent, 'village-staff')).rejects.toThrow('a post as official')
  await expect(lookUp(agent, 'area-overview')).rejects.toThrow('a post as coordinator')
})

test('what an agent registered for others is not the agent’s own data', async () => {
  expect(await lookUp(agent, 'my-submissions')).toEqual([])
  expect(await lookUp(agent, 'my-data')).toEqual({})
})

test('a talk that hands over twice makes one row', async () => {
  const answers = { ...answersOf('6303055203850309'), statement: 'ya' }
  const talk = { flow: 'agent/enrol-resident', version: 'v', talkId: newCode(), language: 'id' }
  const command = { do: 'enrol-resident', ...talk, startedOn: '2026-11-21', answers, wordings }
  for (let times = 0; times < 2; times++) {
    await db.transaction((tx) => carryOut({ tx, seal, book }, agent, command))
  }
  const { rows } = await db.pool.query(
    `SELECT count(*) AS count FROM resident r JOIN submission s ON s.id = r.submission_id
      WHERE s.receipt = $1`,
    [talk.talkId],
  )
  expect(rows[0]?.count).toBe(1)
})
