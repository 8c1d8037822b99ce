// Sends messages: free words inside the window, a template outside, each inside the limits.
import type { Outbound, Sending } from '../../core/message.ts'
import type { Templates } from '../../core/template.ts'
import { type Attached, type Attachments, findAttached } from '../attached.ts'
import { SendError } from '../channel.ts'
import { type Content, encode, encodeMedia, encodePlain, isCaption } from './encode.ts'
import { reactionTo, reactionToCode, toSendError } from './errors.ts'
import { type Graph, GraphRefusal } from './graph.ts'
import type { Health } from './health.ts'
import type { Media } from './media.ts'
import type { Pace } from './pace.ts'
import { encodeTemplate, isOpen } from './window.ts'

/** What sending needs. */
export interface SendOptions extends Attachments {
  graph: Graph
  media: Media
  pace: Pace
  health: Health
  templates: Templates
  operator: string
  /** The words that open a list of choices. */
  listLabel: string
  /** The id that a person wrote from last. */
  findReplyId(address: string): Promise<string>
  now(): Date
}

/** One message on its way. */
interface Going extends SendOptions {
  address: string
  recipient: object
  message: Outbound
  sending: Sending
}

/** Sends one message; resolves with the id of the one that carries the words. Throws SendError. */
export async function sendMessage(
  options: SendOptions,
  address: string,
  message: Outbound,
  sending: Sending,
): Promise<string> {
  const recipient = recipientOf(await options.findReplyId(address))
  const going = { ...options, address, recipient, message, sending }
  try {
    // The platform may have taken it as free words, and told only later that the day was over.
    const isOutside = reactionToCode(Number(sending.failedAs)) === 'outside-window'
    if (isOutside || !isOpen(sending.heardAt, options.now())) return await sendTemplate(going)
    try {
      return await sendFreely(going)
    } catch (error) {
      // The platform counts the day by its own clock.
      if (!isRefusal(error, 'outside-window')) throw error
      return await sendTemplate(going)
    }
  } catch (error) {
    throw toSendError(error, sending.class)
  }
}

/** A business-scoped id goes into another field than a number; no id is taken for a number. */
function recipientOf(id: string): object {
  const field = /^\d+$/.test(id) ? 'to' : 'recipient'
  return { recipient_type: 'individual', [field]: id }
}

async function sendTemplate(going: Going): Promise<string> {
  const { message, sending, templates, operator } = going
  const known = templates[sending.class]
  const template = known && { ...known, name: message.template ?? known.name }
  const language = sending.language ?? 'id'
  const content = template && encodeTemplate(message, template, { language, operator })
  if (!content) throw new SendError('no-template')
  return deliver(going, content, true)
}

async function sendFreely(going: Going): Promise<string> {
  const { message } = going
  const attached = await sendAttached(going)
  if (attached !== undefined && isCaption(message)) return attached
  const contents = encode(message, going.listLabel)
  try {
    return await deliverAll(going, contents)
  } catch (error) {
    // What the platform will not show as buttons goes as plain words rather than not at all.
    const isShaped = contents[0]?.type === 'interactive'
    if (!isShaped || !isRefusal(error, 'refused')) throw error
    return deliverAll(going, encodePlain(message))
  }
}

/** The picture or file that goes with the words; left out when the platform will not take it. */
async function sendAttached(going: Going): Promise<string | undefined> {
  const { message, media } = going
  const attached = await findAttached(going, message)
  // Once more with a new upload: the platform may have forgotten the old one.
  for (let tries = 0; attached && tries < 2; tries++) {
    const id = await findMedia(media, attached)
    if (id === undefined) return undefined
    try {
      return await deliver(going, encodeMedia(message, attached, id), isCaption(message))
    } catch (error) {
      if (!isRefusal(error, 'refused')) throw error
      media.forget(attached)
    }
  }
  return undefined
}

/** Whatever the platform has against an upload: the words will meet it too, if it matters. */
async function findMedia(media: Media, attached: Attached) {
  try {
    return await media.find(attached)
  } catch (error) {
    if (error instanceof GraphRefusal) return undefined
    throw error
  }
}

async function deliverAll(going: Going, contents: Content[]): Promise<string> {
  let id = ''
  for (const content of contents) id = await deliver(going, content, content === contents.at(-1))
  return id
}

/**
 * One call; what came of it is noted for those who come after. The last of a message's parts is the
 * message: its key comes back with each status, also where no answer came to this very call.
 */
async function deliver(going: Going, content: Content, isLast: boolean): Promise<string> {
  const { graph, pace, health, address, recipient, sending } = going
  const answered = await pace.enter(address)
  try {
    const key = isLast ? { biz_opaque_callback_data: sending.key } : {}
    const body = { ...recipient, ...content, ...key }
    const id = await graph.postMessage(body)
    pace.wentWell(address)
    health.wentWell(content.type === 'template')
    return id
  } catch (error) {
    throw noteFailure(going, error)
  } finally {
    answered()
  }
}

function noteFailure({ pace, health, address, sending }: Going, error: unknown): unknown {
  const reaction = error instanceof GraphRefusal ? reactionTo(error) : 'unreachable'
  health.wentWrong(reaction, error instanceof GraphRefusal ? error.code : undefined)
  if (reaction === 'slow-pair') {
    return new SendError('slow-down', { retryMs: pace.pausePair(address) })
  }
  const meant = toSendError(error, sending.class)
  if (meant.wholeChannel) pace.pause(meant.retryMs ?? 0)
  return error
}

function isRefusal(error: unknown, reaction: ReturnType<typeof reactionTo>): boolean {
  return error instanceof GraphRefusal && reactionTo(error) === reaction
}
