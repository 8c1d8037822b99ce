// A little branch for the workplace: villages, officials, staff and villagers, all of them invented.
import { afterAll, expect } from 'vitest'
import type { Value } from '../../src/core/answers/reading.ts'
import type { Book } from '../../src/core/book.ts'
import { submitEnrolment } from '../../src/jobs/submit-enrolment.ts'
import { createLog } from '../../src/log.ts'
import { carryOut } from '../../src/registry/commands.ts'
import { loadVillages } from '../../src/registry/villages.ts'
import type { Runtime } from '../../src/runtime.ts'
import { answersOf, makeAddress, type openStage } from '../registry/stage.ts'
import { areas, signInAs, startOffice } from './office-stage.ts'
import { makeOfficial, newCode } from './officials.ts'
import { realVillages } from './real-book.ts'

type Stage = Omit<Awaited<ReturnType<typeof openStage>>, 'book'> & { book: Book }
type Answers = Record<string, Value>

let people = 0

/**
 * A NIK of somebody born on 12 March 1985, unlike any other of the tests. None ends in 0, which in
 * a list may be what a spreadsheet has left of it.
 */
export function newNik(): string {
  people += people % 10 === 9 ? 2 : 1
  return `630305520385${String(people).padStart(4, '0')}`
}

/** Loads the villages of two districts, one of them elsewhere. */
export async function loadHomes({ db }: Stage) {
  const known = realVillages().filter(({ code }) => /^63\.0[23]\.0[45]/.test(code))
  await loadVillages(db, 'two districts', known)
}

/** Carries out what a talk asks for; gives its receipt. */
export async function tell(stage: Stage, addressId: number, name: string, answers: Answers) {
  const { db, seal, book } = stage
  const flow = name === 'submit-enrolment' ? 'villager/enrol' : 'official/register-staff'
  const statement =
    book.flows.get('official/register-staff')?.asks.get('statement')?.version.id ?? ''
  const talkId = newCode()
  const talk = { flow, version: 'v', talkId, language: 'id', startedOn: '2026-11-21' }
  const command = { do: name, ...talk, answers, wordings: { statement } }
  await db.transaction((tx) => carryOut({ tx, seal, book }, addressId, command))
  return talkId
}

/** Somebody registers from a chat of their own; gives the receipt and the chat. */
export async function enrol(stage: Stage, answers: Answers = {}) {
  const addressId = await makeAddress(stage.db, `warga-${newCode()}`)
  const all = { ...answersOf(newNik()), ...answers }
  return { receipt: await tell(stage, addressId, 'submit-enrolment', all), addressId }
}

/** Has what was submitted looked at by the job that does. */
export async function handleSubmissions(stage: Stage) {
  await submitEnrolment.run({ ...stage, log: createLog('silent') } as unknown as Runtime, {})
}

/** A head who has set up a group of a village, with people in it. */
export async function startVillage(stage: Stage, village: string, names: string[]) {
  const head = await makeOfficial(stage.db, 'village-head', village, 'Rusdi Contoh')
  const group = { cohort: 'bpd', posts: names.length + 2, 'setting-wish': 'own', segment: 'PU' }
  const wage = { 'wage-base': 'fixed', 'base-amount': 1_000_000, 'pu-programmes': 'basic' }
  await tell(stage, head, 'save-cohort', { ...group, ...wage, fund: 'add' })
  const post = { 'staff-cohort': 'bpd', position: 'Anggota BPD', statement: 'ya' }
  for (const name of names) {
    const given = { ...answersOf(newNik()), ...post, village, name, 'staff-review': 'ya' }
    await tell(stage, head, 'register-staff', given)
  }
  await handleSubmissions(stage)
  return head
}

/**
 * The workplace, with an officer of `areas.own` signed in; no request may fail. Call it in the body
 * of a test file: it is closed after the file's tests.
 */
export async function openSignedIn(stage: Awaited<ReturnType<typeof openStage>>) {
  await loadHomes(stage)
  const office = await startOffice(stage)
  afterAll(async () => {
    await office.server.close()
    expect(office.errors).toEqual([])
  })
  const who = await signInAs(stage.db, office.url, 'branch-officer', areas.own, 'Vina Contoh')
  return { office, who }
}
