// One outbound message → the WhatsApp messages that carry it. Pure.
import type { Outbound } from '../../core/message.ts'
import { must } from '../../core/must.ts'
import { numbered } from '../numbered.ts'
import type { WaContent } from './port.ts'

/** Longest text of one message, in UTF-16 units: what WhatsApp's own apps take. */
export const maxText = 65_536

/** Longest words under a picture or file: beyond this the apps hide them. */
const maxCaption = 1_024

/**
 * Choices as numbered lines. The last of the messages carries the words; only where they are too
 * long to stand under what is attached are there two. Throws when even a message alone is too short
 * for them: no flow that was loaded has such words.
 */
export function encode(message: Outbound, attached?: WaContent['attached']): WaContent[] {
  const text = numbered(message)
  must(text.length <= maxText, 'words that fit one message')
  if (!attached) return [{ text }]
  if (text.length <= maxCaption) return [{ text, attached }]
  return [{ text: '', attached }, { text }]
}
