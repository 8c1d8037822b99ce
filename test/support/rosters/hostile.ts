// Files that mean harm, each with the refusal that it deserves.
import { crc32, deflateRawSync } from 'node:zlib'
import type { Refusal } from '../../../src/core/roster/refusal.ts'
import { writeZip } from '../../../src/roster/zip-write.ts'
import { buildXlsx, packNow } from './build-xlsx.ts'

const MB = 1024 * 1024
const SHEET = 'xl/worksheets/sheet1.xml'
const HEADINGS = ['NIK', 'Nama', 'Jabatan']
const PERSON = ['6302051203850001', 'Budi Rekaan', 'Kadus']

/** A good workbook with some parts changed. */
function workbookWith(parts: Record<string, string | Buffer | undefined>): Buffer {
  return buildXlsx({ sheets: [{ name: 'Daftar', rows: [HEADINGS, PERSON] }], parts })
}

/** A whole sheet with these rows. */
export function sheetOf(rows: string): string {
  return `<worksheet><sheetData>${rows}</sheetData></worksheet>`
}

/** A zip file with the entry whose directory says so many bytes more or fewer. */
function lying(name: string, content: Buffer, said: number): Buffer {
  const entry = { name, method: 8, crc: crc32(content), size: said, data: deflateRawSync(content) }
  const good = ['_rels/.rels', 'xl/workbook.xml', 'xl/_rels/workbook.xml.rels']
  const whole = buildXlsx({ sheets: [{ name: 'Daftar', rows: [HEADINGS] }] })
  return writeZip([...takeFrom(whole, good), entry])
}

function takeFrom(file: Buffer, names: string[]) {
  const found: ReturnType<typeof packNow>[] = []
  for (let at = 0; file.readUInt32LE(at) === 0x04034b50; ) {
    const nameEnd = at + 30 + file.readUInt16LE(at + 26)
    const end = nameEnd + file.readUInt32LE(at + 18)
    const name = file.toString('utf8', at + 30, nameEnd)
    const [crc, size] = [file.readUInt32LE(at + 14), file.readUInt32LE(at + 22)]
    found.push({ name, method: 8, crc, size, data: file.subarray(nameEnd, end) })
    at = end
  }
  return found.filter(({ name }) => names.includes(name))
}

function locked(file: Buffer): Buffer {
  const copy = Buffer.from(file)
  const directory = copy.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))
  copy.writeUInt16LE(copy.readUInt16LE(directory + 8) | 1, directory + 8)
  return copy
}

/** A workbook of which every column down to XFD holds something. */
function wideSheet(): string {
  const cells = Array.from({ length: 16_384 }, (_, column) => `<c><v>${column * 7_919}</v></c>`)
  return sheetOf(`<row r="1">${cells.join('')}</row>`)
}

/** Two entries of which one lies in the bytes of the other: what is sent once inflates twice. */
function overlapping(): Buffer {
  const inner = packNow('b.bin', 'x'.repeat(500))
  const alone = writeZip([inner])
  const bytes = Buffer.concat([Buffer.from('x'), alone.subarray(0, alone.indexOf('PK\x01\x02'))])
  const outer = { name: 'a.bin', method: 0, crc: crc32(bytes), size: bytes.length, data: bytes }
  const file = writeZip([outer, inner])
  const directory = file.lastIndexOf('PK\x01\x02')
  file.writeUInt32LE(30 + outer.name.length + 1, directory + 42)
  return file
}

const ENTITIES = `<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname">
<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>`

/** Each file with what it is called, made when it is asked for. */
export const hostileFiles: [what: string, make: () => Buffer, refusal: Refusal][] = [
  ['a bomb', () => workbookWith({ [SHEET]: Buffer.alloc(45 * MB, '<') }), 'unsafe'],
  ['lying sizes', () => lying(SHEET, Buffer.alloc(40 * MB, '<row>'), 60_000), 'unsafe'],
  ['a zip in the zip', () => workbookWith({ 'xl/embeddings/more.zip': 'PK' }), 'unsafe'],
  ['16,384 columns', () => workbookWith({ [SHEET]: wideSheet() }), 'too-many-columns'],
  ['cut off', () => workbookWith({}).subarray(0, 900), 'broken'],
  ['encrypted', () => locked(workbookWith({})), 'locked'],
  ['a picture', () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'kind-image'],
  ['a way out of the folder', () => workbookWith({ '../../etc/cron.d/x': 'x' }), 'unsafe'],
  [
    'entities from outside',
    () =>
      workbookWith({ [SHEET]: `${ENTITIES}${sheetOf('<row><c t="str"><v>&b;</v></c></row>')}` }),
    'unsafe',
  ],
  ['0 bytes', () => Buffer.alloc(0), 'empty'],
  [
    'a PDF that is a zip too',
    () => Buffer.concat([Buffer.from('%PDF-1.7\n'), workbookWith({})]),
    'kind-pdf',
  ],
  [
    'a workbook behind a program',
    () => Buffer.concat([Buffer.from('PK\x03\x04#!/bin/sh\n'), workbookWith({})]),
    'broken',
  ],
]

/** More files that are not read. */
export const strangeFiles: [what: string, make: () => Buffer, refusal: Refusal][] = [
  ['entries that share their bytes', overlapping, 'unsafe'],
  ['300 entries', () => workbookWith(manyParts(300)), 'unsafe'],
  ['60 MB in all', () => workbookWith(largeParts(4, 15 * MB)), 'unsafe'],
  ['an old Excel file', () => Buffer.from('d0cf11e0a1b11ae1'.padEnd(200, '0'), 'hex'), 'kind-xls'],
  [
    'a workbook with a password',
    () =>
      Buffer.concat([
        Buffer.from('d0cf11e0a1b11ae1', 'hex'),
        Buffer.from('EncryptedPackage', 'utf16le'),
      ]),
    'locked',
  ],
  ['a web page', () => Buffer.from('\ufeff<html><table><tr><td>NIK'), 'kind-html'],
  ['OpenDocument', () => workbookWith({ mimetype: 'application/vnd.oasis' }), 'kind-ods'],
  ['a plain zip', () => writeZip([packNow('foto.jpg', 'x')]), 'kind-zip'],
  ['an empty zip', () => writeZip([]), 'kind-zip'],
  ['no sheet where one is said to be', () => workbookWith({ [SHEET]: undefined }), 'broken'],
  ['nothing in the sheet', () => workbookWith({ [SHEET]: sheetOf('') }), 'empty'],
  ['a program', () => Buffer.from('7f454c4602010100'.padEnd(400, '0'), 'hex'), 'kind-other'],
  [
    'noise',
    () => Buffer.from(Array.from({ length: 5_000 }, (_, at) => (at * 7919) % 251)),
    'kind-other',
  ],
  ['too many rows', () => workbookWith({ [SHEET]: sheetOf(manyRows(25_001)) }), 'too-many-rows'],
  ['11 MB', () => Buffer.alloc(11 * MB, 'a;b\n'), 'too-large'],
  ['a quote that never ends', () => Buffer.from('NIK;Nama\n"6302;Budi\n'), 'broken'],
  ['a comment that never ends', () => workbookWith({ [SHEET]: '<worksheet><!-- ' }), 'broken'],
  ['other bytes than were counted', () => lying(SHEET, Buffer.from('<worksheet/>'), 400), 'broken'],
]

function manyParts(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`xl/media/${at}.bin`, 'x']))
}

function largeParts(count: number, bytes: number): Record<string, Buffer> {
  // Not so even that the ratio alone would give it away.
  const content = Buffer.alloc(bytes)
  for (let at = 0; at < bytes; at += 512) content.writeUInt32LE((at * 2_654_435_761) >>> 0, at)
  return Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`xl/media/${at}.bin`, content]),
  )
}

function manyRows(count: number): string {
  const row = (_: unknown, at: number) => `<row><c><v>${at * 7_919}</v></c></row>`
  return Array.from({ length: count }, row).join('')
}

/** A good list whose headings are the names of what every object in the program has. */
export function prototypeHeadings(): Buffer {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']
  const rows = [
    [...HEADINGS, ...names],
    [...PERSON, 'a', 'b', 'c', 'd'],
  ]
  return buildXlsx({ sheets: [{ name: '__proto__', rows }] })
}
