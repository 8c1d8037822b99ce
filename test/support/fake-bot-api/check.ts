// What Telegram refuses in a message: its text, its entities and what stands under it.
import { z } from 'zod'
import { badRequest, type Params } from './types.ts'

/** Refuses parameters that the fake does not know: a misspelt one would silently do nothing. */
export function checkNames(params: Params, known: string[]): void {
  const unknown = Object.keys(params).find((name) => !known.includes(name))
  if (unknown !== undefined) throw badRequest(`unknown parameter "${unknown}"`)
}

/** The integer of a parameter, sent as a number or as digits. */
export function findInteger(params: Params, name: string): number | undefined {
  const value = params[name]
  if (value === undefined) return undefined
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value
  if (!Number.isSafeInteger(number)) throw badRequest(`parameter "${name}" must be an integer`)
  return number as number
}

/** The text of a message, 1 to `max` UTF-16 units after trimming, without lone surrogates. */
export function checkText(value: unknown, max: number, tooLong: string): string {
  if (value === undefined) throw badRequest('message text is empty')
  if (typeof value !== 'string') throw badRequest('message text must be a string')
  if (/\p{Surrogate}/u.test(value)) throw badRequest('strings must be encoded in UTF-8')
  const text = value.trim()
  if (text === '') throw badRequest('message text is empty')
  if (text.length > max) throw badRequest(tooLong)
  return text
}

const entity = z.object({
  type: z.enum([
    'mention',
    'hashtag',
    'url',
    'email',
    'phone_number',
    'bold',
    'italic',
    'underline',
    'strikethrough',
    'spoiler',
    'code',
    'pre',
    'text_link',
    'bot_command',
  ]),
  offset: z.int().min(0),
  length: z.int().min(1),
  url: z.string().optional(),
  language: z.string().optional(),
})

/** Entities must be known and lie within the text; parse modes are refused, this bot has none. */
export function checkEntities(params: Params, text: string): unknown[] {
  if (params.parse_mode !== undefined) throw badRequest('unsupported parse_mode')
  if (params.entities === undefined) return []
  const entities = z.array(entity).safeParse(params.entities)
  if (!entities.success) throw badRequest("can't parse entities")
  for (const { offset, length } of entities.data) {
    if (offset + length > text.length) throw badRequest('entity is out of the text')
  }
  return entities.data
}

const inlineButton = z.strictObject({
  text: z.string(),
  callback_data: z.string().optional(),
  url: z.url().optional(),
})
const keyButton = z.strictObject({
  text: z.string(),
  request_contact: z.boolean().optional(),
  request_location: z.boolean().optional(),
})
const markups = z.union([
  z.strictObject({ inline_keyboard: z.array(z.array(inlineButton)) }),
  z.strictObject({
    keyboard: z.array(z.array(z.union([z.string().min(1), keyButton]))).min(1),
    resize_keyboard: z.boolean().optional(),
    one_time_keyboard: z.boolean().optional(),
    is_persistent: z.boolean().optional(),
    input_field_placeholder: z.string().max(64).optional(),
    selective: z.boolean().optional(),
  }),
  z.strictObject({ remove_keyboard: z.literal(true), selective: z.boolean().optional() }),
  z.strictObject({ force_reply: z.literal(true), selective: z.boolean().optional() }),
])

/** What may stand under a message. */
export type Markup = z.infer<typeof markups>

/** Checks a reply_markup as far as this bot could get it wrong. */
export function checkMarkup(value: unknown): Markup | undefined {
  if (value === undefined) return undefined
  const markup = markups.safeParse(value)
  if (!markup.success) throw badRequest("can't parse reply keyboard markup JSON object")
  if ('inline_keyboard' in markup.data) {
    const buttons = markup.data.inline_keyboard.flat()
    if (buttons.length > 100) throw badRequest('REPLY_MARKUP_TOO_LONG')
    for (const button of buttons) checkButton(button)
  }
  return markup.data
}

function checkButton({ text, callback_data, url }: z.infer<typeof inlineButton>): void {
  if (text.trim() === '') throw badRequest('inline keyboard button text must be non-empty')
  if ((callback_data === undefined) === (url === undefined)) {
    throw badRequest("can't parse inline keyboard button: exactly one action must be given")
  }
  const bytes = Buffer.byteLength(callback_data ?? 'x')
  if (bytes < 1 || bytes > 64) throw badRequest('BUTTON_DATA_INVALID')
}

const command = /^[a-z0-9_]{1,32}$/

/** Checks the list of a commands menu. */
export function checkCommands(value: unknown): void {
  const list = z.array(z.strictObject({ command: z.string(), description: z.string() }))
  const commands = list.max(100).safeParse(value)
  if (!commands.success) throw badRequest("can't parse commands")
  for (const { command: name, description } of commands.data) {
    if (!command.test(name)) throw badRequest('BOT_COMMAND_INVALID')
    if (description.length < 1 || description.length > 256) {
      throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID')
    }
  }
}
