// Turns the bytes of a text file into words, whichever way it was written.
import { isUtf8 } from 'node:buffer'
import { RosterRefused } from './refused.ts'

/** How a text file is written. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** The words with how they were written. */
export interface Decoded {
  text: string
  encoding: Encoding
  hasMark: boolean
}

/** Letters that Windows-1252 has where Latin-1 has controls, from 0x80 on. */
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** The words of a text file. Throws RosterRefused for what is no text. */
export function decodeText(file: Buffer): Decoded {
  const { encoding, skip } = findEncoding(file)
  const bytes = file.subarray(skip)
  const text =
    encoding === 'windows-1252' ? fromWindows(bytes) : new TextDecoder(encoding).decode(bytes)
  const strange = text.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffd]/g)?.length ?? 0
  if (text.includes('\0') || strange > text.length / 100) throw new RosterRefused('kind-other')
  return { text, encoding, hasMark: skip > 0 }
}

function findEncoding(file: Buffer): { encoding: Encoding; skip: number } {
  if (file[0] === 0xef && file[1] === 0xbb && file[2] === 0xbf) {
    return { encoding: isUtf8(file) ? 'utf-8' : 'windows-1252', skip: 3 }
  }
  if (file[0] === 0xff && file[1] === 0xfe) return { encoding: 'utf-16le', skip: 2 }
  if (file[0] === 0xfe && file[1] === 0xff) return { encoding: 'utf-16be', skip: 2 }
  // Without a mark, plain words in UTF-16 have nothing in every other byte.
  if (file.length > 3 && file[1] === 0 && file[3] === 0) return { encoding: 'utf-16le', skip: 0 }
  return { encoding: isUtf8(file) ? 'utf-8' : 'windows-1252', skip: 0 }
}

/** Node's own decoder takes these bytes for Latin-1. */
function fromWindows(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, (letter) => WINDOWS[letter.charCodeAt(0) - 0x80] ?? letter)
}

/** Bytes that `decodeText` reads as these words; what an encoding lacks becomes a question mark. */
export function encodeText({ text, encoding, hasMark }: Decoded): Buffer {
  const marked = hasMark && encoding !== 'windows-1252' ? `\ufeff${text}` : text
  if (encoding === 'utf-8') return Buffer.from(marked, 'utf8')
  if (encoding !== 'windows-1252') {
    const bytes = Buffer.from(marked, 'utf16le')
    return encoding === 'utf-16be' ? bytes.swap16() : bytes
  }
  const bytes = Buffer.alloc(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = toWindows(text.charCodeAt(at))
  return bytes
}

function toWindows(code: number): number {
  const place = WINDOWS.indexOf(String.fromCharCode(code))
  if (place >= 0) return 0x80 + place
  return code < 0x100 ? code : 0x3f
}
