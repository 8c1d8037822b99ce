// Inflates one entry of a zip file, and no more of it than its directory said: that may be a lie.
import { StringDecoder } from 'node:string_decoder'
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
  const decoder = new StringDecoder('utf8')
  if (isUtf16(bytes)) throw new RosterRefused('broken')
  let at = bytes.indexOf('\ufeff') === 0 ? 3 : 0
  for (; at < bytes.length; at += WINDOW_BYTES) {
    yield decoder.write(bytes.subarray(at, at + WINDOW_BYTES))
  }
  yield decoder.end()
}

function isUtf16(bytes: Buffer): boolean {
  return bytes[0] === 0xff || bytes[0] === 0xfe || bytes[0] === 0 || bytes[1] === 0
}

/** All words of a small part at once. Throws RosterRefused when it is not small. */
export function inflatePart(entry: ZipEntry): string {
  if (entry.size > maxPartBytes) throw new RosterRefused('unsafe')
  return [...inflateText(entry)].join('')
}
