// A message as each channel would show it, made by what makes the message itself. Pure.
import type { Book } from '../core/book.ts'
import type { Outbound } from '../core/message.ts'
import type { Shown, ShownMessage } from '../web/office/visit.ts'
import type { Attached } from './attached.ts'
import { numbered } from './numbered.ts'
import { encode as encodeTelegram, maxCaption } from './telegram/encode.ts'
import { encode as encodeWhatsapp } from './whatsapp/encode.ts'
import { isCaption } from './whatsapp-cloud/encode.ts'
import { fillTemplate } from './whatsapp-cloud/window.ts'

/** What showing rests on. */
type Known = Pick<Book, 'templates' | 'branch'>

/** The messages that a person would see on a channel. */
export function showOn(book: Known, channel: string, message: Outbound): Shown {
  if (channel === 'telegram') return { messages: onTelegram(message) }
  if (channel === 'whatsapp') return { messages: onWhatsapp(message) }
  if (channel === 'whatsapp-cloud') return onCloud(book, message)
  const labels = (message.choices ?? []).map(({ label }) => label)
  return { messages: [{ text: message.text, choices: labels, hasFile: hasFile(message) }] }
}

function hasFile({ document, picture, file }: Outbound): boolean {
  return [document, picture, file].some((one) => one !== undefined)
}

function onTelegram(message: Outbound): ShownMessage[] {
  const { text, markup } = encodeTelegram(message, undefined)
  const rows = markup && 'inline_keyboard' in markup ? markup.inline_keyboard : []
  const words = { text, choices: rows.flat().map((button) => button.text), hasFile: false }
  if (!hasFile(message)) return [words]
  if (text.length <= maxCaption) return [{ ...words, hasFile: true }]
  return [{ text: '', choices: [], hasFile: true }, words]
}

const anyFile: Attached = {
  ...{ kind: 'file', name: '', mime: '', bytes: Buffer.of() },
}

function onWhatsapp(message: Outbound): ShownMessage[] {
  return encodeWhatsapp(message, hasFile(message) ? anyFile : undefined).map((one) => ({
    ...{ text: one.text, choices: [], hasFile: one.attached !== undefined },
  }))
}

/** Campaigns have no buttons there: words say what to type. */
function onCloud(book: Known, message: Outbound): Shown {
  const known = book.templates.campaign
  const template = known && { ...known, name: message.template ?? known.name }
  const fills = template && fillTemplate(message, template, book.branch.operator)
  const words = { text: numbered(message), choices: [], hasFile: false }
  const isApart = hasFile(message) && !isCaption(message)
  const apart = { text: '', choices: [], hasFile: true }
  return {
    messages: isApart ? [apart, words] : [{ ...words, hasFile: hasFile(message) }],
    template: template && fills ? { name: template.name, fills } : 'none',
  }
}
