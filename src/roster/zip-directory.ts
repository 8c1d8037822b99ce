// Reads the directory of a zip file and refuses what is not safe, before anything is inflated.
import { maxEntries, maxInflatedBytes, maxRatio, ratioFromBytes } from './limits.ts'
import { RosterRefused } from './refused.ts'

/** One file in a zip file. */
export interface ZipEntry {
  name: string
  /** 0 stored as it is, 8 deflated. */
  method: number
  crc: number
  /** Bytes once inflated, as the directory says. */
  size: number
  /** The bytes as they stand in the file. */
  data: Buffer
}

const END_SIZE = 22
const LONGEST_COMMENT = 65_535
const DIRECTORY_SIZE = 46
const LOCAL_SIZE = 30
const IN_ZIP64 = 0xffff_ffff
/** Bits of an entry that is encrypted, wholly or in its directory. */
const LOCKED_BITS = 0x2041
const NESTED = /\.(zip|xlsx|xlsm|xlsb|docx|docm|pptx|ods|odt|jar|rar|7z|gz|tgz|bz2|xz|tar|exe)$/i

/** The entries by name. Throws RosterRefused for files that Excel would not have written. */
export function readZipDirectory(file: Buffer): Map<string, ZipEntry> {
  const end = findEnd(file)
  const count = file.readUInt16LE(end + 10)
  const start = file.readUInt32LE(end + 16)
  if (count > maxEntries) throw new RosterRefused('unsafe')
  if (file.readUInt16LE(end + 8) !== count || start + file.readUInt32LE(end + 12) !== end) {
    throw new RosterRefused('broken')
  }
  const entries = new Map<string, ZipEntry>()
  const taken: [from: number, to: number][] = []
  let at = start
  for (let index = 0; index < count; index++) {
    if (at + DIRECTORY_SIZE > end || file.readUInt32LE(at) !== 0x02014b50) {
      throw new RosterRefused('broken')
    }
    const { entry, from, to, next } = readEntry(file, at, start)
    if (entries.has(entry.name)) throw new RosterRefused('unsafe')
    entries.set(entry.name, entry)
    taken.push([from, to])
    at = next
  }
  checkSizes([...entries.values()])
  checkOverlaps(taken)
  return entries
}

/** Where the end record begins: its comment must reach to the last byte of the file. */
function findEnd(file: Buffer): number {
  const first = Math.max(0, file.length - END_SIZE - LONGEST_COMMENT)
  for (let at = file.length - END_SIZE; at >= first; at--) {
    const isEnd = file.readUInt32LE(at) === 0x06054b50
    if (isEnd && at + END_SIZE + file.readUInt16LE(at + 20) === file.length) return at
  }
  throw new RosterRefused('broken')
}

function readEntry(file: Buffer, at: number, directory: number) {
  const flags = file.readUInt16LE(at + 8)
  const method = file.readUInt16LE(at + 10)
  const packed = file.readUInt32LE(at + 20)
  const size = file.readUInt32LE(at + 24)
  const nameLength = file.readUInt16LE(at + 28)
  const local = file.readUInt32LE(at + 42)
  const name = file.toString('utf8', at + DIRECTORY_SIZE, at + DIRECTORY_SIZE + nameLength)
  if (flags & LOCKED_BITS) throw new RosterRefused('locked')
  if ([packed, size, local].includes(IN_ZIP64)) throw new RosterRefused('broken')
  if (method !== 0 && method !== 8) throw new RosterRefused('broken')
  checkName(name)
  const from = findData(file, local, name)
  if (from + packed > directory) throw new RosterRefused('broken')
  const data = file.subarray(from, from + packed)
  if (method === 0 && packed !== size) throw new RosterRefused('broken')
  if (method === 0 && data.toString('latin1', 0, 2) === 'PK') throw new RosterRefused('unsafe')
  const next = at + DIRECTORY_SIZE + nameLength + skipped(file, at)
  const entry = { name, method, crc: file.readUInt32LE(at + 16), size, data }
  return { entry, from: local, to: from + packed, next }
}

/** Bytes of the extra field and the comment. */
function skipped(file: Buffer, at: number): number {
  return file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32)
}

function checkName(name: string) {
  const isAstray = /(^|[/\\])\.\.([/\\]|$)|^[/\\]|^[a-z]:|\\|[\u0000-\u001f]/i.test(name)
  if (name === '' || isAstray || NESTED.test(name)) throw new RosterRefused('unsafe')
}

/** Where an entry's bytes begin; the header before them must speak of the same entry. */
function findData(file: Buffer, local: number, name: string): number {
  if (local + LOCAL_SIZE > file.length || file.readUInt32LE(local) !== 0x04034b50) {
    throw new RosterRefused('broken')
  }
  const nameEnd = local + LOCAL_SIZE + file.readUInt16LE(local + 26)
  if (file.toString('utf8', local + LOCAL_SIZE, nameEnd) !== name) throw new RosterRefused('unsafe')
  return nameEnd + file.readUInt16LE(local + 28)
}

function checkSizes(entries: ZipEntry[]) {
  const total = entries.reduce((sum, { size }) => sum + size, 0)
  const isBomb = ({ size, data }: ZipEntry) =>
    size > ratioFromBytes && size > data.length * maxRatio
  if (total > maxInflatedBytes || entries.some(isBomb)) throw new RosterRefused('unsafe')
}

/** Entries that share their bytes make a small file inflate to a huge one. */
function checkOverlaps(taken: [from: number, to: number][]) {
  taken.sort(([from], [other]) => from - other)
  const overlaps = taken.some(([, to], index) => to > (taken[index + 1]?.[0] ?? to))
  if (overlaps || taken[0]?.[0] !== 0) throw new RosterRefused('unsafe')
}
