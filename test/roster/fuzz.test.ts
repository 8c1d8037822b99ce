// Spoilt files: whatever happens to the bytes, there are rows or a refusal, and nothing else.
import { expect, it } from 'vitest'
import { keepRoster } from '../../src/core/roster/kept-roster.ts'
import { sayAnswers } from '../../src/core/roster/say-answers.ts'
import { answerFile } from '../../src/roster/answer-file.ts'
import { inflatePart } from '../../src/roster/inflate.ts'
import { RosterRefused } from '../../src/roster/refused.ts'
import { readZipDirectory, type ZipEntry } from '../../src/roster/zip-directory.ts'
import { writeZip } from '../../src/roster/zip-write.ts'
import { packNow } from '../support/rosters/build-xlsx.ts'
import { flowBook, judgeFile, kotabaru } from '../support/rosters/judging.ts'
import { inventRosters } from '../support/rosters/village-rosters.ts'
import { createRandom, type Random } from '../support/simulate/random.ts'

const FILES = 2_000
const codes = kotabaru.slice(0, 20).map(({ code }) => code)
const good = inventRosters(createRandom(3), codes).map(({ bytes }) => bytes)

const SNIPPETS = [
  ...[
    '<row>',
    '</row>',
    '<c t="s"><v>99999999</v></c>',
    '<c r="ZZZZ1"><v>1</v></c>',
    '<!--',
    '<![CDATA[',
  ],
  ...[
    '&#x110000;',
    '&#0;',
    '"',
    '>',
    '</',
    '\0',
    '\ufffd',
    '<v>-1</v>',
    'r="0"',
    's="-1"',
    't="z"',
    '\n"',
  ],
]

/** A few bytes changed, taken out, doubled or put in. */
function spoil(random: Random, bytes: Buffer): Buffer {
  let spoilt = Buffer.from(bytes)
  for (let times = random.int(1, 6); times > 0; times--) {
    const at = random.int(0, Math.max(0, spoilt.length - 1))
    const to = Math.min(spoilt.length, at + random.int(1, 40))
    const [before, piece, after] = [
      spoilt.subarray(0, at),
      spoilt.subarray(at, to),
      spoilt.subarray(to),
    ]
    const parts = random.pick([
      [before, Buffer.from(piece).fill(random.int(0, 255)), after],
      [before, after],
      [before, piece, piece, after],
      [before, Buffer.from(random.pick(SNIPPETS)), piece, after],
      [before],
    ])
    spoilt = Buffer.concat(parts)
  }
  return spoilt
}

/** A workbook of which one part is spoilt inside, so that the zip file itself is in order. */
function spoilPart(random: Random, file: Buffer): Buffer {
  const entries = [...readZipDirectory(file).values()]
  const chosen = random.pick(entries)
  const change = (entry: ZipEntry) =>
    entry === chosen ? packNow(entry.name, spoil(random, Buffer.from(inflatePart(entry)))) : entry
  return writeZip(entries.map(change))
}

function isZip(file: Buffer): boolean {
  return file.toString('latin1', 0, 2) === 'PK'
}

/** Judges and answers; what became of it. */
async function tryFile(file: Buffer): Promise<string> {
  try {
    const roster = judgeFile(file)
    const { accepted, waiting, rejected } = roster.counts
    expect(accepted + waiting + rejected).toBe(roster.rowsIn)
    await answerFile(file, sayAnswers(keepRoster(roster), flowBook, 'id'))
    return 'read'
  } catch (error) {
    if (error instanceof RosterRefused) return error.refusal
    throw error
  }
}

it(`${FILES} spoilt spreadsheets never crash`, async () => {
  const outcomes = new Map<string, number>()
  for (let seed = 1; seed <= FILES; seed++) {
    const random = createRandom(seed)
    const file = random.pick(good)
    const spoilt = isZip(file) && random.chance(0.7) ? spoilPart(random, file) : spoil(random, file)
    const outcome = await tryFile(spoilt).catch((error) => {
      throw new Error(`seed ${seed} crashed`, { cause: error })
    })
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
  }
  // The files are spoilt enough to be refused in many ways, and sound enough to be read.
  expect(outcomes.get('read')).toBeGreaterThan(FILES / 5)
  expect(outcomes.get('broken')).toBeGreaterThan(FILES / 20)
  expect(outcomes.size).toBeGreaterThan(4)
})
