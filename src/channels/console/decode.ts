// What the terminal sends, read as an Inbound.
import type { Inbound } from '../../core/message.ts'

const addressShape = /^[\p{L}\p{N}._-]{1,64}$/u
const idShape = /^[A-Za-z0-9-]{8,64}$/

/** The name somebody talks under, from the first line `{ as }`; undefined when it is not one. */
export function decodeAddress(line: Record<string, unknown>): string | undefined {
  return typeof line.as === 'string' && addressShape.test(line.as) ? line.as : undefined
}

/**
 * Reads `{ id, words }`. Empty words are a start: whoever just presses Enter wants to begin.
 * Undefined for anything else. `at` is ISO 8601 in UTC.
 */
export function decode(
  { id, words }: Record<string, unknown>,
  address: string,
  at: string,
): Inbound | undefined {
  if (typeof id !== 'string' || !idShape.test(id) || typeof words !== 'string') return undefined
  const kind = words.trim() === '' ? 'start' : 'text'
  return { channel: 'console', address, externalId: id, kind, words: words.trim(), at }
}
