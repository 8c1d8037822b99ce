// Inflates one entry of a zip file, and no more of it than its directory said: that may be a lie.
import { isAscii } from 'node:buffer'
import { crc32, inflateRawSync } from 'node:zlib'
import { maxPartBytes } from './limits.ts'
import { RosterRefused } from './refused.ts'
import type { ZipEntry } from './zip-directory.ts'

/** Bytes that become words at once: quick, and little enough to stay near the processor. */
const WINDOW_BYTES = 128 * 1024

/** The entry's bytes. Throws RosterRefused when they are more, fewer or others than was said. */
function inflate({ method, data, size, crc }: ZipEntry): Buffer {
  const bytes = method === 0 ? data : unpack(data, size)
  if (bytes.length !== size || crc32(bytes) !== crc) throw new RosterRefused('broken')
  return bytes
}

/** One byte more than was said is one too many; nothing beyond it is inflated. */
function unpack(data: Buffer, size: number): Buffer {
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(1, size), chunkSize: size + 64 })
  } catch (error) {
    const isMore = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    throw new RosterRefused(isMore ? 'unsafe' : 'broken')
  }
}

/** The entry's words (UTF-8), piece by piece; pieces do not end inside a character. */
export function* inflateText(entry: ZipEntry): Generator<string> {
  const bytes = inflate(entry)
  if (isUtf16(bytes)) throw new RosterRefused('broken')
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  while (at < bytes.length) {
    let end = Math.min(bytes.length, at + WINDOW_BYTES)
    while (isInside(bytes[end]) && end > at + 1) end -= 1
    const window = bytes.subarray(at, end)
    // To take plain letters as they are is ten times as quick as to read them as UTF-8.
    yield window.toString(isAscii(window) ? 'latin1' : 'utf8')
    at = end
  }
}

/** Whether a byte goes on with a character that began before it. */
function isInside(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80
}

function isUtf16(bytes: Buffer): boolean {
  return bytes[0] === 0xff || bytes[0] === 0xfe || bytes[0] === 0 || bytes[1] === 0
}

/** All words of a small part at once. Throws RosterRefused when it is not small. */
export function inflatePart(entry: ZipEntry): string {
  if (entry.size > maxPartBytes) throw new RosterRefused('unsafe')
  return [...inflateText(entry)].join('')
}
