// Who owns the number: a lease with a fence, and a deadline in a time that no freeze holds up.
import type { Clock } from './clock.ts'

/** The lease of one number, as the database keeps it. */
export interface NumberLease {
  /** Takes it; the fence grows with each new owner. Undefined when somebody else holds it. */
  take(seconds: number): Promise<number | undefined>
  /** Makes it last so long from now; false when it is another's. */
  renew(fence: number, seconds: number): Promise<boolean>
  end(fence: number): Promise<void>
}

/** The right to act for the number, until it is lost. */
export interface Ownership {
  readonly fence: number
  /** Aborted once the right is lost, for good. */
  readonly lost: AbortSignal
  /** Whether the right surely still holds in this very moment; asks nobody. */
  mayAct(): boolean
  /** Asks the database, and holds the right for longer. False, and lost, when it is another's. */
  confirm(): Promise<boolean>
  /** Gives the right back. */
  end(): Promise<void>
}

/** What ownership is taken with. */
export interface OwnershipOptions {
  lease: NumberLease
  /** How long the lease lasts without being renewed. */
  seconds: number
  clock: Clock
}

/** The owner stops a little before another may begin. */
const marginPart = 0.1

/** Takes the number, and renews the right until it is lost or ended. Undefined when it is taken. */
export async function takeOwnership(options: OwnershipOptions): Promise<Ownership | undefined> {
  const { lease, seconds, clock } = options
  const lastMs = seconds * 1000 * (1 - marginPart)
  const losing = new AbortController()
  // Counted from before the question: the database may have answered late.
  let deadline = clock.now() + lastMs
  const fence = await lease.take(seconds)
  if (fence === undefined) return undefined
  const mayAct = () => !losing.signal.aborted && clock.now() < deadline

  async function confirm(): Promise<boolean> {
    const askedAt = clock.now()
    if (!mayAct() || fence === undefined || !(await lease.renew(fence, seconds))) losing.abort()
    else deadline = Math.max(deadline, askedAt + lastMs)
    if (!mayAct()) losing.abort()
    return mayAct()
  }
  async function renewUntilLost(): Promise<void> {
    while (!losing.signal.aborted) {
      await clock.wait((seconds * 1000) / 4, losing.signal)
      if (losing.signal.aborted) return
      // A database that does not answer for a moment costs nothing before the deadline.
      await confirm().catch(() => !mayAct() && losing.abort())
    }
  }
  void renewUntilLost()
  return {
    fence,
    lost: losing.signal,
    mayAct,
    confirm,
    end: async () => {
      const wasOurs = mayAct()
      losing.abort()
      if (wasOurs) await lease.end(fence).catch(() => undefined)
    },
  }
}
