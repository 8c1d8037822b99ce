// Sends what waits for a channel: in order for each address, replies first, inside its limits.
import { randomUUID } from 'node:crypto'
import { type Channel, SendError } from '../channels/channel.ts'
import {
  claimAddresses,
  dropWaiting,
  type Lease,
  type NextOutbound,
  noteSent,
  releaseAddress,
  type Sent,
  takeNext,
} from '../registry/outbox.ts'
import type { Runtime } from '../runtime.ts'
import { defineJob } from './job.ts'

/** An address is leased so long, in seconds; a sender that died holds it up no longer. */
const leaseSeconds = 20

/** Addresses written to at once; the channel's own limiter paces them. */
const senders = 16

/** Tries before a message is given up. */
const lastTry = 8

/** Longest wait between two tries, in ms. */
const longestWaitMs = 5 * 60_000

const draining = new WeakMap<Channel, { again: boolean }>()

/** Sends what waits in `outbound`, in order for each address. */
export const sendMessages = defineJob({
  name: 'send-messages',
  concurrency: 8,
  role: 'channels',
  run: async (runtime, { channel: name }) => {
    const channel = runtime.channels.get(name)
    if (channel) await drain(runtime, channel)
  },
})

/** Sends until nothing is due. A bell during a drain makes it look once more before it ends. */
async function drain(runtime: Runtime, channel: Channel) {
  const running = draining.get(channel)
  if (running) {
    running.again = true
    return
  }
  const state = { again: true }
  draining.set(channel, state)
  try {
    while (state.again) {
      state.again = false
      await sendDue(runtime, channel)
    }
  } finally {
    draining.delete(channel)
  }
}

async function sendDue(runtime: Runtime, channel: Channel) {
  for (;;) {
    const sender = randomUUID()
    const leases = await claimAddresses(runtime.db.pool, runtime.seal, {
      channel: channel.name,
      sender,
      leaseSeconds,
      limit: senders,
    })
    if (leases.length === 0) return
    await Promise.all(leases.map((lease) => sendTo(runtime, channel, lease, sender)))
  }
}

async function sendTo(runtime: Runtime, channel: Channel, lease: Lease, sender: string) {
  const { pool } = runtime.db
  let blocked = false
  try {
    for (;;) {
      const next = await takeNext(pool, runtime.seal, lease.addressId, sender)
      if (!next) break
      const sent = await send(channel, lease, next)
      await noteSent(pool, next.id, sent)
      if (sent.state === 'dropped') {
        blocked = true
        await dropWaiting(pool, lease.addressId, sent.reason)
      }
      if (sent.state === 'waiting') ringLater(runtime, channel.name, sent.delayMs)
      if (sent.state !== 'sent') {
        runtime.log.info({ outbound: next.id, reason: sent.reason }, 'a message was not sent')
        break
      }
    }
  } finally {
    await releaseAddress(pool, lease.addressId, sender, blocked)
  }
}

/** Rings when the message is due again; should this process end before, the sweep does. */
function ringLater(runtime: Runtime, channel: string, delayMs: number) {
  setTimeout(() => runtime.ring('send-messages', { channel }), delayMs + 10).unref()
}

async function send(channel: Channel, lease: Lease, next: NextOutbound): Promise<Sent> {
  try {
    const providerId = await channel.send(lease.address, next.message)
    return { state: 'sent', providerId }
  } catch (error) {
    if (!(error instanceof SendError)) throw error
    if (error.reason === 'blocked' || error.reason === 'gone') {
      return { state: 'dropped', reason: error.reason }
    }
    if (error.retryMs === undefined || next.tries >= lastTry) {
      return { state: 'failed', reason: error.reason }
    }
    const backOffMs = Math.min(1000 * 2 ** next.tries, longestWaitMs)
    return {
      state: 'waiting',
      reason: error.reason,
      delayMs: Math.max(error.retryMs, error.reason === 'slow-down' ? 0 : backOffMs),
    }
  }
}
