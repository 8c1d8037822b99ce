// One way of reading a large list, in a process of its own: cold, as a thread of the program is.
import { readFileSync } from 'node:fs'
import { inflateRawSync } from 'node:zlib'
import { readFile } from '../../src/roster/read-file.ts'
import { readZipDirectory } from '../../src/roster/zip-directory.ts'
import { mustEqual } from './measure.ts'

/** What one way of reading reports. */
export interface Reading {
  rows: number
  seconds: number
  /** The most memory in use, above what was in use before, in MB. */
  growthMb: number
}

/** Inflates, and finds each cell with one expression: no reader can do less. */
function scanXlsx(file: Buffer): number {
  let rows = 0
  for (const { name, data } of readZipDirectory(file).values()) {
    const text = inflateRawSync(data).toString('latin1')
    for (const _ of text.matchAll(/<c r="[A-Z]+\d+"[^>]*>(?:<v>([^<]*))?/g));
    if (name.includes('sheet1')) rows = text.split('<row ').length - 1
  }
  return rows
}

function splitCsv(file: Buffer): number {
  const lines = file.toString('utf8').trimEnd().split('\r\n')
  return lines.map((line) => line.split(';')).filter((cells) => cells.length === 10).length
}

function readWhole(file: Buffer): number {
  let rows = 0
  let cells = 0
  for (const batch of readFile(file)) {
    rows += batch.rows.length
    for (const row of batch.rows) cells += row.cells.length
  }
  mustEqual(cells, rows * 10, 'cells')
  return rows
}

const ways: Record<string, (file: Buffer) => number> = { scanXlsx, splitCsv, readWhole }

const [way = '', path = ''] = process.argv.slice(2)
const file = readFileSync(path)
const rssBefore = process.memoryUsage.rss()
const startedAt = performance.now()
const rows = ways[way]?.(file) ?? 0
const seconds = (performance.now() - startedAt) / 1_000
const growthMb = (process.resourceUsage().maxRSS * 1_024 - rssBefore) / 1_048_576
const reading: Reading = { rows, seconds, growthMb }
console.log(JSON.stringify(reading))
