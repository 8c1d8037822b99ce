// What the platform calls: it hears "received" only after what it brought was kept.
import { createHmac } from 'node:crypto'
import { isSame, parseJson } from '../calls.ts'

/** What a call of the webhook is answered with. */
export interface Answer {
  /** The HTTP status. */
  status: number
  /** Plain text; the platform looks at it only when it proves the address. */
  text?: string
}

/** The largest payload, in bytes: the platform promises to send no larger one. */
const maxBytes = 3 * 1024 * 1024

const signatureHeader = 'x-hub-signature-256'

/** Proves to the platform that this address is ours: 200 with its challenge, or 403. */
export function answerChallenge(query: URLSearchParams, verifyToken: string): Answer {
  const challenge = query.get('hub.challenge') ?? ''
  const isAsked = query.get('hub.mode') === 'subscribe' && /^[\w-]{1,200}$/.test(challenge)
  const isKnown = isSame(query.get('hub.verify_token') ?? '', verifyToken)
  return isAsked && isKnown ? { status: 200, text: challenge } : { status: 403 }
}

/**
 * Answers a call that brings something: 200 after `take` resolved, 413 when it is too large, 401
 * when its bytes are not signed with the secret, 400 when it is no JSON, 503 when it was not kept.
 */
export async function answerCall(
  call: { headers: Headers; body: Uint8Array },
  secret: string,
  take: (payload: unknown) => Promise<void>,
): Promise<Answer> {
  if (call.body.byteLength > maxBytes) return { status: 413 }
  const signature = `sha256=${createHmac('sha256', secret).update(call.body).digest('hex')}`
  if (!isSame(call.headers.get(signatureHeader) ?? '', signature)) return { status: 401 }
  const payload = parseJson(call.body)
  if (payload === undefined) return { status: 400 }
  try {
    await take(payload)
    return { status: 200 }
  } catch {
    return { status: 503 }
  }
}
