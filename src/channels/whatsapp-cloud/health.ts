// How the channel is, in a word; what an officer must see becomes an alarm.
import { channelName } from './decode.ts'
import { type Reaction, reactionToCode } from './errors.ts'

/** Where the channel writes what happened: ids and names, never words or people. */
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** What needs an officer. */
export type AlarmKind = 'account-refused' | 'template-refused'

/** Rings and ends alarms; what fails in there is told there. */
export interface Alarms {
  raise(kind: AlarmKind, detail: string): Promise<void>
  close(kind: AlarmKind): Promise<void>
}

/** What the channel says of itself: `ready`, or what is missing. */
export type State = 'stopped' | 'ready' | 'unauthorised' | 'unreachable' | 'paused'

/** Remembers how sends went. */
export interface Health {
  state(): State
  turn(on: boolean): void
  wentWell(isTemplate: boolean): void
  wentWrong(reaction: Reaction | 'unreachable', code: number | undefined): void
  /** The platform tells by itself what went wrong: later, and perhaps long over. */
  told(code: number): void
}

/** Makes the health of one number. */
export function createHealth(log: Log, alarms: Alarms): Health {
  const bells = createBells(alarms)
  let state: State = 'stopped'
  function tell(next: State | undefined, code?: number): void {
    if (next === undefined || next === state) return
    state = next
    const fields = { channel: channelName, state, ...(code !== undefined && { code }) }
    if (next === 'unauthorised') log.error(fields, 'WhatsApp refuses the account or its token')
    else if (next === 'ready' || next === 'stopped') log.info(fields, channelName)
    else log.warn(fields, 'whatsapp-cloud does not work now')
  }
  return {
    state: () => state,
    turn: (on) => tell(on ? 'ready' : 'stopped'),
    wentWell: (isTemplate) => {
      if (state !== 'stopped') tell('ready')
      bells.end('account-refused')
      if (isTemplate) bells.end('template-refused')
    },
    wentWrong: (reaction, code) => {
      bells.ring(reaction, code)
      if (state !== 'stopped') tell(statesAfter.get(reaction), code)
    },
    told: (code) => {
      log.warn({ channel: channelName, code }, 'WhatsApp tells what went wrong')
      bells.ring(reactionToCode(code), code)
    },
  }
}

/** What did not go well with one message says nothing of the channel. */
const statesAfter = new Map<Reaction | 'unreachable', State>([
  ['unauthorised', 'unauthorised'],
  ['slow-channel', 'paused'],
  ['trouble', 'unreachable'],
  ['unreachable', 'unreachable'],
])

const alarmsFor = new Map<string | undefined, AlarmKind>([
  ['unauthorised', 'account-refused'],
  ['template', 'template-refused'],
])

function createBells(alarms: Alarms) {
  // An earlier run may have left any of them open.
  const open = new Set<AlarmKind>(alarmsFor.values())
  return {
    ring: (reaction: string | undefined, code: number | undefined): void => {
      const kind = alarmsFor.get(reaction)
      if (!kind) return
      open.add(kind)
      // What cannot be kept now is kept at the next failure, which is not far.
      alarms.raise(kind, String(code ?? '')).catch(() => undefined)
    },
    end: (kind: AlarmKind): void => {
      if (open.delete(kind)) alarms.close(kind).catch(() => open.add(kind))
    },
  }
}
