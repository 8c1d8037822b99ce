// Finds words that do no harm but lead nowhere: what nothing uses, and keywords that nothing hears.
import { foldWhole } from '../core/answers/normalise.ts'
import type { Translated } from '../core/flow.ts'
import type { FlowBook } from './index.ts'
import { findUnexplained } from './names.ts'

/** What is held about a person besides what they answered. */
const heldBesides = ['kpj']

/** Words in capitals after "type", which people are told to send. */
const toldToType = /\b(?:[Kk]etik|mengetik|[Tt]ype|typing)\s+([A-Z]{2,}(?:\s[A-Z]{2,})*)/g

/** Sentences about words that nobody will miss, and about keywords that open nothing. */
export function findLooseEnds(book: FlowBook): string[] {
  const unexplained = findUnexplained(book.names)
  return [
    ...unexplained.map((name) => `flows/names.yaml belum menjelaskan "${name}".`),
    ...findUnusedNames(book),
    ...findDeafKeywords(book),
  ]
}

/** Names of answers that no flow asks for, and of commands that open nothing. */
function findUnusedNames({ flows, phrases, openings, globals }: FlowBook): string[] {
  const asks = new Set([...flows.values()].flatMap((flow) => [...flow.asks.keys()]))
  const uses: Record<string, (name: string) => boolean> = {
    answer: (name) => asks.has(name),
    data: (name) => asks.has(name) || heldBesides.includes(name) || name === 'line',
    command: (name) => openings.has(name) || globals.has(name),
  }
  return [...phrases.keys()].flatMap((id) => {
    const [, kind = '', name = ''] = /^(\w+)-(.+)$/.exec(id) ?? []
    const isUsed = uses[kind]
    return !isUsed || isUsed(name) ? [] : [`Kalimat "${id}" tidak dipakai: "${name}" tidak ada.`]
  })
}

/** Keywords that people are told to type although they mean nothing. */
function findDeafKeywords(book: FlowBook): string[] {
  return [...wordsOf(book)].flatMap(([place, words]) =>
    Object.entries(words).flatMap(([code, { texts }]) =>
      [...texts.join(' ').matchAll(toldToType)]
        .map(([, keyword = '']) => keyword)
        .filter((keyword) => !book.openings.has(foldWhole(keyword)))
        .filter((keyword) => !book.globals.has(foldWhole(keyword)))
        .map((keyword) => `${place} (bahasa ${code}) menyebut ${keyword}, yang tidak dikenal.`),
    ),
  )
}

/** Every text that people read, with where it stands. */
function* wordsOf({ flows, phrases, questions }: FlowBook): Generator<[string, Translated]> {
  for (const [id, words] of phrases) yield [`Kalimat "${id}"`, words]
  for (const { id, text } of questions) yield [`Pertanyaan "${id}"`, text]
  for (const flow of flows.values()) {
    for (const step of flow.steps) {
      if (step.does === 'if' || step.does === 'do') continue
      const place = `flows/${flow.name}, langkah "${step.id}",`
      yield [place, step.words]
      if (step.does === 'ask' && step.help) yield [place, step.help]
    }
  }
}
