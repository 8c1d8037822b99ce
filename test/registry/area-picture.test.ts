// The picture of an area, made from rows: each bar is as long as the rows are many.
import { expect, test } from 'vitest'
import { createClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import type { Value } from '../../src/core/answers/reading.ts'
import { makeDocument } from '../../src/documents.ts'
import { submitEnrolment } from '../../src/jobs/submit-enrolment.ts'
import { createLog } from '../../src/log.ts'
import { carryOut } from '../../src/registry/commands.ts'
import { recordMemberships } from '../../src/registry/decisions.ts'
import { revealSubmission } from '../../src/registry/review.ts'
import type { Runtime } from '../../src/runtime.ts'
import { homes, makeOfficial, newCode } from '../support/officials.ts'
import { countInRow, readPng } from '../support/read-png.ts'
import { answersOf, openStage } from './stage.ts'

const { db, book, seal } = await openStage()
const clock = createClock(book.branch.zone)
const ground = { config: readConfig({}), clock, db, book, seal }
const runtime = { ...ground, log: createLog('silent') } as unknown as Runtime
const statement = book.flows.get('official/register-staff')?.asks.get('statement')?.version.id ?? ''

async function run(addressId: number, name: string, answers: Record<string, Value>) {
  const talkId = newCode()
  const talk = { flow: 'official/register-staff', version: 'v', talkId, language: 'id' }
  const command = { do: name, ...talk, startedOn: '2026-11-21', answers, wordings: { statement } }
  const done = await db.transaction((tx) => carryOut({ tx, seal, book }, addressId, command))
  return { talkId, done }
}

/** How long the bars are: the villages, and the only group. */
async function barsOf(area: string) {
  const name = 'x.png'
  const document = { source: 'area-picture', id: `${area} id`, name, mime: 'image/png' } as const
  const png = readPng((await makeDocument(ground, document)) ?? Buffer.alloc(0))
  const colours = ['#006655', '#eeaa22', '#dddddd']
  return [234, 587].map((y) => (y < png.height ? countInRow(png, y, colours) : []))
}

test('a bar grows with every row', async () => {
  const head = await makeOfficial(db, 'village-head', homes.own)
  expect(await barsOf('63.03')).toEqual([[0, 0, 640], []])
  const group = { cohort: 'bpd', posts: 4, 'setting-wish': 'own', segment: 'PU' }
  const wage = { 'wage-base': 'fixed', 'base-amount': 1_000_000, 'pu-programmes': 'basic' }
  await run(head, 'save-cohort', { ...group, ...wage, fund: 'add' })
  expect(await barsOf('63.03')).toEqual([
    [0, 640, 0],
    [0, 0, 640],
  ])
  const post = { 'staff-cohort': 'bpd', position: 'Anggota', statement: 'ya', 'staff-review': 'ya' }
  const register = (nik: string) => run(head, 'register-staff', { ...answersOf(nik), ...post })
  const { talkId } = await register('6303055203850601')
  await register('6303055203850602')
  await register('6303055203850603')
  await submitEnrolment.run(runtime, {})
  await db.transaction(async (tx) => {
    const one = await revealSubmission(tx, seal, talkId, 'officer:test')
    await recordMemberships(
      tx,
      seal,
      [{ submissionId: one?.id ?? 0, kpj: '12345678901' }],
      'officer:test',
    )
  })
  const [villages, people] = await barsOf('63.03')
  expect(villages).toEqual([0, 640, 0])
  expect(people).toEqual([160, 320, 160])
  // Another area has none of it.
  expect(await barsOf('63.02')).toEqual([[0, 0, 640], []])
})

test('the picture is of the area of one’s own post', async () => {
  const coordinator = await makeOfficial(db, 'coordinator', '63.02.04')
  const { done } = await run(coordinator, 'send-area-picture', {})
  expect(done).toEqual({ document: { kind: 'area-picture', area: '63.02.04' } })
  const agent = await makeOfficial(db, 'bumdes-agent', homes.own)
  await expect(run(agent, 'send-area-picture', {})).rejects.toThrow('a post as coordinator')
})
