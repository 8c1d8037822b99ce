// Tells by its first bytes what a file is; its name is not asked.
import type { Refusal } from '../core/roster/refusal.ts'
import { maxFileBytes } from './limits.ts'
import { RosterRefused } from './refused.ts'

/** The kinds that are read: a zip may be a workbook, text may be a CSV file. */
export type FileKind = 'zip' | 'text'

/** First bytes in hexadecimal, and why such a file is not read. */
const REFUSED: [start: string, refusal: Refusal][] = [
  ['ffd8ff', 'kind-image'],
  ['89504e47', 'kind-image'],
  ['47494638', 'kind-image'],
  ['424d', 'kind-image'],
  ['49492a00', 'kind-image'],
  ['4d4d002a', 'kind-image'],
  ['52617221', 'kind-zip'],
  ['377abcaf271c', 'kind-zip'],
  ['1f8b', 'kind-zip'],
  ['0908', 'kind-xls'],
]
const ZIP = '504b0304'
/** A zip that holds nothing. */
const EMPTY_ZIP = '504b0506'
/** An old Office file; new ones that need a password are wrapped in it. */
const OLD_OFFICE = 'd0cf11e0a1b11ae1'
const PASSWORD = Buffer.from('EncryptedPackage', 'utf16le')
const PAGE = /^\s*(<!doctype html|<html|<head|<body|<table|<meta|<\?xml|<!--|mime-version:)/i
const HEAD_BYTES = 1024

/** What the file is. Throws RosterRefused for kinds that are not read, and for files too large. */
export function findKind(file: Buffer): FileKind {
  if (file.length === 0) throw new RosterRefused('empty')
  if (file.length > maxFileBytes) throw new RosterRefused('too-large')
  const start = file.toString('hex', 0, 12)
  if (start.startsWith(ZIP)) return 'zip'
  if (start.startsWith(EMPTY_ZIP)) throw new RosterRefused('kind-zip')
  if (start.startsWith(OLD_OFFICE)) {
    throw new RosterRefused(file.includes(PASSWORD) ? 'locked' : 'kind-xls')
  }
  const refused = REFUSED.find(([bytes]) => start.startsWith(bytes))
  if (refused) throw new RosterRefused(refused[1])
  const head = file.toString('latin1', 0, HEAD_BYTES)
  if (/%PDF-/.test(head)) throw new RosterRefused('kind-pdf')
  if (/^RIFF.{4}WEBP|^.{4}ftyp(hei|mif|avi)/s.test(head)) throw new RosterRefused('kind-image')
  if (PAGE.test(head.replace(/^\xef\xbb\xbf/, ''))) throw new RosterRefused('kind-html')
  return 'text'
}
