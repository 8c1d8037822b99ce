// Wakes the requests that wait for something new in a conversation.

/** Somebody who waits. Hear `end` always, else it is kept for ever. */
export interface Ear {
  /** Resolves after `delayMs`, or at once when the bell rang since the last wait. */
  wait(delayMs: number): Promise<void>
  /** Nobody needs to wait any more: the bell is closed, or others took this place. */
  isClosed(): boolean
  end(): void
}

/** Bells by address. */
export interface Bell {
  ring(address: string): void
  listen(address: string): Ear
  /** Lets everybody go, now and later. */
  close(): void
}

/** Pages one visitor may keep waiting at once; the oldest is let go. */
const maxEarsEach = 4

interface Waiter {
  rung: boolean
  closed: boolean
  wake: () => void
}

function letGo(waiter: Waiter): void {
  waiter.closed = true
  waiter.wake()
}

function waitFor(waiter: Waiter, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => waiter.wake(), delayMs)
    waiter.wake = () => {
      clearTimeout(timer)
      waiter.rung = false
      waiter.wake = () => {}
      resolve()
    }
    if (waiter.rung || waiter.closed) waiter.wake()
  })
}

/** A bell for every address, in this process only: whoever waits must also look for itself. */
export function createBell(): Bell {
  const waiters = new Map<string, Set<Waiter>>()
  let closed = false

  function join(address: string, waiter: Waiter): void {
    const others = waiters.get(address) ?? new Set()
    waiters.set(address, others.add(waiter))
    const [oldest] = others
    if (oldest !== undefined && others.size > maxEarsEach) {
      others.delete(oldest)
      letGo(oldest)
    }
  }

  function leave(address: string, waiter: Waiter): void {
    const others = waiters.get(address)
    others?.delete(waiter)
    if (others?.size === 0) waiters.delete(address)
  }

  return {
    ring(address) {
      for (const waiter of waiters.get(address) ?? []) {
        waiter.rung = true
        waiter.wake()
      }
    },
    listen(address) {
      const waiter: Waiter = { rung: false, closed, wake: () => {} }
      join(address, waiter)
      return {
        wait: (delayMs) => waitFor(waiter, delayMs),
        isClosed: () => waiter.closed,
        end: () => {
          letGo(waiter)
          leave(address, waiter)
        },
      }
    },
    close() {
      closed = true
      for (const each of waiters.values()) for (const waiter of each) letGo(waiter)
    },
  }
}
