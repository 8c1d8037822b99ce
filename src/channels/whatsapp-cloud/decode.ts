// The Cloud API's webhook payload → what people said and what became of messages. Pure, and total.
import { z } from 'zod'
import type { Inbound, InboundKind } from '../../core/message.ts'

/** The channel's name wherever it is kept. */
export const channelName = 'whatsapp-cloud'

/** One thing that somebody said, and the other id by which the platform knows them. */
export interface Heard {
  inbound: Inbound
  /** Another id of the same person, e.g. the number beside a business-scoped id. */
  alsoKnownAs?: string
}

/** Somebody has another id from now on: a new number, or a new business-scoped id. */
export interface Moved {
  id: string
  alsoKnownAs: string
}

/** What became of a message of ours. They come twice, late and out of order. */
export interface Delivery {
  providerId: string
  state: 'delivered' | 'read' | 'failed'
  /** ISO 8601 in UTC. */
  at: string
  /** The platform's code of what went wrong. */
  code?: number
  /** The key that the message was sent with. */
  key?: string
}

/** One payload, taken apart. */
export interface Decoded {
  heard: Heard[]
  moved: Moved[]
  deliveries: Delivery[]
  /** Codes of what went wrong with the account itself. */
  errors: number[]
}

/** What is missing or strange is left out: the rest of a message counts all the same. */
function lenient<T>(shape: z.ZodType<T>) {
  return shape.optional().catch(undefined)
}

/** Seconds since 1970 as digits, up to the last second of the year 9999. */
const moment = z
  .union([
    z.int(),
    z
      .string()
      .regex(/^\d{1,12}$/)
      .transform(Number),
  ])
  .pipe(z.int().min(0).max(253_402_300_799))
/** A number or a business-scoped id: opaque, short, without spaces. */
const id = z.string().regex(/^[\w.-]{1,160}$/)
const reply = z.object({ id: z.string() })
const problem = z.object({ code: z.int() })
const phone = z.object({ phone: lenient(z.string()), wa_id: lenient(z.string()) })
const card = z.object({ origin: lenient(z.string()), phones: lenient(z.array(phone)) })
const list = lenient(z.array(z.unknown()))
const said = { id: z.string().min(1).max(500), from: lenient(id), from_user_id: lenient(id) }
const message = z.object({
  ...said,
  timestamp: lenient(moment),
  type: z.string(),
  group_id: lenient(z.string()),
  text: lenient(z.object({ body: z.string() })),
  button: lenient(z.object({ text: z.string() })),
  interactive: lenient(z.object({ button_reply: lenient(reply), list_reply: lenient(reply) })),
  contacts: lenient(z.array(card)),
  system: lenient(
    z.object({ wa_id: lenient(id), user_id: lenient(id), previous_user_id: lenient(id) }),
  ),
})
const status = z.object({
  id: z.string().min(1),
  status: z.string(),
  timestamp: lenient(moment),
  errors: list,
  biz_opaque_callback_data: lenient(z.string()),
})
const call = z.object({ ...said, event: z.string(), timestamp: lenient(moment) })
const known = z.object({ wa_id: lenient(id), user_id: lenient(id) })
const value = z.object({
  metadata: z.object({ phone_number_id: z.string() }),
  contacts: list,
  messages: list,
  statuses: list,
  calls: list,
  errors: list,
})
const payload = z.object({ entry: list })
const entry = z.object({ changes: list })
const change = z.object({ value })

type Message = z.infer<typeof message>
type Known = z.infer<typeof known>
type Said = Pick<Message, 'id' | 'from' | 'from_user_id' | 'timestamp'>

/** Where a message says only what kind of thing it is. */
const kinds = new Map<string, InboundKind>([
  ['image', 'photo'],
  ['sticker', 'sticker'],
  ['video', 'video'],
  ['audio', 'voice'],
  ['document', 'document'],
  ['location', 'location'],
  ['edit', 'edited'],
  // Taken back: what was said counts all the same, and they should know it.
  ['revoke', 'edited'],
  ['request_welcome', 'start'],
])

/** Nobody said anything. */
const silent = new Set(['reaction', 'system'])

/**
 * Takes a payload apart; what is not for this number, or no payload, is nothing. `receivedAt`
 * stands in for a moment that is not told.
 */
export function decode(body: unknown, phoneId: string, receivedAt: Date): Decoded {
  const decoded: Decoded = { heard: [], moved: [], deliveries: [], errors: [] }
  for (const { changes } of readAll(entry, payload.safeParse(body).data?.entry)) {
    for (const { value } of readAll(change, changes)) {
      if (value.metadata.phone_number_id === phoneId) take(value, receivedAt, decoded)
    }
  }
  return decoded
}

/** Each thing by itself: one that is not understood must not lose those beside it. */
function take(given: z.infer<typeof value>, receivedAt: Date, into: Decoded): void {
  const people = readAll(known, given.contacts)
  for (const one of readAll(message, given.messages)) {
    if (one.group_id !== undefined) continue
    if (one.type === 'system') into.moved.push(...fromSystem(one))
    if (silent.has(one.type)) continue
    into.heard.push(...inbound(one, people, contentOf(one), receivedAt))
  }
  for (const one of readAll(call, given.calls)) {
    if (one.event === 'connect') into.heard.push(...inbound(one, people, ['call', ''], receivedAt))
  }
  for (const one of readAll(status, given.statuses)) {
    into.deliveries.push(...fromStatus(one, receivedAt))
  }
  into.errors.push(...readAll(problem, given.errors).map(({ code }) => code))
}

function readAll<T>(shape: z.ZodType<T>, list: unknown[] | undefined): T[] {
  return (list ?? []).flatMap((one) => {
    const read = shape.safeParse(one)
    return read.success ? [read.data] : []
  })
}

type Content = [kind: InboundKind, words: string]

function contentOf(said: Message): Content {
  const chosen = said.interactive?.button_reply ?? said.interactive?.list_reply
  if (said.type === 'text' && said.text) return ['text', said.text.body]
  if (said.type === 'interactive' && chosen) return ['press', chosen.id]
  // A template's button carries what it says, not where it leads.
  if (said.type === 'button' && said.button) return ['text', said.button.text]
  if (said.type === 'contacts') return fromContacts(said)
  return [kinds.get(said.type) ?? 'other', '']
}

/**
 * Only the card that the platform itself sends at the press of its button proves a number, and
 * only when it names no other account than the sender's.
 */
function fromContacts(said: Message): Content {
  const [only, another] = said.contacts ?? []
  const [phone, second] = only?.phones ?? []
  const digits = (phone?.wa_id ?? phone?.phone ?? '').replace(/\D/g, '')
  const isOwn = only?.origin === 'contact_request' && (!said.from || said.from === digits)
  if (!isOwn || another || second || digits === '') return ['contact', '']
  return ['phone', `+${digits}`]
}

/**
 * The business-scoped id is the person where it is given: a number can be missing, and go to
 * somebody else. The list of contacts says which number and which id are one person.
 */
function inbound(said: Said, people: Known[], content: Content, receivedAt: Date): Heard[] {
  const beside = people.find((one) => isOf(one, said, people.length))
  const userId = said.from_user_id ?? beside?.user_id
  const phone = said.from ?? beside?.wa_id
  const address = userId ?? phone
  if (address === undefined) return []
  const [kind, words] = content
  const at = momentOf(said, receivedAt)
  const heard = { channel: channelName, address, externalId: said.id, kind, words, at }
  return [userId && phone ? { inbound: heard, alsoKnownAs: phone } : { inbound: heard }]
}

function isOf(one: Known, { from, from_user_id }: Said, count: number): boolean {
  if (from_user_id !== undefined && one.user_id !== undefined) return one.user_id === from_user_id
  if (from !== undefined && one.wa_id !== undefined) return one.wa_id === from
  return from === undefined && from_user_id === undefined && count === 1
}

function momentOf({ timestamp }: { timestamp?: number | undefined }, receivedAt: Date): string {
  return (timestamp === undefined ? receivedAt : new Date(timestamp * 1000)).toISOString()
}

/** Old and new ids of somebody who changed the number, each pair that the platform vouches for. */
function fromSystem({ from, from_user_id, system }: Message): Moved[] {
  const now = system?.user_id ?? system?.wa_id
  const before = system?.previous_user_id ?? from_user_id ?? from
  if (now === undefined || before === undefined || now === before) return []
  return [{ id: now, alsoKnownAs: before }]
}

const states = new Map<string, Delivery['state']>([
  ['delivered', 'delivered'],
  ['read', 'read'],
  ['played', 'read'],
  ['failed', 'failed'],
])

function fromStatus(told: z.infer<typeof status>, receivedAt: Date): Delivery[] {
  const state = states.get(told.status)
  if (state === undefined) return []
  const [error] = readAll(problem, told.errors)
  const key = told.biz_opaque_callback_data
  const delivery = { providerId: told.id, state, at: momentOf(told, receivedAt) }
  return [{ ...delivery, ...(error && { code: error.code }), ...(key && { key }) }]
}
