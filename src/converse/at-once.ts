// Answers somebody who writes alone: the turn is taken on the talk as it was kept last, and one
// trip to the database keeps all of it, or nothing where the talk has moved on meanwhile.
import type { Inbound } from '../core/message.ts'
import { must } from '../core/must.ts'
import { turn } from '../core/turn.ts'
import {
  createKnownAddresses,
  type KnownAddresses,
  meetAddress,
  nameOf,
} from '../registry/addresses.ts'
import type { Transaction } from '../registry/database.ts'
import { createRecent, type Recent } from '../registry/recent.ts'
import { openSession, readTalk, replyPurpose, type StoredTalk } from '../registry/turns.ts'
import { sendWholeTurn, type WholeTurn } from '../registry/whole-turn.ts'
import type { Runtime } from '../runtime.ts'
import { asksOnPages, withLink } from './pages.ts'
import { type Counted, sendCounts } from './take-talks.ts'

/** Whom this process met lately, and their talks as it kept them; another may have gone on since. */
export interface Met {
  addresses: KnownAddresses
  talks: Recent<StoredTalk>
}

/** Most talks of each half of those that are remembered, sealed as they are kept. */
const recentTalks = 2_000

/** Nobody yet. */
export function meetNobody(): Met {
  return { addresses: createKnownAddresses(), talks: createRecent(recentTalks) }
}

/** Remembers who was answered under the lock; `ids` are those of the messages' addresses. */
export function remember(met: Met, inbounds: Inbound[], ids: number[], saved: StoredTalk[]) {
  met.addresses.remember(inbounds, ids)
  const talks = new Map(saved.map((talk) => [talk.addressId, talk]))
  for (const [index, inbound] of inbounds.entries()) {
    const talk = talks.get(must(ids[index], 'its id'))
    if (talk) met.talks.remember(nameOf(inbound), talk)
  }
}

/** A turn that asks the registry for nothing, with what it adds to the counts. */
type Taken = WholeTurn & Counted

/**
 * Whether a message was kept and answered. False where its turn takes more than this, or where it
 * did not work: then nothing came of it, and it is to be taken under the lock of its talk.
 */
export async function answerAtOnce(runtime: Runtime, met: Met, inbound: Inbound): Promise<boolean> {
  try {
    const kept = await takeAndKeep(runtime, met, inbound)
    if (!kept) return false
    remember(met, [inbound], [kept.talk.addressId], [kept.talk])
    if (kept.isAnswered) runtime.ring('send-messages', { channel: inbound.channel })
    return true
  } catch {
    // Why is said where it is tried again.
    return false
  }
}

async function takeAndKeep(runtime: Runtime, met: Met, inbound: Inbound) {
  if (!isPlain(runtime, inbound)) return undefined
  const talk = met.talks.find(nameOf(inbound))
  const known = talk && take(runtime, talk, inbound)
  if (talk && !known) return undefined
  return runtime.db.transaction(async (tx) => {
    const taken = known ?? (await meetAndTake(runtime, met, tx, inbound))
    return taken && { talk: send(runtime, tx, taken), isAnswered: taken.replies.length > 0 }
  })
}

/** A page's answer is kept with its talk alone; what is typed first is asked about in the rows. */
function isPlain({ channels }: Runtime, { channel, kind }: Inbound): boolean {
  return kind !== 'page' && !channels.get(channel)?.typesFirst
}

async function meetAndTake(runtime: Runtime, met: Met, tx: Transaction, inbound: Inbound) {
  // Asked for together and done one after the other: a newcomer's talk is made before it is read.
  const [, talk] = await Promise.all([
    met.addresses.find(inbound) ?? meetAddress(tx, runtime.seal, inbound),
    readTalk(tx, runtime.seal, inbound),
  ])
  return talk && take(runtime, talk, inbound)
}

/** Takes the turn; undefined where more belongs to it than words and counts. */
function take(runtime: Runtime, before: StoredTalk, inbound: Inbound): Taken | undefined {
  const { book, clock, seal } = runtime
  const now = clock.now()
  if (asksOnPages(runtime, inbound.channel)) now.pages = true
  const result = turn(book, openSession(seal, before), inbound, now)
  const { session, outcomes, backs, needs, commands, hushed, forOfficer } = result
  if (needs.length > 0 || commands.length > 0 || hushed || forOfficer) return undefined
  const { addressId } = before
  const replies = result.replies.map((message, index) => ({
    purpose: replyPurpose(addressId, inbound.externalId, index),
    message: withLink(runtime, addressId, message),
  }))
  return { inbound, before, session, replies, outcomes, backs }
}

function send(runtime: Runtime, tx: Transaction, taken: Taken): StoredTalk {
  const talk = sendWholeTurn(tx, runtime.seal, taken)
  sendCounts(runtime, tx, taken)
  return talk
}
