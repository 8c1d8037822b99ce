// Calls from outside, whatever platform they say they are from: a proof compared, a body read.
import { createHash, timingSafeEqual } from 'node:crypto'

/** Compared by hash: neither the length nor the first wrong letter shows in the time it takes. */
export function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(hashed(given), hashed(expected))
}

function hashed(words: string): Buffer {
  return createHash('sha256').update(words).digest()
}

/** The JSON of a raw body; undefined when it is none, or no UTF-8. */
export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined
  }
}
