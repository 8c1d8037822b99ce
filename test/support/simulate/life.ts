// The life of one villager, from a seed: wanders about, then patiently enrols. Everything is checked.
import { must } from '../../../src/core/must.ts'
import type { Role } from '../../../src/core/roles.ts'
import type { Command } from '../../../src/core/turn/state.ts'
import {
  beginConversation,
  type Conversation,
  dayOf,
  type Sent,
  send,
  type Turned,
  tell,
} from './conversation.ts'
import { demand } from './demand.ts'
import { checkTurn } from './invariants.ts'
import { work } from './official.ts'
import { goOnPatiently } from './patient.ts'
import { inventPersona, makeOfficial, type Persona } from './persona.ts'
import { createRandom, type Random } from './random.ts'
import { truthOf } from './truth.ts'
import { wander } from './villager.ts'
import type { Ground } from './world.ts'

/** Where lives are lived, and who hears of every turn. */
export interface World extends Ground {
  note(turned: Turned): void
}

interface Life {
  talk: Conversation
  persona: Persona
  random: Random
  world: World
}

/** Friday 20 November 2026, ten in the morning in Makassar: lives begin in the weeks after it. */
const firstSecond = Date.UTC(2026, 10, 20, 2) / 1000
const daySeconds = 24 * 60 * 60

/** So many of all who talk are officials of some kind, most of them heads. */
const officialShare = 0.5
const rolesTaken: [number, Role][] = [
  [9, 'village-head'],
  [3, 'village-operator'],
  [7, 'bumdes-agent'],
  [1, 'coordinator'],
  [3, 'branch-officer'],
]

/** A patient person who knows every answer needs this many messages at most, whatever came before. */
const mostPatientTurns = 150

/** Lives one life; throws an Error that holds the seed, the rule and the talk so far. */
export function live(seed: number, world: World): Conversation {
  const life = begin(seed, world)
  try {
    if (life.persona.role) serve(life)
    const enrolments = life.random.weigh([
      [30, 1],
      [1, 5],
    ])
    for (let round = 0; round < enrolments; round++) {
      if (enrolments === 1) wanderAbout(life)
      enrolPatiently(life)
    }
    if (life.random.chance(0.3)) lookBack(life)
    if (life.random.chance(0.3)) wanderAbout(life)
  } catch (error) {
    const rule = error instanceof Error ? (error.stack ?? error.message) : String(error)
    throw new Error(`seed ${seed}: ${rule}\n\n${tell(life.talk)}`)
  }
  return life.talk
}

function begin(seed: number, world: World): Life {
  const random = createRandom(seed)
  const [real] = world.books
  const second = firstSecond + random.int(0, 60 * daySeconds)
  const read = random.chance(0.7) ? real : random.pick(world.books)
  const talk = beginConversation(read, second, random.chance(0.3))
  const on = new Date(second * 1000).toISOString().slice(0, 10)
  const villager = inventPersona(random, world.villages, on)
  if (!random.chance(officialShare)) return { talk, persona: villager, random, world }
  const role = random.weigh(rolesTaken)
  const persona = makeOfficial(villager, role, random)
  invite(talk, persona)
  const hasLists = persona.answers['register-how'] === undefined
  if (hasLists || random.chance(0.6)) talk.registry.office.furnish()
  return { talk, persona, random, world }
}

function invite({ registry }: Conversation, { role, answers }: Persona) {
  const code = String(answers['invite-code'])
  registry.office.invite(code, must(role, 'a role'), String(answers.village))
}

/** Comes in and works for a while, whatever comes between; sometimes the post is lost on the way. */
function serve(life: Life) {
  const { talk, persona, random } = life
  // What officers do is many things.
  const more = persona.role === 'branch-officer' ? 50 : 0
  for (let left = random.int(40, 110) + more; left > 0; left--) {
    if (random.chance(0.008)) talk.registry.office.revoke()
    else if (random.chance(0.02)) invite(talk, persona)
    else if (random.chance(0.05)) talk.registry.office.approve()
    if (random.chance(0.5)) talk.registry.office.work(talk.read.book, dayOf(talk.second))
    const move = work(talk, persona, random)
    talk.second += move.waitSeconds
    takeAll(life, move.sent)
  }
}

function wanderAbout(life: Life) {
  const { talk, persona, random, world } = life
  const seesEdits = random.chance(0.4)
  for (let left = random.int(3, 40); left > 0; left--) {
    if (seesEdits && random.chance(0.08)) talk.read = random.pick(world.books)
    if (random.chance(0.02)) talk.registry.closeTickets()
    if (random.chance(0.03)) take(life, { kind: 'officer', words: 'Bisa kami bantu?' })
    else if (random.chance(0.1)) take(life, { kind: 'officer-left', words: officerLeft(random) })
    const move = wander(talk, persona, random)
    talk.second += move.waitSeconds
    takeAll(life, move.sent)
  }
}

function officerLeft(random: Random): string {
  return `${random.pick(['question', 'accident'])} ${random.pick(['', 'Sudah kami urus.'])}`
}

/** Looks at what became of the registration and at what is held, and perhaps has it erased. */
function lookBack(life: Life) {
  const { talk, persona, random } = life
  for (const words of random.pick([['STATUS'], ['DATA SAYA'], ['hapus data', 'data saya']])) {
    talk.second += random.int(30, 90)
    take(life, { kind: 'text', words })
    for (let left = random.int(1, 3); left > 0; left--) {
      takeAll(life, wander(talk, persona, random).sent)
    }
  }
}

/** All at once: where the bot types slowly, only the first of it answers what was there to read. */
function takeAll(life: Life, sent: Sent[]) {
  for (const [index, one] of sent.entries()) take(life, one, life.talk.pages && index > 0)
}

/** The person sends something; then what is ready by now opens by itself. */
function take(life: Life, sent: Sent, unseen = false): Turned {
  const { talk, persona, random, world } = life
  const turned = send(talk, sent, random, unseen)
  checkTurn(talk, turned, persona)
  world.note(turned)
  const ready = talk.registry.office.takeReady()
  if (ready !== undefined) take(life, { kind: 'open', words: ready })
  return turned
}

/** From wherever the person stands: with true answers alone the enrolment comes to its end. */
function enrolPatiently(life: Life) {
  const { talk, persona, random } = life
  take(life, { kind: 'officer-left', words: 'question ' })
  for (let turns = 0; turns < mostPatientTurns; turns++) {
    talk.second += random.int(15, 40)
    const turned = take(life, goOnPatiently(talk, persona, random))
    const end = turned.result.outcomes.find(({ flow }) => flow === 'villager/enrol')
    if (!end) continue
    checkEnd(life, turned, end.outcome)
    return
  }
  demand(false, `a patient person reaches an end within ${mostPatientTurns} messages`)
}

function checkEnd(life: Life, { result }: Turned, outcome: string) {
  const { persona } = life
  const sent = result.commands.find((command) => command.do === 'submit-enrolment')
  demand((outcome === 'submitted') === (sent !== undefined), 'submitted means sent')
  if (persona.isEligible) {
    demand(outcome === 'submitted' || outcome === 'too-often', 'who may enrol is enrolled')
  } else demand(outcome !== 'submitted' || persona.answers.consent !== 'ya', 'who may not is not')
  if (sent) checkTruth(life, sent)
}

function checkTruth({ talk, persona }: Life, { flow: name, answers }: Command) {
  const flow = must(talk.read.book.flows.get(name), name)
  for (const [id, value] of Object.entries(answers)) {
    const ask = must(flow.asks.get(id), id)
    // UBAH reaches what has a name; what edited flows ask besides stays as it was answered.
    if (!talk.read.book.phrases.has(`answer-${id}`)) continue
    demand(value === truthOf(persona, flow, ask), `what is sent is the truth (${id})`)
  }
}
