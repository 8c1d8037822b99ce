// Refuses flows that would go wrong with a person in them, in sentences an officer understands.
import { blanks } from '../core/blanks.ts'
import { commands } from '../core/commands.ts'
import type { Ask, Flow, Step, Translated } from '../core/flow.ts'
import { rules } from '../core/rules.ts'
import { engineBlanks } from '../core/text.ts'
import type { Languages } from './compile.ts'
import type { Problems } from './problems.ts'
import { findCertain, namesOfBlanks, reachFrom, usesOfWords } from './roads.ts'
import type { WrittenStep } from './steps.ts'
import { checkWords } from './wording.ts'

/** What checking one flow needs. */
export interface Checking {
  flow: Flow
  written: WrittenStep[]
  languages: Languages
  problems: Problems
}

/** Notes every problem of a compiled flow. */
export function checkFlow(given: Checking) {
  checkRoads(given)
  checkNames(given)
  const certain = findCertain(given.flow)
  const reached = reachFrom(given.flow, 0)
  given.flow.steps.forEach((step, index) => {
    const line = given.written[index]?.line ?? 1
    if (!reached.has(index)) {
      given.problems.at(line, 'langkah ini tidak pernah tercapai', step.id)
      return
    }
    for (const id of usesAt(given.flow, step, index)) {
      if (certain[index]?.has(id)) continue
      const sentence = given.flow.asks.has(id)
        ? `memakai jawaban "${id}" yang belum tentu sudah ditanyakan di sini`
        : `memakai {${id}} yang tidak dikenal`
      given.problems.at(line, sentence, step.id)
    }
    checkStep(given, step, line)
  })
}

function usesAt(flow: Flow, step: Step, index: number): Set<string> {
  if (step.does === 'if') return new Set(rules[step.rule]?.uses ?? [])
  if (step.does === 'do') return new Set(commands[step.id]?.uses ?? [])
  const words = step.does === 'ask' ? wordsOfAsk(step) : [step.words]
  const uses = usesOfWords(flow, index, ...words)
  if (namesOfBlanks(...words).has('review')) {
    for (const id of flow.asks.keys()) uses.delete(id)
  }
  return uses
}

function wordsOfAsk(ask: Ask): (Translated | undefined)[] {
  return [ask.words, ask.help, ...ask.choices.map((choice) => choice.label)]
}

function checkRoads({ flow, written, problems }: Checking) {
  const last = flow.steps.at(-1)
  const ends =
    last?.does === 'end' ||
    (last?.does === 'if' && last.rule === 'always') ||
    (last?.does === 'ask' &&
      last.choices.length > 0 &&
      last.choices.every((choice) => choice.go !== undefined))
  if (!ends) problems.at(written.at(-1)?.line ?? 1, 'langkah terakhir harus berupa end:', last?.id)
}

function checkNames({ flow, written, problems }: Checking) {
  flow.steps.forEach((step, index) => {
    const line = written[index]?.line ?? 1
    if (step.does === 'if' && !rules[step.rule]) {
      problems.at(line, `aturan "${step.rule}" tidak dikenal`, step.id)
    }
    if (step.does === 'do' && !commands[step.id]) {
      problems.at(line, `perintah "${step.id}" tidak dikenal`, step.id)
    }
  })
}

function checkStep(given: Checking, step: Step, line: number) {
  if (step.does === 'if' || step.does === 'do') return
  const words = step.does === 'ask' ? wordsOfAsk(step) : [step.words]
  const known = (name: string) =>
    Boolean(blanks[name]) || engineBlanks.includes(name) || given.flow.asks.has(name)
  for (const name of namesOfBlanks(...words)) {
    if (!known(name)) given.problems.at(line, `{${name}} tidak dikenal`, step.id)
  }
  for (const translated of words) {
    if (translated) checkTranslated(given, translated, line, step.id)
  }
  if (step.does === 'ask') checkAsk(given, step, line)
}

function checkTranslated(given: Checking, words: Translated, line: number, id: string) {
  checkWords(words, (sentence) => given.problems.at(line, sentence, id))
  for (const code of given.languages.keys()) {
    if (!words[code]) given.problems.at(line, `belum ada terjemahan "${code}"`, id)
  }
}

function checkAsk(given: Checking, ask: Ask, line: number) {
  const say = (sentence: string) => given.problems.at(line, sentence, ask.id)
  if (ask.choices.length > 6) say('pilihannya lebih dari enam; pecah menjadi dua pertanyaan')
  for (const choice of ask.choices) {
    const label = choice.label.id?.texts.join('') ?? ''
    if (label.length > 40) say(`pilihan "${choice.key}" terlalu panjang untuk tombol`)
    if (!label && choice.label.id?.blanks.length === 0) say(`pilihan "${choice.key}" kosong`)
  }
}
