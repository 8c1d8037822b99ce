// What the platform refuses in a message: unknown fields, lengths, counts, templates and media.
import { z } from 'zod'
import { GraphError, type Json, type Reply } from './types.ts'

/** The longest value of a template's blanks and its own words together is 1,024. */
const maxTemplate = 1_024

const text = (max: number) => z.string().trim().min(1).max(max)
const replyButton = z.strictObject({
  type: z.literal('reply'),
  reply: z.strictObject({ id: text(256), title: text(20) }),
})
const row = z.strictObject({ id: text(200), title: text(24), description: text(72).optional() })
const section = z.strictObject({ title: text(24), rows: z.array(row).min(1).max(10) })
const interactive = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('button'),
    body: z.strictObject({ text: text(1_024) }),
    action: z.strictObject({ buttons: z.array(replyButton).min(1).max(3) }),
  }),
  z.strictObject({
    type: z.literal('list'),
    body: z.strictObject({ text: text(4_096) }),
    action: z.strictObject({ button: text(20), sections: z.array(section).min(1).max(10) }),
  }),
  z.strictObject({
    type: z.literal('request_contact_info'),
    body: z.strictObject({ text: text(1_024) }),
    action: z.strictObject({ name: z.literal('request_contact_info') }),
  }),
])
const parameter = z.strictObject({ type: z.literal('text'), text: text(maxTemplate) })
const template = z.strictObject({
  name: z.string(),
  language: z.strictObject({ code: z.string() }),
  components: z.array(z.strictObject({ type: z.literal('body'), parameters: z.array(parameter) })),
})
const envelope = {
  messaging_product: z.literal('whatsapp'),
  recipient_type: z.literal('individual').optional(),
  to: z
    .string()
    .regex(/^\d{7,15}$/)
    .optional(),
  recipient: z
    .string()
    .regex(/^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/)
    .optional(),
  biz_opaque_callback_data: z.string().max(512).optional(),
}
const caption = z.string().max(1_024).optional()
const message = z.discriminatedUnion('type', [
  z.strictObject({
    ...envelope,
    type: z.literal('text'),
    text: z.strictObject({ body: text(4_096), preview_url: z.boolean().optional() }),
  }),
  z.strictObject({ ...envelope, type: z.literal('interactive'), interactive }),
  z.strictObject({
    ...envelope,
    type: z.literal('image'),
    image: z.strictObject({ id: z.string(), caption }),
  }),
  z.strictObject({
    ...envelope,
    type: z.literal('document'),
    document: z.strictObject({ id: z.string(), filename: z.string().optional(), caption }),
  }),
  z.strictObject({ ...envelope, type: z.literal('template'), template }),
])

/** A message that the platform takes. */
export type Message = z.infer<typeof message>

/** A template that was approved: its languages, and how many blanks its body has. */
export interface Approved {
  languages: string[]
  blanks: number
}

/** Refuses a body as the platform does: 100 for its shape, 131009 for a value. */
export function checkMessage(body: Json): Message {
  const read = message.safeParse(body)
  if (!read.success) {
    const isShape = read.error.issues.some(({ code }) => code === 'unrecognized_keys')
    throw new GraphError(isShape ? 100 : 131009, z.prettifyError(read.error))
  }
  if ((read.data.to === undefined) === (read.data.recipient === undefined)) {
    throw new GraphError(100, 'exactly one of to and recipient must be given')
  }
  if (read.data.type === 'interactive') checkChoices(read.data.interactive)
  return read.data
}

function checkChoices(given: z.infer<typeof interactive>): void {
  const unique = (list: string[], what: string) => {
    if (new Set(list).size < list.length) throw new GraphError(131009, `${what} must be unique`)
  }
  if (given.type === 'button') {
    unique(
      given.action.buttons.map(({ reply }) => reply.title),
      'titles',
    )
    unique(
      given.action.buttons.map(({ reply }) => reply.id),
      'ids',
    )
  }
  if (given.type !== 'list') return
  const rows = given.action.sections.flatMap((one) => one.rows)
  if (rows.length > 10) throw new GraphError(131009, 'more than ten rows')
  unique(
    rows.map(({ id }) => id),
    'ids',
  )
}

/** Refuses a template that was not approved, or whose blanks are filled wrongly. */
export function checkTemplate(given: z.infer<typeof template>, approved: Map<string, Approved>) {
  const known = approved.get(given.name)
  if (!known?.languages.includes(given.language.code)) {
    throw new GraphError(132001, 'no such template in this language', 404)
  }
  const texts = given.components.flatMap(({ parameters }) => parameters.map((one) => one.text))
  if (texts.length !== known.blanks) throw new GraphError(132000, 'number of parameters')
  if (texts.some((one) => /[\n\t]| {4}/.test(one))) throw new GraphError(132018, 'parameter text')
  if (texts.join('').length > maxTemplate) throw new GraphError(132005, 'too long')
}

/** What the person sees of a message. */
export function seen(id: string, given: Message): Reply {
  const key = given.biz_opaque_callback_data
  const reply = {
    id,
    type: given.type,
    at: Date.now(),
    choices: [],
    asksContact: false,
    ...(key && { key }),
  }
  switch (given.type) {
    case 'text':
      return { ...reply, text: given.text.body }
    case 'image':
      return { ...reply, text: given.image.caption ?? '', media: given.image.id }
    case 'document':
      return {
        ...{ ...reply, text: given.document.caption ?? '', media: given.document.id },
        ...(given.document.filename && { file: given.document.filename }),
      }
    case 'template':
      return {
        ...reply,
        text: given.template.components
          .flatMap(({ parameters }) => parameters.map((one) => one.text))
          .join(' | '),
      }
    case 'interactive':
      return { ...reply, ...seenChoices(given.interactive), text: given.interactive.body.text }
  }
}

function seenChoices(given: z.infer<typeof interactive>): Partial<Reply> {
  if (given.type === 'request_contact_info') return { asksContact: true }
  if (given.type === 'button') {
    const choices = given.action.buttons.map(({ reply }) => ({
      label: reply.title,
      id: reply.id,
      is: 'button_reply' as const,
    }))
    return { choices }
  }
  const rows = given.action.sections.flatMap((one) => one.rows)
  const choices = rows.map(({ id, title, description }) => ({
    label: description ?? title,
    id,
    is: 'list_reply' as const,
  }))
  return { choices }
}
