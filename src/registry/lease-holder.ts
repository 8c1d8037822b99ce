// A lease as one of its would-be holders sees it.
import type { Tx } from './database.ts'
import { endLease, findLease, renewLease, takeLease } from './leases.ts'
import { isProcessGone, makeProcessName } from './process-name.ts'

/** A lease that this process has. */
export interface HeldLease {
  fence: number
  /** Makes it last as long again; false when it is lost. */
  renew(): Promise<boolean>
  /** Gives it back. */
  end(): Promise<void>
}

/** A lease that this process would like to have. */
export interface LeaseHolder {
  /** How long it lasts when it is not renewed, in seconds. */
  readonly seconds: number
  /** Takes it when it is free or its owner's process is gone; else undefined. */
  take(): Promise<HeldLease | undefined>
}

/** One of those who want the lease of this name; each has a name of its own. */
export function createLeaseHolder(tx: Tx, name: string, seconds: number): LeaseHolder {
  const holder = makeProcessName()
  return {
    seconds,
    take: async () => {
      let lease = await takeLease(tx, name, holder, seconds)
      if (!lease && (await endDeadLease(tx, name))) {
        lease = await takeLease(tx, name, holder, seconds)
      }
      if (!lease) return undefined
      const { fence } = lease
      return {
        fence,
        renew: () => renewLease(tx, name, holder, fence, seconds),
        end: () => endLease(tx, name, holder, fence),
      }
    },
  }
}

/** A program that was killed and starts again need not wait for what it left behind. */
async function endDeadLease(tx: Tx, name: string): Promise<boolean> {
  const lease = await findLease(tx, name)
  if (!lease || !isProcessGone(lease.holder)) return false
  await endLease(tx, name, lease.holder, lease.fence)
  return true
}
