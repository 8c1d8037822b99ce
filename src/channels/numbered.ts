// Choices as numbered lines below the words, for channels that have no buttons.
import type { Outbound } from '../core/message.ts'

/** The text with its choices as a numbered list; the number is what may be typed. */
export function numbered({ text, choices = [] }: Outbound): string {
  const list = choices.map(({ label }, i) => `${i + 1}. ${label}`)
  return list.length === 0 ? text : `${text}\n\n${list.join('\n')}`
}
