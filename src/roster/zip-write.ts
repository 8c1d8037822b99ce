// Writes zip files: new entries are deflated, entries of another file are taken over byte by byte.
import { crc32, createDeflateRaw } from 'node:zlib'
import type { ZipEntry } from './zip-directory.ts'

/** 1 January 1980, the first day of this format: files of the same content are the same bytes. */
const NO_DAY = 0x21
const VERSION = 20
/** Names are UTF-8. */
const FLAGS = 0x0800

/** One entry of these words, deflated as they come in. */
export async function packEntry(name: string, words: Iterable<string>): Promise<ZipEntry> {
  const stream = createDeflateRaw()
  const packed: Buffer[] = []
  const done = (async () => {
    for await (const chunk of stream) packed.push(chunk as Buffer)
  })()
  let crc = 0
  let size = 0
  for (const text of words) {
    const bytes = Buffer.from(text, 'utf8')
    crc = crc32(bytes, crc)
    size += bytes.length
    if (!stream.write(bytes)) await new Promise((resolve) => stream.once('drain', resolve))
  }
  stream.end()
  await done
  return { name, method: 8, crc, size, data: Buffer.concat(packed) }
}

/** A zip file of these entries in this order. */
export function writeZip(entries: Iterable<ZipEntry>): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const entry of entries) {
    const name = Buffer.from(entry.name, 'utf8')
    directory.push(directoryHeader(entry, name.length, at), name)
    const local = localHeader(entry, name.length)
    parts.push(local, name, entry.data)
    at += local.length + name.length + entry.data.length
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0)
  return Buffer.concat([...parts, ...directory, endRecord(directory.length / 2, size, at)])
}

/** What both headers of an entry say. */
function writeFacts(header: Buffer, at: number, { method, crc, size, data }: ZipEntry) {
  header.writeUInt16LE(VERSION, at)
  header.writeUInt16LE(FLAGS, at + 2)
  header.writeUInt16LE(method, at + 4)
  header.writeUInt16LE(NO_DAY, at + 8)
  header.writeUInt32LE(crc, at + 10)
  header.writeUInt32LE(data.length, at + 14)
  header.writeUInt32LE(size, at + 18)
}

function localHeader(entry: ZipEntry, nameLength: number): Buffer {
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  writeFacts(header, 4, entry)
  header.writeUInt16LE(nameLength, 26)
  return header
}

function directoryHeader(entry: ZipEntry, nameLength: number, offset: number): Buffer {
  const header = Buffer.alloc(46)
  header.writeUInt32LE(0x02014b50, 0)
  header.writeUInt16LE(VERSION, 4)
  writeFacts(header, 6, entry)
  header.writeUInt16LE(nameLength, 28)
  header.writeUInt32LE(offset, 42)
  return header
}

function endRecord(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return end
}
