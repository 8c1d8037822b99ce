// Every talk in test/transcripts still goes exactly as it is written down; `-u` writes it anew.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findCut } from './support/carried.ts'
import { realBook } from './support/real-book.ts'
import { playScript, readScript } from './support/transcript.ts'
import {
  choicesTaken,
  endsReached,
  findUnsaid,
  listChoices,
  listEnds,
} from './support/transcript-cover.ts'

const folder = join(import.meta.dirname, 'transcripts')
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.txt'))
  .sort()

const book = realBook('Kantor Cabang Contoh')

const talks = files.map((file) => {
  const content = readFileSync(join(folder, file), 'utf8')
  return { file, ...playScript(book, readScript(file, content)) }
})

test.each(talks)('$file', async ({ file, text }) => {
  await expect(text).toMatchFileSnapshot(join(folder, file))
})

describe('together the talks', () => {
  const turns = talks.flatMap((talk) => talk.turns)

  test('reach every end of every flow in every language', () => {
    const reached = new Set(endsReached(turns))
    expect(listEnds(book).filter((end) => !reached.has(end))).toEqual([])
  })

  test('take every choice of every question', () => {
    const taken = new Set(choicesTaken(book, turns))
    expect(listChoices(book).filter((choice) => !taken.has(choice))).toEqual([])
  })

  test('say nothing that a channel would cut', () => {
    expect(turns.flatMap(({ result }) => result.replies.flatMap(findCut))).toEqual([])
  })

  test('say every sentence in every language, so that somebody has read it in its place', () => {
    expect(findUnsaid(book, turns)).toEqual([])
  })
})
