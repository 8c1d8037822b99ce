// What Telegram's refusals and the network's failures mean for a send.
import { GrammyError, HttpError } from 'grammy'
import { SendError } from '../channel.ts'
import { isSurelyUnsent } from '../unsent.ts'

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
  if (error instanceof HttpError && isSurelyUnsent(error.error)) {
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
