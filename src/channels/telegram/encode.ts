// One outbound message → what Telegram's sendMessage takes besides the chat. Pure.
import type { InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove } from 'grammy/types'
import type { Choice, Outbound } from '../../core/message.ts'

/** Longest words under a picture, in UTF-16 units (Bot API, sendPhoto). */
export const maxCaption = 1_024

/** Longest label in graphemes that a narrow phone shows on one button. */
const maxLabel = 40

/** What goes under a message. */
export type Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove

/** The words and what goes under them. */
export interface Encoded {
  text: string
  /** Nothing where the message is to be changed: Telegram changes none with a keyboard. */
  markup: Markup | undefined
}

/**
 * Fits a message to Telegram: choices as buttons, one a row. With `sharePhoneLabel` a message that
 * wants the phone gets the button that shares it; its choices then come back as typed labels.
 */
export function encode(message: Outbound, sharePhoneLabel: string | undefined): Encoded {
  return { text: message.text, markup: markupOf(message, sharePhoneLabel) }
}

function markupOf(message: Outbound, sharePhoneLabel: string | undefined): Markup | undefined {
  if (message.isChanged) return undefined
  const choices = message.choices ?? []
  if (message.wantsPhone && sharePhoneLabel !== undefined) {
    const rows = choices.map((choice) => [{ text: choice.label }])
    const keyboard = [[{ text: sharePhoneLabel, request_contact: true as const }], ...rows]
    return { keyboard, resize_keyboard: true, one_time_keyboard: true }
  }
  if (choices.length > 0) return { inline_keyboard: choices.map((choice) => [button(choice)]) }
  // Without state there is no knowing whether a phone
  // keyboard is still open: removing none is harmless.
  return { remove_keyboard: true }
}

function button(choice: Choice): { text: string; callback_data: string } {
  return { text: shortened(choice.label), callback_data: choice.press }
}

const graphemesOf = new Intl.Segmenter('id')

function shortened(label: string): string {
  // A grapheme is one unit or more: most labels need not be taken apart.
  if (label.length <= maxLabel) return label
  const graphemes = [...graphemesOf.segment(label)].map(({ segment }) => segment)
  if (graphemes.length <= maxLabel) return label
  return `${graphemes
    .slice(0, maxLabel - 1)
    .join('')
    .trimEnd()}…`
}
