// Answers messages: one alone at once where it can, a batch in one transaction, and one talk at a
// time where that fails.
import type { Receive } from '../channels/channel.ts'
import type { Inbound } from '../core/message.ts'
import { must } from '../core/must.ts'
import { sayPhrase } from '../core/phrase.ts'
import { findAddresses } from '../registry/addresses.ts'
import { queueNotices } from '../registry/notices.ts'
import { openTicket } from '../registry/tickets.ts'
import { keepInbounds, lockTalks, noteFailure } from '../registry/turns.ts'
import type { Runtime } from '../runtime.ts'
import { answerAtOnce, type Met, meetNobody, remember } from './at-once.ts'
import { type Bells, takeTalks } from './take-talks.ts'

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

/**
 * Makes what keeps and answers messages. It resolves once each
 * is kept, even when it could not be answered yet.
 */
export function createAnswer(runtime: Runtime) {
  const met = meetNobody()
  return async (inbounds: Inbound[]) => {
    const [first, ...others] = inbounds
    if (first && others.length === 0 && (await answerAtOnce(runtime, met, first))) return
    try {
      await answerTogether(runtime, met, inbounds)
    } catch (error) {
      runtime.log.warn({ error: kindOf(error) }, 'a batch failed; its talks are taken one by one')
      met.addresses.remember(inbounds, await answerOneByOne(runtime, inbounds))
    }
  }
}

async function answerTogether(runtime: Runtime, met: Met, inbounds: Inbound[]) {
  const { db, seal } = runtime
  const { ids, bells, saved } = await db.transaction(async (tx) => {
    const ids = await findAddresses(tx, seal, inbounds, met.addresses)
    // Asked for together and done one after the other: what waits is looked for under the lock.
    const [talks, waiting] = await Promise.all([
      lockTalks(tx, ids),
      keepInbounds(tx, seal, pair(ids, inbounds), ids, true),
    ])
    return { ids, ...(await takeTalks(runtime, tx, talks, waiting)) }
  })
  remember(met, inbounds, ids, saved)
  await ring(runtime, bells)
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
      runtime.log.error({ address: id, error: kindOf(error) }, 'a talk could not be answered')
      await tellFailure(runtime, id)
    }
  }
}

/** Answers the oldest message that waits at an address; whether another waits behind it. */
async function resumeOne(runtime: Runtime, addressId: number): Promise<boolean> {
  const { bells, more } = await runtime.db.transaction(async (tx) => {
    const talks = await lockTalks(tx, [addressId])
    const waiting = await keepInbounds(tx, runtime.seal, [], [addressId], true)
    const { bells } = await takeTalks(runtime, tx, talks, waiting.slice(0, 1))
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

async function ring(runtime: Runtime, bells: Bells) {
  for (const channel of bells.channels) runtime.ring('send-messages', { channel })
  for (const job of bells.jobs) runtime.ring(job, {})
  if (bells.talks.size > 0) await resumeTalks(runtime, [...bells.talks])
}

/** The kind of an error, never its text: texts may hold what a person typed. */
function kindOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? `:${String(error.code)}` : ''
  return error instanceof Error ? `${error.name}${code}` : 'unknown'
}
