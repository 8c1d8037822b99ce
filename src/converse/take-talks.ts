// Takes the turns of talks that are locked, and sends off what came of them.
import type { Inbound } from '../core/message.ts'
import { must } from '../core/must.ts'
import type { Now, TurnResult } from '../core/turn/state.ts'
import { turn } from '../core/turn.ts'
import { carryOut, type Done } from '../registry/commands.ts'
import { noteForOfficer } from '../registry/conversations.ts'
import type { Transaction } from '../registry/database.ts'
import { lookUpFacts } from '../registry/facts.ts'
import { countBacks } from '../registry/flow-days.ts'
import { hasUnseenReply } from '../registry/outbox.ts'
import { countOutcomes } from '../registry/outcomes.ts'
import { saveTalks, type TakenTalk } from '../registry/save-talks.ts'
import {
  openSession,
  replyPurpose,
  type StoredTalk,
  type WaitingInbound,
} from '../registry/turns.ts'
import type { Runtime } from '../runtime.ts'
import { asksOnPages, withLink } from './pages.ts'
import { withDone } from './with-done.ts'

/** Bells to ring once the transaction is kept. */
export interface Bells {
  channels: Set<string>
  /** Addresses whose talk has something new in its line. */
  talks: Set<number>
  jobs: Set<'submit-enrolment' | 'import-roster' | 'send-campaign'>
}

/**
 * Answers these messages of locked talks, in order; gives the bells to ring and the talks as they
 * are kept once the transaction is.
 */
export async function takeTalks(
  runtime: Runtime,
  tx: Transaction,
  talks: Map<number, StoredTalk>,
  waiting: WaitingInbound[],
): Promise<{ bells: Bells; saved: StoredTalk[] }> {
  const bells: Bells = { channels: new Set(), talks: new Set(), jobs: new Set() }
  const counted: Counted = { outcomes: [], backs: [] }
  const taken: TakenTalk[] = []
  for (const [addressId, messages] of groupByAddress(waiting)) {
    const talk = must(talks.get(addressId), 'a locked talk')
    const result = await takeTalk(runtime, tx, talk, messages)
    taken.push(result.taken)
    noteCounted(counted, result)
    for (const job of result.jobs) bells.jobs.add(job)
    for (const id of result.talks) bells.talks.add(id)
    const channel = must(messages[0], 'a message').inbound.channel
    if (result.taken.replies.length > 0) bells.channels.add(channel)
  }
  const saved = taken.length > 0 ? saveTalks(tx, runtime.seal, taken) : []
  sendCounts(runtime, tx, counted)
  return { bells, saved }
}

/** What turns have to be counted for. */
export type Counted = Pick<TurnResult, 'outcomes' | 'backs'>

/** Sends off what turns are counted for: last, for it is locked until the commit. */
export function sendCounts({ clock }: Runtime, tx: Transaction, { outcomes, backs }: Counted) {
  if (outcomes.length > 0) countOutcomes(tx, clock.today(), outcomes)
  if (backs.length > 0) countBacks(tx, clock.today(), backs)
}

function noteCounted({ outcomes, backs }: Counted, more: Counted) {
  outcomes.push(...more.outcomes)
  backs.push(...more.backs)
}

function groupByAddress(waiting: WaitingInbound[]): Map<number, WaitingInbound[]> {
  const groups = new Map<number, WaitingInbound[]>()
  for (const one of waiting) {
    const group = groups.get(one.addressId)
    if (group) group.push(one)
    else groups.set(one.addressId, [one])
  }
  return groups
}

async function takeTalk(
  runtime: Runtime,
  tx: Transaction,
  talk: StoredTalk,
  messages: WaitingInbound[],
): Promise<{ taken: TakenTalk } & Counted & Rung> {
  const taken: TakenTalk = {
    addressId: talk.addressId,
    session: openSession(runtime.seal, talk),
    waited: messages.flatMap((one) => (one.waited ? one.id : [])),
    hushed: [],
    replies: [],
  }
  const counted: Counted = { outcomes: [], backs: [] }
  const rung: Rung = { jobs: new Set(), talks: new Set() }
  for (const { id, inbound } of messages) {
    let next: Inbound | undefined = inbound
    let index = 0
    while (next) {
      const result: TurnResult = await takeTurn(runtime, tx, talk, taken, next)
      taken.session = result.session
      // A page's answer is with the talk now; beside it nothing needs it.
      if (result.hushed || inbound.kind === 'page') taken.hushed.push(id)
      if (result.forOfficer)
        await noteForOfficer(tx, runtime.seal, runtime.book, talk.addressId, id)
      noteCounted(counted, result)
      const done = await carryOutAll(runtime, tx, talk.addressId, result)
      noteBells(done, rung)
      for (const message of withDone(runtime, result, done)) {
        const purpose = replyPurpose(talk.addressId, inbound.externalId, index)
        taken.replies.push({ purpose, message: withLink(runtime, talk.addressId, message) })
        index += 1
      }
      // What was done leads on to a flow: it is opened as if a job had made it ready.
      const opens = done.find((one) => one.opens)?.opens
      next = opens === undefined ? undefined : { ...inbound, kind: 'open', words: opens }
    }
  }
  return { taken, ...counted, ...rung }
}

type Rung = Pick<Bells, 'jobs' | 'talks'>

function noteBells(done: Done[], { jobs, talks }: Rung) {
  for (const { ring, resumes } of done) {
    if (ring) jobs.add(ring)
    if (resumes !== undefined) talks.add(resumes)
  }
}

async function carryOutAll(
  { seal, book }: Runtime,
  tx: Transaction,
  addressId: number,
  { commands }: TurnResult,
): Promise<Done[]> {
  const done: Done[] = []
  for (const command of commands) {
    const one = await carryOut({ tx, seal, book }, addressId, command)
    if (one) done.push(one)
  }
  return done
}

/** What one turn has to know of its moment. */
async function nowOf(
  runtime: Runtime,
  tx: Transaction,
  { addressId }: StoredTalk,
  { channel, kind }: Inbound,
  isAnswered: boolean,
): Promise<Now> {
  const now = runtime.clock.now()
  if (asksOnPages(runtime, channel)) now.pages = true
  const typesFirst = kind === 'text' && runtime.channels.get(channel)?.typesFirst
  // What was written together with a message that is only now answered, nobody can have read.
  if (typesFirst && (isAnswered || (await hasUnseenReply(tx, addressId)))) now.unseen = true
  return now
}

/** Takes one turn, asking the registry for the facts that it turns out to need. */
async function takeTurn(
  runtime: Runtime,
  tx: Transaction,
  talk: StoredTalk,
  { session, replies }: TakenTalk,
  inbound: Inbound,
) {
  const now = await nowOf(runtime, tx, talk, inbound, replies.length > 0)
  let result = turn(runtime.book, session, inbound, now)
  let facts: Record<string, unknown> = {}
  while (result.needs.length > 0) {
    const { seal, book } = runtime
    const looking = { tx, seal, book, addressId: talk.addressId, on: now.on }
    const answers = result.needingAnswers
    facts = { ...facts, ...(await lookUpFacts({ ...looking, answers }, result.needs)) }
    result = turn(runtime.book, session, inbound, now, facts)
  }
  return result
}
