// Sends one message: as its number's owner, at a person's pace, until the server took it.
import { createHash } from 'node:crypto'
import type { Outbound, Sending } from '../../core/message.ts'
import { type Attachments, findAttached } from '../attached.ts'
import { SendError } from '../channel.ts'
import { type Acks, notKnown } from './acks.ts'
import type { Breaker } from './breaker.ts'
import type { Clock } from './clock.ts'
import { encode } from './encode.ts'
import type { Ownership } from './ownership.ts'
import type { Pace } from './pace.ts'
import type { WaAck, WaContent, WaSocket } from './port.ts'

/** A connection that works, and the right to use it. */
export interface Live {
  socket: WaSocket
  ownership: Ownership
}

/** What sending needs. */
export interface SendOptions extends Attachments {
  /** The connection as it is now; undefined while there is none. */
  live(): Live | undefined
  /** Whether a connection can come back without an officer. */
  isHopeful(): boolean
  /** The id under which the person of an address wrote last. */
  findReplyId(address: string): Promise<string>
  pace: Pace
  breaker: Breaker
  acks: Acks
  clock: Clock
}

/** Notes that the server is handed the message from now on. */
type Begins = () => Promise<void>

/** The server answers within so long, or the message is tried again. */
const ackMs = 20_000
/** What is uploaded first may take longer. */
const uploadMs = 90_000
const awayRetryMs = 5_000
const hopelessRetryMs = 60_000

/** WhatsApp's refusal of a message to somebody with whom there is no chat yet. */
const timeLocked = '463'
/** Refusals that are the server's own trouble, or that a fresh session heals. */
const passing = new Set(['479', '500', '503'])

/** Makes the sending half of the channel. */
export function createSending(options: SendOptions) {
  const { pace, breaker } = options
  return {
    /** Resolves with the message's id once the server has it. Throws SendError. */
    send: async (
      address: string,
      message: Outbound,
      sending: Sending,
      begins: Begins = async () => undefined,
    ): Promise<string> => {
      getLive(options)
      const isReply = sending.class === 'reply'
      return pace.turn(isReply, async () => {
        if (!isReply) await breaker.enter()
        const messageId = await sendNow(options, address, message, sending, begins)
        if (!isReply) breaker.began()
        return messageId
      })
    },
  }
}

function getLive({ live, isHopeful }: SendOptions): Live {
  const found = live()
  if (found) return found
  // Nothing was tried: the message waits as long as the channel does.
  if (isHopeful()) throw new SendError('unreachable', { retryMs: awayRetryMs, wholeChannel: true })
  throw new SendError('unauthorised', { retryMs: hopelessRetryMs, wholeChannel: true })
}

async function sendNow(
  options: SendOptions,
  address: string,
  message: Outbound,
  { key, class: kind }: Sending,
  begins: Begins,
): Promise<string> {
  const to = await options.findReplyId(address)
  const parts = encode(message, await findAttached(options, message))
  await type(options, to, message.text.length)
  await begins()
  let messageId = ''
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1
    messageId = idOf(getLive(options), isLast ? key : `${key}:attached`)
    const ack = await deliver(options, to, part, messageId)
    if (ack.error !== undefined) throw await refused(options.breaker, ack.error, kind)
  }
  return messageId
}

/** Only a courtesy: it may fail. */
async function type(options: SendOptions, to: string, length: number): Promise<void> {
  const { socket, ownership } = getLive(options)
  if (ownership.mayAct()) await socket.showTyping(to, true).catch(() => undefined)
  await options.clock.wait(options.pace.typingMs(length), ownership.lost)
}

async function deliver(
  options: SendOptions,
  to: string,
  part: WaContent,
  messageId: string,
): Promise<WaAck> {
  const { socket, ownership } = getLive(options)
  if (!(await ownership.confirm())) {
    throw new SendError('unreachable', { retryMs: awayRetryMs, wholeChannel: true })
  }
  const acked = options.acks.expect(messageId, part.attached ? uploadMs : ackMs)
  const sent = socket.send(to, part, messageId).catch(() => Promise.reject(notKnown()))
  const [ack] = await Promise.all([acked, sent])
  return ack
}

async function refused(breaker: Breaker, error: string, kind: Sending['class']) {
  if (error === timeLocked) {
    await breaker.lock(undefined)
    // An answer is not tried again: each try makes the lock longer.
    if (kind === 'reply') return new SendError('refused')
    return new SendError('slow-down', {
      retryMs: hopelessRetryMs,
      wholeChannel: true,
      initiatedOnly: true,
    })
  }
  if (passing.has(error)) return new SendError('unreachable', { retryMs: awayRetryMs })
  return new SendError('refused')
}

/** The same at each try of a message, as WhatsApp's web client makes them: it is shown once. */
function idOf({ socket }: Live, key: string): string {
  const hash = createHash('sha256').update(`${socket.identity} ${key}`).digest('hex')
  return `3EB0${hash.slice(0, 18).toUpperCase()}`
}

/** What stands behind the id of a message that was sent: the words, with what was attached. */
export async function contentOf(
  attachments: Attachments,
  message: Outbound,
): Promise<WaContent | undefined> {
  return encode(message, await findAttached(attachments, message)).at(-1)
}
