// Sends what waits for a channel: in order for each address, replies first, inside its limits.
import { randomUUID } from 'node:crypto'
import { type Channel, SendError } from '../channels/channel.ts'
import { getFigure } from '../core/rates.ts'
import { localDay, quietMs } from '../core/reminders/local-time.ts'
import {
  claimAddresses,
  dropWaiting,
  type Lease,
  type NextOutbound,
  noteBegun,
  noteSent,
  releaseAddress,
  renewLease,
  type Sent,
  takeNext,
} from '../registry/outbox.ts'
import { SealError } from '../registry/seal.ts'
import type { Runtime } from '../runtime.ts'
import { defineJob } from './job.ts'

/** An address is leased so long, in seconds; a sender that died holds it up no longer. */
const leaseSeconds = 8

/** A sender that lives renews its lease so often, in ms: a send may take longer than a lease. */
const renewMs = 2_000

/** Addresses written to at once; the channel's own limiter paces them. */
const senders = 16

/** An address where the program itself failed rests so long, in ms. */
const troubleMs = 5_000

/** Tries before a message is given up. */
const lastTry = 8

/** Longest wait between two tries, in ms. */
const longestWaitMs = 5 * 60_000

/** A bell that another process should hear rings again after so long, in ms. */
const passOnMs = 200

/** A drain under way: a bell, or a sender that is done, makes it look again. */
interface Drain {
  isRung: boolean
  ring(): void
}

const draining = new WeakMap<Channel, Drain>()

/** Sends what waits in `outbound`, in order for each address. */
export const sendMessages = defineJob({
  name: 'send-messages',
  concurrency: 8,
  role: 'channels',
  run: async (runtime, { channel: name }) => {
    const channel = runtime.channels.get(name)
    const running = channel && draining.get(channel)
    if (channel?.sendsElsewhere?.()) passOn(runtime, channel)
    else if (running) running.ring()
    else if (channel) await drain(runtime, channel)
  },
})

const passing = new WeakSet<Channel>()

/** This bell was meant for the process that sends for the channel: it rings again for that one. */
function passOn(runtime: Runtime, channel: Channel) {
  if (passing.has(channel)) return
  passing.add(channel)
  setTimeout(() => {
    passing.delete(channel)
    runtime.ring('send-messages', { channel: channel.name })
  }, passOnMs).unref()
}

/** Sends until nothing is due. An address whose send takes long holds up no other. */
async function drain(runtime: Runtime, channel: Channel) {
  const underWay = new Set<Promise<void>>()
  const state: Drain = { isRung: true, ring: () => undefined }
  draining.set(channel, state)
  try {
    while (state.isRung || underWay.size > 0) {
      state.isRung = false
      const rung = new Promise<void>((resolve) => {
        state.ring = () => {
          state.isRung = true
          resolve()
        }
      })
      await sendDue(runtime, channel, underWay, state)
      if (!state.isRung && underWay.size > 0) await rung
    }
  } finally {
    draining.delete(channel)
  }
}

/** Gives each free sender an address that has something due. */
async function sendDue(
  runtime: Runtime,
  channel: Channel,
  underWay: Set<Promise<void>>,
  state: Drain,
) {
  const limit = senders - underWay.size
  if (limit === 0) return
  const sender = randomUUID()
  const { pool } = runtime.db
  const given = { channel: channel.name, sender, leaseSeconds, limit }
  for (const lease of await claimAddresses(pool, runtime.seal, given)) {
    const sending: Promise<void> = sendTo(runtime, channel, lease, sender)
      .catch((error) => {
        const name = error instanceof Error ? error.name : 'unknown'
        runtime.log.warn({ address: lease.addressId, error: name }, 'a sender failed')
      })
      .finally(() => {
        underWay.delete(sending)
        state.ring()
      })
    underWay.add(sending)
  }
}

async function sendTo(runtime: Runtime, channel: Channel, lease: Lease, sender: string) {
  const { pool } = runtime.db
  const renewing = setInterval(() => {
    renewLease(pool, lease.addressId, sender, leaseSeconds).catch(() => undefined)
  }, renewMs)
  // What throws here would throw again at once.
  let release = { blocked: false, holdMs: troubleMs }
  try {
    release = await sendAll(runtime, channel, lease, sender)
  } finally {
    clearInterval(renewing)
    await releaseAddress(pool, lease.addressId, sender, release)
  }
  if (release.holdMs > 0) ringLater(runtime, channel, release.holdMs)
}

/** Sends what is due at a leased address until one message does not go; how to leave the address. */
async function sendAll(runtime: Runtime, channel: Channel, lease: Lease, sender: string) {
  const { pool } = runtime.db
  for (;;) {
    const next = await takeNext(pool, runtime.seal, lease.addressId, sender, channel.typesFirst)
    if (!next) return { blocked: false, holdMs: 0 }
    const sent = holdBack(runtime, next) ?? (await send(runtime, channel, lease, next))
    await noteSent(pool, next.id, sent)
    if (sent.state === 'sent') continue
    runtime.log.info({ outbound: next.id, reason: sent.reason }, 'a message was not sent')
    // What the bot says first has to wait; what is said in answer has not.
    if (sent.state === 'failed' || (sent.state === 'waiting' && sent.initiatedOnly)) continue
    if (sent.state === 'dropped') await dropWaiting(pool, lease.addressId, sent.reason, next.id)
    return {
      blocked: sent.state === 'dropped',
      holdMs: sent.state === 'waiting' ? sent.delayMs : 0,
    }
  }
}

/** What must not be sent now: at night, or to somebody who has said BERHENTI meanwhile. */
function holdBack({ book, clock }: Runtime, next: NextOutbound) {
  const { zone, sending } = next
  const isUnasked = sending.class === 'reminder' || sending.class === 'campaign'
  if (isUnasked && next.isStopped) return { state: 'failed', reason: 'stopped' } as const
  if (next.isDeclined && sending.class === 'campaign') {
    return { state: 'failed', reason: 'no-consent' } as const
  }
  if (zone === undefined) return undefined
  const atMs = clock.now().second * 1000
  const quiet = getFigure(book.rates, 'reminder-quiet', localDay(zone, atMs))
  const delayMs = quietMs(zone, atMs, quiet)
  if (delayMs === 0) return undefined
  return { state: 'waiting', reason: 'quiet', delayMs, isTry: false, initiatedOnly: true } as const
}

/** Only sooner than the sweep, which rings too. */
function ringLater(runtime: Runtime, channel: Channel, delayMs: number) {
  const ring = () => runtime.ring('send-messages', { channel: channel.name })
  setTimeout(ring, delayMs + 50).unref()
}

async function send(
  { db }: Runtime,
  channel: Channel,
  lease: Lease,
  next: NextOutbound,
): Promise<Sent> {
  try {
    if (next.sentAs !== undefined) {
      // Where messages cannot be changed, what was shown first has to do.
      await channel.edit?.(lease.open(), next.sentAs, next.open())
      return { state: 'sent', providerId: next.sentAs }
    }
    const begins = () => noteBegun(db.pool, next.id)
    const providerId = await channel.send(lease.open(), next.open(), next.sending, begins)
    return { state: 'sent', providerId }
  } catch (error) {
    // What cannot be opened will not open later: it must not hold up what comes after it.
    if (error instanceof SealError) return { state: 'failed', reason: 'unreadable' }
    if (!(error instanceof SendError)) throw error
    if (error.reason === 'blocked' || error.reason === 'gone') {
      return { state: 'dropped', reason: error.reason }
    }
    return afterError(error, next.tries)
  }
}

/** A channel that has to wait as a whole tried nothing: that is no fault of the message. */
function afterError(error: SendError, tries: number): Sent {
  const { reason, retryMs, initiatedOnly } = error
  const isTry = !error.wholeChannel || error.maybeSent
  if (retryMs === undefined || (isTry && tries >= lastTry)) return { state: 'failed', reason }
  const backOffMs = isTry ? Math.min(1000 * 2 ** tries, longestWaitMs) : 0
  const delayMs = Math.max(retryMs, reason === 'slow-down' ? 0 : backOffMs)
  return { state: 'waiting', reason, delayMs, isTry, initiatedOnly }
}
