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
export type AlarmKind = 'whatsapp-cloud-account' | 'whatsapp-cloud-template'

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

const alarmsFor = new Map<string, AlarmKind>([
  ['unauthorised', 'whatsapp-cloud-account'],
  ['template', 'whatsapp-cloud-template'],
])

/** Makes the health of one number. */
export function createHealth(log: Log, alarms: Alarms): Health {
  let state: State = 'stopped'
  // An earlier run may have left either of them open.
  const open = new Set<AlarmKind>(['whatsapp-cloud-account', 'whatsapp-cloud-template'])

  function tell(next: State, code?: number): void {
    if (next === state) return
    state = next
    const fields = { channel: channelName, state, ...(code !== undefined && { code }) }
    if (next === 'unauthorised') log.error(fields, 'WhatsApp refuses the account or its token')
    else if (next === 'ready' || next === 'stopped') log.info(fields, 'whatsapp-cloud')
    else log.warn(fields, 'whatsapp-cloud does not work now')
  }
  function raise(reaction: Reaction | 'unreachable' | undefined, code: number | undefined): void {
    const kind = reaction && alarmsFor.get(reaction)
    if (!kind) return
    open.add(kind)
    alarms.raise(kind, String(code ?? '')).catch(() => open.delete(kind))
  }
  function close(kind: AlarmKind): void {
    if (open.delete(kind)) alarms.close(kind).catch(() => open.add(kind))
  }
  return {
    state: () => state,
    turn: (on) => tell(on ? 'ready' : 'stopped'),
    wentWell: (isTemplate) => {
      if (state !== 'stopped') tell('ready')
      close('whatsapp-cloud-account')
      if (isTemplate) close('whatsapp-cloud-template')
    },
    wentWrong: (reaction, code) => {
      raise(reaction, code)
      if (state === 'stopped') return
      if (reaction === 'unauthorised') tell('unauthorised', code)
      if (reaction === 'slow-channel') tell('paused', code)
      if (reaction === 'trouble' || reaction === 'unreachable') tell('unreachable', code)
    },
    told: (code) => {
      log.warn({ channel: channelName, code }, 'WhatsApp tells what went wrong')
      raise(reactionToCode(code), code)
    },
  }
}
