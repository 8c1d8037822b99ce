// What Telegram's refusals and the network's failures mean for a send.
import { GrammyError, HttpError } from 'grammy'
import { SendError } from '../channel.ts'

/** Failures before a byte of the request left: the message is surely not sent. */
const neverLeft = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

const retryMs = 5_000
const unauthorisedRetryMs = 60_000

/** Seconds that Telegram asks to wait, in milliseconds; undefined when it does not. */
export function retryAfterMs(error: unknown): number | undefined {
  if (!(error instanceof GrammyError) || error.error_code !== 429) return undefined
  return Math.max(1, error.parameters.retry_after ?? 1) * 1_000
}

/** Says what a failed call means, without words of the message, its chat or the token. */
export function toSendError(error: unknown): SendError {
  if (error instanceof SendError) return error
  const pauseMs = retryAfterMs(error)
  if (pauseMs !== undefined) {
    return new SendError('slow-down', { retryMs: pauseMs, wholeChannel: true })
  }
  if (error instanceof GrammyError) return fromAnswer(error)
  if (error instanceof HttpError && neverLeft.has(networkCode(error))) {
    return new SendError('unreachable', { retryMs, wholeChannel: true })
  }
  return new SendError('unreachable', { retryMs, maybeSent: true })
}

function fromAnswer(error: GrammyError): SendError {
  const { error_code: code, description } = error
  switch (code) {
    case 401:
    case 404: // a malformed token: Telegram does not even know such a bot
      return new SendError('unauthorised', { retryMs: unauthorisedRetryMs, wholeChannel: true })
    case 403:
      return new SendError(/deactivated/.test(description) ? 'gone' : 'blocked')
    case 400:
      return new SendError(isAboutNobody(description) ? 'gone' : 'refused')
    default:
      // A server's own trouble, or an answer without a
      // code: whether it took the message is not known.
      return new SendError('unreachable', { retryMs, maybeSent: true })
  }
}

function isAboutNobody(description: string): boolean {
  return /chat not found|PEER_ID_INVALID|user not found|USER_DEACTIVATED|upgraded/i.test(
    description,
  )
}

function networkCode(error: HttpError): string {
  const cause: unknown = error.error
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : ''
}
