// Why WhatsApp ended a connection, and what to do then: a table, and the waits between tries.

/** What the channel says of itself. */
export type State =
  | 'starting'
  | 'connected'
  | 'connecting'
  | 'waiting-for-qr'
  | 'waiting-for-code'
  /** Nobody linked a phone in time; a new start gives new codes. */
  | 'not-linked'
  /** Another process owns the number; this one takes over when that one ends. */
  | 'standby'
  /** Somebody else uses this very link. */
  | 'replaced'
  | 'banned'
  | 'logged-out'
  /** WhatsApp no longer takes this version of the client. */
  | 'outdated'
  /** The kept keys cannot be read. */
  | 'auth-broken'
  /** WhatsApp, or our own database, does not answer. */
  | 'unreachable'
  | 'stopped'

/** What to do once a connection ended. */
export interface Reaction {
  /** How the channel stands meanwhile. */
  state: State
  /**
   * `at-once` and `soon` connect again, the second with growing waits; `few` as well, but an
   * officer is told after some tries; `lease` looks whose number it is; `stop` waits for an
   * officer.
   */
  next: 'at-once' | 'soon' | 'few' | 'lease' | 'stop'
  /** The kind of the alarm that is raised. */
  alarm?: string
}

/** Our own code: a kept key could not be read in the middle of a connection. */
export const unreadable = -1

const again: Reaction = { state: 'connecting', next: 'soon' }

/**
 * What each of WhatsApp's codes means. Those below 420 that are not in the client's own list are
 * known from other clients; none but 428 was ever seen against WhatsApp itself.
 */
const closeCodes: Record<number, Reaction> = {
  [unreadable]: { state: 'auth-broken', next: 'stop', alarm: 'auth-broken' },
  401: { state: 'logged-out', next: 'stop', alarm: 'logged-out' },
  402: { state: 'banned', next: 'stop', alarm: 'banned' },
  403: { state: 'banned', next: 'stop', alarm: 'banned' },
  405: { state: 'outdated', next: 'stop', alarm: 'outdated' },
  406: { state: 'banned', next: 'stop', alarm: 'banned' },
  408: again,
  409: { state: 'outdated', next: 'stop', alarm: 'outdated' },
  411: { state: 'logged-out', next: 'stop', alarm: 'logged-out' },
  428: again,
  440: { state: 'replaced', next: 'lease', alarm: 'replaced' },
  500: { state: 'unreachable', next: 'few', alarm: 'bad-session' },
  503: { state: 'unreachable', next: 'soon' },
  515: { state: 'connecting', next: 'at-once' },
}

/** The reaction to a code; to one that is not known: connect again, ever more slowly. */
export function reactTo(code: number): Reaction {
  return closeCodes[code] ?? again
}

/** Kinds of alarm that a working connection proves to be over. */
export const endedByConnecting = [
  'logged-out',
  'banned',
  'outdated',
  'replaced',
  'bad-session',
  'auth-broken',
]

const firstMs = 2_000
const mostMs = 5 * 60_000
/** Who was replaced does not come back soon: two that do throw each other out for ever. */
const replacedMs = 10 * 60_000
/** A connection that held so long was a good one: the waits begin anew. */
const goodAfterMs = 60_000
/** A session may be bad so many times in a row before an officer is told. */
const fewTries = 5

/** The waits between the tries of one owner. */
export interface Waits {
  /** Milliseconds to wait after a connection that was open so long, and whether to tell. */
  after(reaction: Reaction, openMs: number): { delayMs: number; isAlarming: boolean }
}

/** Makes waits that double from 2 seconds to 5 minutes; `random` gives numbers from 0 to 1. */
export function createWaits(random: () => number): Waits {
  let failures = 0
  let replaced = 0
  const spread = (delayMs: number) => Math.round(delayMs * (0.5 + random() / 2))
  return {
    after: ({ next, alarm }, openMs) => {
      if (openMs >= goodAfterMs) failures = 0
      if (openMs >= replacedMs) replaced = 0
      if (next === 'at-once') return { delayMs: 0, isAlarming: false }
      if (next === 'lease') {
        replaced += 1
        return {
          delayMs: spread(2 * replacedMs * 2 ** Math.min(replaced - 1, 3)),
          isAlarming: true,
        }
      }
      failures += 1
      const delayMs = spread(Math.min(mostMs, firstMs * 2 ** Math.min(failures - 1, 20)))
      const isAlarming = alarm !== undefined && (next === 'stop' || failures > fewTries)
      return { delayMs, isAlarming }
    },
  }
}
