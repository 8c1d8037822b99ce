// The life of one villager, from a seed: wanders about, then patiently enrols. Everything is checked.
import { checkTurn, demand } from './invariants.ts'
import {
  beginConversation,
  type Conversation,
  type Read,
  type Sent,
  send,
  tell,
  type Turned,
} from './conversation.ts'
import { findWrong, goOnPatiently } from './patient.ts'
import { inventPersona, type Persona } from './persona.ts'
import { createRandom, type Random } from './random.ts'
import { wander } from './villager.ts'

/** What lives need: the real book first, then edited ones, and who hears of every turn. */
export interface World {
  books: Read[]
  /** Villages that people come from, a few of the official list. */
  villages: Read['book']['places']['villages']
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

/** A patient person who knows every answer needs this many messages at most, whatever came before. */
const mostPatientTurns = 150

/** Lives one life; throws an Error that holds the seed, the rule and the talk so far. */
export function live(seed: number, world: World): Conversation {
  const life = begin(seed, world)
  try {
    const enrolments = life.random.weigh([
      [30, 1],
      [1, 5],
    ])
    for (let round = 0; round < enrolments; round++) {
      if (enrolments === 1) wanderAbout(life)
      enrolPatiently(life)
    }
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
  if (!real) throw new Error('a world needs a book')
  const second = firstSecond + random.int(0, 60 * daySeconds)
  const talk = beginConversation(random.chance(0.7) ? real : random.pick(world.books), second)
  const on = new Date(second * 1000).toISOString().slice(0, 10)
  return { talk, persona: inventPersona(random, world.villages, on), random, world }
}

function wanderAbout(life: Life) {
  const { talk, persona, random, world } = life
  const seesEdits = random.chance(0.4)
  for (let left = random.int(3, 40); left > 0; left--) {
    if (seesEdits && random.chance(0.08)) talk.read = random.pick(world.books)
    if (random.chance(0.02)) talk.registry.closeTickets()
    const move = wander(talk, persona, random)
    talk.second += move.waitSeconds
    for (const sent of move.sent) take(life, sent)
  }
}

function take({ talk, persona, random, world }: Life, sent: Sent): Turned {
  const turned = send(talk, sent, random)
  checkTurn(talk, turned, persona)
  world.note(turned)
  return turned
}

/** From wherever the person stands: with true answers alone the enrolment comes to its end. */
function enrolPatiently(life: Life) {
  const { talk, persona, random } = life
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

function checkEnd({ talk, persona }: Life, { result, before }: Turned, outcome: string) {
  const sent = result.commands.find((command) => command.do === 'submit-enrolment')
  demand((outcome === 'submitted') === (sent !== undefined), 'submitted means sent')
  if (persona.isEligible) {
    demand(outcome === 'submitted' || outcome === 'too-often', 'who may enrol is enrolled')
  } else demand(outcome !== 'submitted' || persona.answers.consent !== 'ya', 'who may not is not')
  if (!sent || !before.talk) return
  const asTold = { ...before, talk: { ...before.talk, answers: sent.answers } }
  const wrong = findWrong({ ...talk, session: asTold }, persona)
  demand(wrong.length === 0, `what is sent is the truth (${wrong.join(', ')})`)
}
