// A file that somebody sent, as it stands in a message: where its channel finds it, and its name.
import type { Reader } from './reading.ts'

/** Where the channel finds a file, and how the person called it. */
export interface SentFile {
  /** The channel's own id of the file; holds no blank. */
  handle: string
  name: string
}

/** Longest name that is kept, in UTF-16 units. */
const longestName = 120

/** A file as the words of an inbound message. */
export function writeSentFile({ handle, name }: SentFile): string {
  return `${handle} ${name.slice(0, longestName)}`
}

/** The file that such words stand for. */
export function readSentFile(words: string): SentFile {
  const [handle = ''] = words.split(' ', 1)
  return { handle, name: words.slice(handle.length + 1) }
}

/** A handle, a blank, the name, which may be missing. */
const shape = /^[^\s\0]+ /

/**
 * Reads the words of a message that is a file. Phrases: document-elsewhere, where the channel
 * cannot fetch files.
 */
export const documentReader: Reader = {
  read: (words) =>
    shape.test(words)
      ? { kind: 'value', value: words }
      : { kind: 'wrong', say: 'document-elsewhere' },
  holds: (value) => typeof value === 'string' && shape.test(value),
  show: (value) => readSentFile(String(value)).name,
}
