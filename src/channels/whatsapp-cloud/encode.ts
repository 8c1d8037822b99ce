// One outbound message → what the Cloud API takes besides the recipient. Pure; nothing is cut.
import type { Choice, Outbound } from '../../core/message.ts'
import type { Attached } from '../attached.ts'
import { numbered } from '../numbered.ts'

/** Longest words in each shape, in UTF-16 units, and how many choices it has room for. */
const limits = {
  text: 4_096,
  buttons: { count: 3, label: 20, body: 1_024 },
  list: { count: 10, title: 24, description: 72, body: 4_096 },
  contactRequest: { body: 1_024 },
  caption: 1_024,
}

/** The content of one message, as the Messages API has it. */
export type Content = { type: string } & Record<string, unknown>

/**
 * Fits words and choices to the platform: reply buttons where all fit, else a list, else numbers
 * in the text; rarely two messages. `listLabel` opens a list; at most 20 UTF-16 units.
 */
export function encode(message: Outbound, listLabel: string): Content[] {
  const { text, choices = [] } = message
  const fitted = message.wantsPhone
    ? encodeContactRequest(numbered(message))
    : (encodeButtons(text, choices) ?? encodeList(text, choices, listLabel))
  return fitted ? [fitted] : encodePlain(message)
}

/** The message as plain text, choices as numbers: what every phone shows. */
export function encodePlain(message: Outbound): Content[] {
  const whole = numbered(message)
  if (whole.length <= limits.text) return [encodeText(whole)]
  return [encodeText(message.text), encodeText(numbered({ ...message, text: '' }).trim())]
}

function encodeText(body: string): Content {
  return { type: 'text', text: { body, preview_url: false } }
}

/** A picture or file that was uploaded, with the words under it where they fit. */
export function encodeMedia(message: Outbound, { kind, name }: Attached, id: string): Content {
  const caption = isCaption(message) ? { caption: message.text } : {}
  if (kind === 'picture') return { type: 'image', image: { id, ...caption } }
  return { type: 'document', document: { id, filename: name, ...caption } }
}

/** Whether the words can stand under the message's own picture or file. */
export function isCaption({ text, choices = [], wantsPhone }: Outbound): boolean {
  return choices.length === 0 && !wantsPhone && text.length <= limits.caption
}

function encodeContactRequest(text: string): Content | undefined {
  if (text.length > limits.contactRequest.body) return undefined
  return interactive('request_contact_info', text, { name: 'request_contact_info' })
}

function encodeButtons(text: string, choices: Choice[]): Content | undefined {
  const { count, label: longest, body } = limits.buttons
  const hasRoom = choices.length > 0 && choices.length <= count && text.length <= body
  if (!hasRoom || !areFit(choices, longest)) return undefined
  const buttons = choices.map(({ label, press }) => ({
    type: 'reply',
    reply: { id: press, title: label },
  }))
  return interactive('button', text, { buttons })
}

/** A label too long for a row's title stands whole below its number. */
function encodeList(text: string, choices: Choice[], listLabel: string): Content | undefined {
  const { count, title, description, body } = limits.list
  const hasRoom = choices.length > 0 && choices.length <= count && text.length <= body
  if (!hasRoom || !areFit(choices, description)) return undefined
  const isShort = areFit(choices, title)
  const rows = choices.map(({ label, press }, index) =>
    isShort
      ? { id: press, title: label }
      : { id: press, title: String(index + 1), description: label },
  )
  return interactive('list', text, {
    button: listLabel,
    sections: [{ title: listLabel, rows }],
  })
}

/** The platform refuses labels that are empty, too long or the same as another. */
function areFit(choices: Choice[], longest: number): boolean {
  const labels = new Set(choices.map(({ label }) => label.trim()))
  const hasAll = labels.size === choices.length && !labels.has('')
  return hasAll && choices.every(({ label }) => label.length <= longest)
}

function interactive(type: string, text: string, action: object): Content {
  return { type: 'interactive', interactive: { type, body: { text }, action } }
}
