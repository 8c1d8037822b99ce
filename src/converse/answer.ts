// Answers a batch of messages in one transaction; falls back to one talk at a time when it fails.
import type { Receive } from '../channels/channel.ts'
import type { Inbound } from '../core/message.ts'
import { must } from '../core/must.ts'
import { sayPhrase } from '../core/phrase.ts'
import type { Now, TurnResult } from '../core/turn/state.ts'
import { turn } from '../core/turn.ts'
import { createKnownAddresses, findAddresses, type KnownAddresses } from '../registry/addresses.ts'
import { carryOut, type Done } from '../registry/commands.ts'
import { noteForOfficer } from '../registry/conversations.ts'
import type { Transaction } from '../registry/database.ts'
import { lookUpFacts } from '../registry/facts.ts'
import { countBacks } from '../registry/flow-days.ts'
import { queueNotices } from '../registry/notices.ts'
import { hasUnseenReply } from '../registry/outbox.ts'
import { countOutcomes } from '../registry/outcomes.ts'
import { saveTalks, type TakenTalk } from '../registry/save-talks.ts'
import { openTicket } from '../registry/tickets.ts'
import {
  keepInbounds,
  type LockedTalk,
  lockTalks,
  noteFailure,
  openSession,
  type WaitingInbound,
} from '../registry/turns.ts'
import type { Runtime } from '../runtime.ts'
import { asksOnPages, withLink } from './pages.ts'
import { withDone } from './with-done.ts'

/** What the rest of the program may do with conversations. */
export interface Converse {
  receive: Receive
  /** Answers what waits at these addresses, by id. */
  resume: (addressIds: number[]) => Promise<void>
  /** Resolves when nothing is under way. */
  idle: () => Promise<void>
}

/** How often a message is tried before it is parked and a person looks at it. */
const lastTry = 5

/** Bells to ring once the transaction is kept. */
interface Bells {
  channels: Set<string>
  /** Addresses whose talk has something new in its line. */
  talks: Set<number>
  jobs: Set<'submit-enrolment' | 'import-roster' | 'send-campaign'>
}

/**
 * Makes what keeps and answers messages. It resolves once each
 * is kept, even when it could not be answered yet.
 */
export function createAnswer(runtime: Runtime) {
  const known = createKnownAddresses()
  return async (inbounds: Inbound[]) => {
    try {
      known.remember(inbounds, await answerTogether(runtime, known, inbounds))
    } catch (error) {
      runtime.log.warn({ error: nameOf(error) }, 'a batch failed; its talks are taken one by one')
      known.remember(inbounds, await answerOneByOne(runtime, inbounds))
    }
  }
}

async function answerTogether(runtime: Runtime, known: KnownAddresses, inbounds: Inbound[]) {
  const { db, seal } = runtime
  const { ids, bells } = await db.transaction(async (tx) => {
    const ids = await findAddresses(tx, seal, inbounds, known)
    // Asked for together and done one after the other: what waits is looked for under the lock.
    const [talks, waiting] = await Promise.all([
      lockTalks(tx, ids),
      keepInbounds(tx, seal, pair(ids, inbounds), ids, true),
    ])
    return { ids, bells: await takeTalks(runtime, tx, talks, waiting) }
  })
  await ring(runtime, bells)
  return ids
}

function pair(ids: number[], inbounds: Inbound[]) {
  return inbounds.map((inbound, index) => ({ inbound, addressId: must(ids[index], 'its id') }))
}

/** Keeps the messages first, so that whatever stops the answer loses none of them. */
async function answerOneByOne(runtime: Runtime, inbounds: Inbound[]) {
  const ids = await runtime.db.transaction(async (tx) => {
    const ids = await findAddresses(tx, runtime.seal, inbounds)
    const talks = await lockTalks(tx, ids)
    // An address that was merged into another in this very moment: the platform tells us again.
    for (const id of ids) must(talks.get(id), 'a locked talk')
    await keepInbounds(tx, runtime.seal, pair(ids, inbounds), [], false)
    return ids
  })
  await resumeTalks(runtime, [...new Set(ids)])
  return ids
}

/** Answers what waits at each address, one message at a time: one that fails harms no other. */
export async function resumeTalks(runtime: Runtime, addressIds: number[]) {
  for (const id of addressIds) {
    try {
      while (await resumeOne(runtime, id));
    } catch (error) {
      runtime.log.error({ address: id, error: nameOf(error) }, 'a talk could not be answered')
      await tellFailure(runtime, id)
    }
  }
}

/** Answers the oldest message that waits at an address; whether another waits behind it. */
async function resumeOne(runtime: Runtime, addressId: number): Promise<boolean> {
  const { bells, more } = await runtime.db.transaction(async (tx) => {
    const talks = await lockTalks(tx, [addressId])
    const waiting = await keepInbounds(tx, runtime.seal, [], [addressId], true)
    const bells = await takeTalks(runtime, tx, talks, waiting.slice(0, 1))
    return { bells, more: waiting.length > 1 }
  })
  await ring(runtime, bells)
  return more
}

async function tellFailure(runtime: Runtime, addressId: number) {
  await runtime.db.transaction(async (tx) => {
    const failed = await noteFailure(tx, addressId, lastTry)
    if (failed?.state !== 'parked') return
    const { rows } = await tx.query<{ channel: string; language: string }>(
      'SELECT channel, language FROM address WHERE id = $1',
      [addressId],
    )
    const address = must(rows[0], 'the address')
    const text = sayPhrase(runtime.book, address.language, 'our-fault')
    await openTicket(tx, runtime.seal, addressId, { reason: 'our-fault' })
    const purpose = `parked:${failed.id}`
    await queueNotices(tx, runtime.seal, [{ addressId, purpose, message: { text } }])
  })
}

async function takeTalks(
  runtime: Runtime,
  tx: Transaction,
  talks: Map<number, LockedTalk>,
  waiting: WaitingInbound[],
): Promise<Bells> {
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
  if (taken.length > 0) saveTalks(tx, runtime.seal, taken)
  const { outcomes, backs } = counted
  if (outcomes.length > 0) countOutcomes(tx, runtime.clock.today(), outcomes)
  if (backs.length > 0) countBacks(tx, runtime.clock.today(), backs)
  return bells
}

/** What turns have to be counted for. */
type Counted = Pick<TurnResult, 'outcomes' | 'backs'>

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
  talk: LockedTalk,
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
        const purpose = `reply:${id}:${index}`
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
  { addressId }: LockedTalk,
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
  talk: LockedTalk,
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

async function ring(runtime: Runtime, bells: Bells) {
  for (const channel of bells.channels) runtime.ring('send-messages', { channel })
  for (const job of bells.jobs) runtime.ring(job, {})
  if (bells.talks.size > 0) await resumeTalks(runtime, [...bells.talks])
}

/** The kind of an error, never its text: texts may hold what a person typed. */
function nameOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? `:${String(error.code)}` : ''
  return error instanceof Error ? `${error.name}${code}` : 'unknown'
}
