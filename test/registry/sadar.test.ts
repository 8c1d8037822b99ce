// The status of a village on the real database: given, lost, given again, by whoever judges first.
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Value } from '../../src/core/answers/reading.ts'
import type { AreaOverview } from '../../src/core/village-staff.ts'
import { judgeVillages, recheckVillages } from '../../src/jobs/judge-villages.ts'
import { submitEnrolment } from '../../src/jobs/submit-enrolment.ts'
import { createLog } from '../../src/log.ts'
import { villageActions } from '../../src/officer/villages.ts'
import { certificateCode, findCertificate } from '../../src/registry/certificates.ts'
import { carryOut } from '../../src/registry/commands.ts'
import { openDatabase } from '../../src/registry/database.ts'
import { recordMemberships } from '../../src/registry/decisions.ts'
import { lookUpFacts } from '../../src/registry/facts.ts'
import { revealSubmission } from '../../src/registry/review.ts'
import { findSadarStatus, judgeAgain } from '../../src/registry/sadar.ts'
import { openOutbound } from '../../src/registry/turns.ts'
import type { Runtime } from '../../src/runtime.ts'
import { homes, makeOfficial, newCode } from '../support/officials.ts'
import { answersOf, openStage } from './stage.ts'

const { db, book, seal } = await openStage()
let today = '2026-11-21'
const rung: string[] = []
const runtime = {
  ...{ db, book, seal, log: createLog('silent') },
  clock: { today: () => today },
  ring: (job: string) => rung.push(job),
} as unknown as Runtime
const judge = (with_ = runtime) => judgeVillages.run(with_, {})

const home = homes.own
const head = await makeOfficial(db, 'village-head', home)
const operator = await makeOfficial(db, 'village-operator', home)
const coordinator = await makeOfficial(db, 'coordinator', '63.03')

async function run(name: string, answers: Record<string, Value>) {
  const talkId = newCode()
  const talk = { flow: 'official/register-staff', version: 'v', talkId, language: 'id' }
  const asked = book.flows.get(talk.flow)?.asks.get('statement')
  const wordings = { statement: asked?.version.id ?? '' }
  const command = { do: name, ...talk, startedOn: today, answers, wordings }
  await db.transaction((tx) => carryOut({ tx, seal, book }, head, command))
  return talkId
}

const setUp = (cohort: string, posts: number) =>
  run('save-cohort', { cohort, posts, 'setting-wish': 'ya', fund: 'add' })

/** Somebody of this group, registered to the end; gives the receipt. */
async function register(nik: string, cohort: string) {
  const { consent: _, income: __, ...person } = answersOf(nik)
  const post = { 'staff-cohort': cohort, position: 'Aparat', statement: 'ya', 'staff-review': 'ya' }
  const receipt = await run('register-staff', { ...person, ...post })
  await submitEnrolment.run(runtime, {})
  await db.transaction(async (tx) => {
    const found = await revealSubmission(tx, seal, receipt, 'officer:test')
    await recordMemberships(
      tx,
      seal,
      [{ submissionId: found?.id ?? 0, kpj: '12345678901' }],
      'officer:test',
    )
  })
  return receipt
}

async function leave(receipt: string) {
  const { rows } = await db.pool.query(
    `SELECT t.id FROM staff t JOIN submission s ON s.id = t.submission_id WHERE s.receipt = $1`,
    [receipt],
  )
  await run('end-staff', {
    ...{ 'staff-member': String(rows[0]?.id), 'leave-reason': 'resigned' },
    ...{ 'leave-on': today, 'leave-sure': 'ya' },
  })
}

async function history() {
  const { rows } = await db.pool.query(
    `SELECT ordinal, reason, is_sadar, since_on, people, agreement, lacks FROM village_status
      WHERE village_code = $1 ORDER BY ordinal`,
    [home],
  )
  return rows
}

async function newsOf(addressId: number) {
  const { rows } = await db.pool.query(
    `SELECT purpose, body FROM outbound WHERE address_id = $1 AND purpose LIKE 'sadar:%'
      ORDER BY id`,
    [addressId],
  )
  return rows.map(({ purpose, body }) => openOutbound(seal, purpose, body))
}

async function overview() {
  const looking = { seal, book, addressId: coordinator, on: today, answers: {} }
  const found = await db.transaction((tx) => lookUpFacts({ ...looking, tx }, ['area-overview']))
  return found['area-overview'] as AreaOverview
}

const officer = (...words: string[]) => {
  const desk = { config: {} as never, db, book, seal, actor: 'officer:test' }
  return villageActions.perjanjian?.(desk, words)
}

let second = ''

test('nothing is written of a village that never had everybody', async () => {
  await setUp('kepala-desa', 1)
  await setUp('perangkat-desa', 2)
  await register('6303055203850201', 'kepala-desa')
  await register('6303055203850202', 'perangkat-desa')
  await judge()
  expect(await history()).toEqual([])
  expect(await overview()).toMatchObject({ aware: 0, underWay: 1 })
})

test('with the last one registered it is Desa Sadar; the certificate waits for the agreement', async () => {
  second = await register('6303055203850203', 'perangkat-desa')
  await judge()
  expect(await history()).toMatchObject([
    { ordinal: 1, reason: 'given', is_sadar: true, since_on: '2026-11-21', people: 3 },
  ])
  expect(rung.at(-1)).toBe('send-messages')
  for (const official of [head, operator]) {
    const [given, ...more] = await newsOf(official)
    expect(more).toEqual([])
    expect(given?.document).toBeUndefined()
    expect(given?.text).toContain('menjadi Desa Sadar Jaminan Sosial Ketenagakerjaan mulai 21 Nov')
  }
  expect(await officer()).toMatch(/perjanjian: 1\n {2}63\.03\.05\.2056 .* sejak 2026-11-21$/)
  expect(await overview()).toMatchObject({ aware: 1, underWay: 0 })
})

test('judged again with nothing new: no second row, no second message', async () => {
  await recheckVillages.run(runtime, {})
  await judge()
  await judge()
  expect(await history()).toHaveLength(1)
  expect(await newsOf(head)).toHaveLength(1)
})

test('the agreement of the regency brings the certificate, from the same day', async () => {
  today = '2026-11-25'
  expect(await officer('63.03', 'PER/12', '112026')).toContain('PER/12 112026 dicatat untuk Kab')
  await judge()
  expect((await history()).at(-1)).toMatchObject({
    ...{ ordinal: 2, reason: 'agreed', is_sadar: true, since_on: '2026-11-21' },
    agreement: 'PER/12 112026',
  })
  const news = (await newsOf(head)).at(-1)
  const code = certificateCode(seal, home, 2)
  expect(news?.document).toEqual({
    ...{ source: 'certificate', id: code, mime: 'application/pdf' },
    name: 'Piagam Desa Sadar Pasayangan Utara.pdf',
  })
  expect(news?.text).toContain(`Kodenya ${code.slice(0, 5)}-${code.slice(5)}`)
  expect(await findCertificate(db.pool, seal, code)).toMatchObject({ isSadarNow: true, people: 3 })
  expect(await officer()).toContain('perjanjian: 0')
})

test.each([
  [['63.99', 'PER/1'], 'Tulis kode wilayah'],
  [['63.03.05.2056'], 'Tulis nomor perjanjiannya'],
  [['63.03.05.2056', 'PER 🎉'], 'Tulis nomor perjanjiannya'],
])('an agreement %j is refused with what to write instead', async (words, says) => {
  await expect(officer(...words)).rejects.toThrow(says)
})

test('whoever leaves takes it away, with what is lacking and nobody’s name', async () => {
  today = '2026-12-01'
  await leave(second)
  await judge()
  expect((await history()).at(-1)).toMatchObject({
    ...{ ordinal: 3, reason: 'lost', is_sadar: false, since_on: '2026-12-01' },
    lacks: [{ cohort: 'perangkat-desa', people: 1 }],
  })
  const news = (await newsOf(operator)).at(-1)
  expect(news?.text).toContain('Yang kurang:\nperangkat desa: 1 orang lagi terdaftar\n')
  expect(news?.text).not.toContain('Siti')
  const code = certificateCode(seal, home, 2)
  expect(await findCertificate(db.pool, seal, code)).toMatchObject({
    ...{ endedOn: '2026-12-01', isSadarNow: false },
  })
  expect(await overview()).toMatchObject({ aware: 0, underWay: 1 })
})

test('two processes at once write one row when it comes back, with a certificate of its own', async () => {
  today = '2026-12-09'
  await db.pool.query('UPDATE address SET stopped_at = now() WHERE id = $1', [operator])
  await register('6303055203850204', 'perangkat-desa')
  const { connectionString } = db.pool.options as { connectionString: string }
  const other = openDatabase(connectionString)
  let second: Promise<void> | undefined
  await db.transaction(async (tx) => {
    await judgeAgain({ tx, seal, book, on: today }, home)
    // The other begins while the first has written and nobody can see it yet.
    second = judge({ ...runtime, db: other })
    await pause(150)
  })
  await second
  await other.close()
  expect((await history()).slice(3)).toMatchObject([
    { ordinal: 4, reason: 'given', is_sadar: true, since_on: '2026-12-09' },
  ])
  expect((await newsOf(head)).at(-1)?.document?.id).toBe(certificateCode(seal, home, 4))
  // Whoever wanted no more news has none since.
  expect(await newsOf(operator)).toHaveLength(3)
  const old = await findCertificate(db.pool, seal, certificateCode(seal, home, 2))
  expect(old).toMatchObject({ endedOn: '2026-12-01', isSadarNow: true })
})

test('another post in the village takes it away too', async () => {
  await setUp('perangkat-desa', 3)
  await judge()
  expect(await findSadarStatus(db.pool, home)).toMatchObject({ ordinal: 5, isSadar: false })
})

test('an ended membership counts no more, and a membership that is back counts again', async () => {
  await setUp('perangkat-desa', 2)
  await judge()
  const set = (from: string, to: string) =>
    db.pool.query('UPDATE enrolment SET state = $2 WHERE state = $1', [from, to])
  await set('registered', 'ended')
  await judge()
  await set('ended', 'registered')
  await judge()
  const kinds = (await history()).slice(5).map(({ reason, people }) => [reason, people])
  expect(kinds).toEqual([
    ['given', 3],
    ['lost', 0],
    ['given', 3],
  ])
})

test('a code that was not made here leads nowhere, even if it stands in a row', async () => {
  const code = certificateCode(seal, home, 4)
  for (const other of [`${code.slice(0, 9)}${code.endsWith('0') ? '1' : '0'}`, '', 'x'.repeat(99)])
    expect(await findCertificate(db.pool, seal, other)).toBeUndefined()
  await db.pool.query(
    `INSERT INTO village_status (village_code, ordinal, is_sadar, since_on, reason, people, code)
     VALUES ($1, 99, true, '2026-12-01', 'given', 3, '0000000000')`,
    [home],
  )
  expect(await findCertificate(db.pool, seal, '0000000000')).toBeUndefined()
})

test('the program itself may not change what was found', async () => {
  const change = db.pool.query('UPDATE village_status SET is_sadar = true')
  await expect(change).rejects.toThrow('permission denied')
  await expect(db.pool.query('DELETE FROM agreement')).rejects.toThrow('permission denied')
})
