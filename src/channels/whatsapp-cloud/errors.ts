// What the platform's refusals and the network's failures mean for a send.
import type { MessageClass } from '../../core/message.ts'
import { SendError } from '../channel.ts'
import { isSurelyUnsent } from '../unsent.ts'
import { GraphRefusal } from './graph.ts'

const retryMs = 5_000
/** A token is replaced by a person: nothing is won by asking every second. */
const unauthorisedRetryMs = 5 * 60_000
/** One message in six seconds is what the platform lets a business send to one person. */
const pairRetryMs = 6_000

/** What a code asks for. */
export type Reaction =
  | 'slow-channel'
  | 'slow-pair'
  /** The platform lets no more go to this person today. */
  | 'capped'
  /** More than 24 hours since the person wrote: only an approved template goes. */
  | 'outside-window'
  | 'gone'
  /** The account, its token or its rights: an officer must look. */
  | 'unauthorised'
  /** A template that is not approved, or other than templates.yaml says: an officer must look. */
  | 'template'
  /** The platform is in trouble: whether it took the message is not known. */
  | 'trouble'
  | 'refused'

/** Codes of the Cloud API's own list, by what they ask for; any other is a refusal. */
const reactions = new Map<number, Reaction>([
  ...codes('slow-channel', 4, 80007, 130429, 131057),
  ...codes('slow-pair', 131056),
  ...codes('capped', 130472, 131049, 131050),
  ...codes('outside-window', 131047),
  ...codes('gone', 131021, 131026, 131030),
  ...codes('unauthorised', 0, 3, 10, 190, 200, 368, 131005, 131031, 131048, 131042, 131045, 133010),
  ...codes('template', 132000, 132001, 132005, 132007, 132012, 132015, 132016, 132018),
  ...codes('trouble', 1, 2, 131000, 131016, 133004),
])

function codes(reaction: Reaction, ...list: number[]): [number, Reaction][] {
  return list.map((code) => [code, reaction])
}

/** "No such object, or no right to it": the phone number's id or the token is wrong. */
const noSuchObject = 33

/** What a code asks for, by itself. */
export function reactionToCode(code: number | undefined): Reaction | undefined {
  return code === undefined ? undefined : reactions.get(code)
}

/**
 * After how many milliseconds a message is tried again that the platform took and then did not
 * deliver; undefined when that is useless.
 */
export function retryAfterCode(code: number | undefined): number | undefined {
  switch (reactionToCode(code)) {
    case 'slow-channel':
    case 'trouble':
      return retryMs
    case 'slow-pair':
      return pairRetryMs
    case 'outside-window':
      return 0
    default:
      return undefined
  }
}

/** Says what an answer of the platform asks for. */
export function reactionTo({ code, subcode, status }: GraphRefusal): Reaction {
  if (subcode === noSuchObject) return 'unauthorised'
  const known = reactionToCode(code)
  if (known) return known
  if (status === 401 || status === 403) return 'unauthorised'
  if (status === 429) return 'slow-channel'
  // A server's own trouble, or "success" without an id.
  return status >= 500 || status < 400 ? 'trouble' : 'refused'
}

/** Says what a failed call means, without words of the message, its address or the token. */
export function toSendError(error: unknown, messageClass: MessageClass): SendError {
  if (error instanceof SendError) return error
  if (error instanceof GraphRefusal) return fromReaction(reactionTo(error), messageClass)
  if (isSurelyUnsent(error instanceof Error && error.cause)) {
    return new SendError('unreachable', { retryMs, wholeChannel: true })
  }
  return maybeSent(messageClass)
}

function fromReaction(reaction: Reaction, messageClass: MessageClass): SendError {
  switch (reaction) {
    case 'slow-channel':
      return new SendError('slow-down', { retryMs, wholeChannel: true })
    case 'slow-pair':
      return new SendError('slow-down', { retryMs: pairRetryMs })
    case 'unauthorised':
      return new SendError('unauthorised', { retryMs: unauthorisedRetryMs, wholeChannel: true })
    case 'trouble':
      return maybeSent(messageClass)
    case 'outside-window':
    case 'template':
      return new SendError('no-template')
    default:
      return new SendError(reaction)
  }
}

/**
 * Nobody knows whether it was sent. What answers somebody is tried again: better twice than never.
 * What the bot says first is not: nobody waits for it, and twice is a nuisance.
 */
function maybeSent(messageClass: MessageClass): SendError {
  const isAwaited = messageClass === 'reply' || messageClass === 'notice'
  return new SendError('unreachable', { ...(isAwaited && { retryMs }), maybeSent: true })
}
