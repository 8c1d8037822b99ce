// Reads the official list of villages (Kepmendagri 300.2.2-2430/2025) as idn-area-data ships it.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { must } from './core/must.ts'
import type { Village } from './core/place.ts'

const { resolve } = createRequire(import.meta.url)

/** Fields of one line of CSV after RFC 4180: a quoted field may hold commas and doubled quotes. */
function splitFields(line: string): string[] {
  if (!line.includes('"')) return line.split(',')
  return Array.from(line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g), ([, quoted, bare]) =>
    quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"'),
  )
}

/** Rows of one of the package's files, without its head; no name in them holds a line break. */
function readRows(file: string): string[][] {
  const text = readFileSync(resolve(`idn-area-data/data/${file}.csv`), 'utf8')
  return text.trimEnd().split('\n').slice(1).map(splitFields)
}

/** Which list this is, as noted in the database once it is loaded. */
export const listVersion = 'idn-area-data 4.0.1'

/** Reads every village with the names of what it lies in; throws when a parent is missing. */
export function readVillages(): Village[] {
  const provinces = new Map(readRows('provinces').map(([code, name]) => [code, name]))
  const regencies = new Map(readRows('regencies').map(([code, , name]) => [code, name]))
  const districts = new Map(readRows('districts').map(([code, , name]) => [code, name]))
  return readRows('villages').map(([code = '', district, name]) => ({
    code,
    name: must(name, 'every village has a name'),
    district: must(districts.get(district), 'every village lies in a district'),
    regency: must(regencies.get(code.slice(0, 5)), 'every village lies in a regency'),
    province: must(provinces.get(code.slice(0, 2)), 'every village lies in a province'),
  }))
}
