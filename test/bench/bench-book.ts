// Books for benchmarks: the measured flow through the real loader, alone or among others.
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createReaders } from '../../src/core/answers/index.ts'
import type { Book } from '../../src/core/book.ts'
import { buildPlaces, createPlaceReader, type Village } from '../../src/core/place.ts'
import { readFlows } from '../../src/flows/index.ts'
import { readBook } from '../../src/program.ts'
import { readRates } from '../../src/rates-file.ts'

const realDir = join(import.meta.dirname, '../../flows')
const measuredDir = join(import.meta.dirname, 'flows')
const start = 'villager/start.yaml'

/** A book of `count` flows: the measured dialogue and copies of it; `more` adds whole files. */
export function readBenchBook(count = 1, more: Record<string, string> = {}): Book {
  const dir = mkdtempSync(join(tmpdir(), 'sapa-desa-bench-'))
  try {
    copyShared(dir)
    cpSync(measuredDir, dir, { recursive: true })
    for (let number = 1; number < count; number++) copyFlow(dir, number)
    for (const [path, text] of Object.entries(more)) write(dir, path, text)
    const places = buildPlaces([])
    return {
      ...readFlows(dir),
      places,
      readers: createReaders(createPlaceReader(places)),
      rates: readRates(join(realDir, 'rates')),
    }
  } finally {
    rmSync(dir, { recursive: true })
  }
}

/** The real flows with the official list of villages. */
export function readRealBook(villages: Village[]): Book {
  return readBook({ OPERATOR: 'Cabang Ukur' }, villages)
}

/** Phrases, global words, questions: everything in flows/ that is no flow. */
function copyShared(dir: string) {
  for (const folder of ['.', 'languages/en']) {
    for (const name of readdirSync(join(realDir, folder))) {
      const path = join(folder, name)
      if (name.endsWith('.yaml')) write(dir, path, readFileSync(join(realDir, path), 'utf8'))
    }
  }
}

function copyFlow(dir: string, number: number) {
  const flow = readFileSync(join(measuredDir, start), 'utf8')
  const english = readFileSync(join(measuredDir, 'languages/en', start), 'utf8')
  write(dir, `villager/copy-${number}.yaml`, flow.replace('- ukur', `- ukur ${number}`))
  write(dir, `languages/en/villager/copy-${number}.yaml`, english)
}

function write(dir: string, path: string, text: string) {
  mkdirSync(dirname(join(dir, path)), { recursive: true })
  writeFileSync(join(dir, path), text)
}
