// Inflates one entry of a zip file bit by bit, counting: what its directory said may be a lie.
import { StringDecoder } from 'node:string_decoder'
import { crc32, createInflateRaw } from 'node:zlib'
import { maxPartBytes } from './limits.ts'
import { RosterRefused } from './refused.ts'
import type { ZipEntry } from './zip-directory.ts'

const CHUNK_BYTES = 64 * 1024

/** The entry's bytes. Throws RosterRefused when they are more, fewer or others than was said. */
export async function* inflate(entry: ZipEntry): AsyncGenerator<Buffer> {
  let size = 0
  let crc = 0
  for await (const chunk of unpack(entry)) {
    size += chunk.length
    if (size > entry.size) throw new RosterRefused('unsafe')
    crc = crc32(chunk, crc)
    yield chunk
  }
  if (size !== entry.size || crc !== entry.crc) throw new RosterRefused('broken')
}

async function* unpack({ method, data }: ZipEntry): AsyncGenerator<Buffer> {
  if (method === 0) {
    for (let at = 0; at < data.length; at += CHUNK_BYTES) yield data.subarray(at, at + CHUNK_BYTES)
    return
  }
  const stream = createInflateRaw({ chunkSize: CHUNK_BYTES })
  stream.end(data)
  try {
    for await (const chunk of stream) yield chunk as Buffer
  } catch {
    throw new RosterRefused('broken')
  }
}

/** The entry's words (UTF-8), piece by piece; pieces do not end inside a character. */
export async function* inflateText(entry: ZipEntry): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8')
  let isFirst = true
  for await (const chunk of inflate(entry)) {
    if (isFirst && isUtf16(chunk)) throw new RosterRefused('broken')
    const text = decoder.write(chunk)
    yield isFirst ? text.replace(/^\ufeff/, '') : text
    isFirst = false
  }
  yield decoder.end()
}

function isUtf16(chunk: Buffer): boolean {
  return chunk[0] === 0xff || chunk[0] === 0xfe || chunk[0] === 0 || chunk[1] === 0
}

/** All words of a small part at once. Throws RosterRefused when it is not small. */
export async function inflatePart(entry: ZipEntry): Promise<string> {
  if (entry.size > maxPartBytes) throw new RosterRefused('unsafe')
  let text = ''
  for await (const piece of inflateText(entry)) text += piece
  return text
}
