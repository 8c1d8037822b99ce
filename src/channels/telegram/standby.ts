// Of all processes with one token only one polls: it has the lease, the others stand by.
import type { HeldLease, LeaseHolder } from '../../registry/lease-holder.ts'
import { rest, type State } from './back-off.ts'
import type { Polling } from './poll.ts'

/** What standing by needs. */
export interface StandbyOptions {
  lease: LeaseHolder
  /** Begins to poll. */
  start(): Polling
  tell(state: State): void
}

/** How often a lease is renewed, and tried for, while it lasts. */
const renewals = 3
const tries = 5

/** Polls whenever this process has the lease, until stopped. Its first try is that for the lease. */
export function startStandby(options: StandbyOptions): Polling {
  const stopping = new AbortController()
  let hasTried: () => void = () => undefined
  const tried = new Promise<void>((resolve) => {
    hasTried = resolve
  })
  const done = run(options, stopping.signal, hasTried)
  return {
    tried,
    stop: async () => {
      stopping.abort()
      await done
    },
  }
}

async function run({ lease, start, tell }: StandbyOptions, signal: AbortSignal, tried: () => void) {
  while (!signal.aborted) {
    const askedAt = performance.now()
    const held = await lease.take().catch(() => undefined)
    if (held) {
      const polling = start()
      void polling.tried.then(tried)
      await keep(lease.seconds * 1000, held, askedAt, signal)
      await polling.stop()
    }
    if (signal.aborted) await held?.end().catch(() => undefined)
    else tell('standby')
    tried()
    await rest((lease.seconds * 1000) / tries, signal)
  }
}

/**
 * Renews until the lease is lost or the program stops. A database that does not answer counts as
 * lost once another may have it: by this machine's own clock, which no answer can stop.
 */
async function keep(lastsMs: number, held: HeldLease, askedAt: number, signal: AbortSignal) {
  let goodUntil = askedAt + lastsMs
  while (!signal.aborted && performance.now() < goodUntil) {
    await rest(Math.min(lastsMs / renewals, goodUntil - performance.now()), signal)
    const now = performance.now()
    const over = rest(Math.max(0, goodUntil - now), signal)
    const renewed = await Promise.race([held.renew().catch(() => undefined), over])
    if (renewed === false) return
    if (renewed) goodUntil = now + lastsMs
  }
}
