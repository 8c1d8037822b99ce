// Refuses flows that would go wrong with a person in them, in sentences an officer understands.
import { foldWhole } from '../core/answers/normalise.ts'
import { blanks } from '../core/blanks.ts'
import { commands } from '../core/commands.ts'
import { facts } from '../core/facts.ts'
import type { Ask, Flow, Step, Translated } from '../core/flow.ts'
import { lists } from '../core/lists.ts'
import { type Audience, isWithin } from '../core/roles.ts'
import { rules } from '../core/rules.ts'
import { engineBlanks } from '../core/text.ts'
import type { Compiled } from './compile.ts'
import { findCertain, namesOfBlanks, reachFrom, usesOfWords } from './roads.ts'
import type { WrittenStep } from './steps.ts'
import type { Languages } from './translations.ts'
import { checkTranslated, checkWords } from './wording.ts'

/** What checking one flow needs. */
export interface Checking extends Compiled {
  /** Whether flows/files/ has a picture or file of this name. */
  hasFile(name: string): boolean
}

/** The most choices that a person takes in at once. */
const maxChoices = 6

/** The longest label that a button shows, in UTF-16 units. */
const maxLabel = 40

type Say = (sentence: string) => void

/** Notes every problem of a compiled flow. */
export function checkFlow(given: Checking) {
  const { flow, written } = given
  const certain = findCertain(flow)
  const reached = reachFrom(flow, 0)
  checkEnd(given)
  checkWords(flow.title, (sentence) => sayOfTitle(given, sentence))
  flow.steps.forEach((step, index) => {
    const source = written[index] as WrittenStep
    const where = source.file === flow.name ? '' : ` (dipakai di flows/${flow.name}.yaml)`
    const say: Say = (sentence) => source.problems.at(source.line, sentence, step.id)
    checkNames(flow, step, say)
    checkAudience(flow, step, say)
    if (!reached.has(index)) {
      // Of steps below each other that are never reached, the first says it for all.
      if (reached.has(index - 1)) say(`langkah ini tidak pernah tercapai${where}`)
    } else {
      for (const id of usesAt(flow, step, index)) {
        if (certain[index]?.has(id)) continue
        say(`memakai jawaban "${id}" yang belum tentu sudah ditanyakan di sini${where}`)
      }
    }
    checkStep(given, step, say)
  })
}

function usesAt(flow: Flow, step: Step, index: number): Set<string> {
  if (step.does === 'if') return new Set(rules[step.rule]?.uses ?? [])
  if (step.does === 'do') return new Set(commands[step.id]?.uses ?? [])
  const words = wordsOf(step)
  const uses = usesOfWords(flow, index, ...words)
  // The review leaves out what was not asked, and unknown blanks are told elsewhere.
  if (namesOfBlanks(...words).has('review')) for (const id of flow.asks.keys()) uses.delete(id)
  for (const name of namesOfBlanks(...words)) if (!isKnown(flow, name)) uses.delete(name)
  return uses
}

function wordsOf(step: Exclude<Step, { does: 'if' | 'do' }>): Translated[] {
  if (step.does !== 'ask') return [step.words]
  const labels = step.choices.map((choice) => choice.label)
  return step.help ? [step.words, step.help, ...labels] : [step.words, ...labels]
}

function isKnown(flow: Flow, name: string): boolean {
  return Boolean(blanks[name]) || engineBlanks.includes(name) || flow.asks.has(name)
}

function checkEnd({ flow, written }: Checking) {
  const last = flow.steps.at(-1)
  const source = written.at(-1)
  const ends =
    last?.does === 'end' ||
    (last?.does === 'if' && last.rule === 'always') ||
    (last?.does === 'ask' &&
      last.choices.length > 0 &&
      last.choices.every((choice) => choice.go !== undefined))
  if (!ends) source?.problems.at(source.line, 'langkah terakhir harus berupa end:', last?.id)
}

function sayOfTitle({ flow, written }: Compiled, sentence: string) {
  const source = written.find((step) => step.file === flow.name)
  source?.problems.at(1, `title: ${sentence}`)
}

/** Notes where a language does not say what the flow says. */
export function checkLanguages(given: Compiled, languages: Languages) {
  const codes = [...languages.keys()]
  checkTranslated(given.flow.title, codes, (sentence) => sayOfTitle(given, sentence))
  given.flow.steps.forEach((step, index) => {
    const source = given.written[index] as WrittenStep
    if (step.does === 'if' || step.does === 'do') return
    for (const words of wordsOf(step)) {
      checkTranslated(words, codes, (sentence) => {
        source.problems.at(source.line, sentence, step.id)
      })
    }
  })
}

function checkNames(flow: Flow, step: Step, say: Say) {
  if (step.does === 'if' && !rules[step.rule]) {
    say(`aturan "${step.rule}" tidak dikenal (${Object.keys(rules).join(', ')})`)
  }
  if (step.does === 'do' && !commands[step.id]) {
    say(`perintah "${step.id}" tidak dikenal (${Object.keys(commands).join(', ')})`)
  }
  if (step.does === 'ask' && (blanks[step.id] || engineBlanks.includes(step.id))) {
    if (step.id !== 'review') say(`nama ini sudah dipakai {${step.id}}; beri nama lain`)
  }
  if (step.does === 'if' || step.does === 'do') return
  for (const name of namesOfBlanks(...wordsOf(step))) {
    if (!isKnown(flow, name)) say(`{${name}} tidak dikenal`)
  }
}

/** What a post is needed for is not named in flows for people who need not have it. */
function checkAudience(flow: Flow, step: Step, say: Say) {
  const named: { name: string; for: Audience | undefined }[] = []
  const addNeeds = (name: string, needs: string[] | undefined) => {
    for (const need of needs ?? []) named.push({ name, for: facts[need]?.for })
  }
  if (step.does === 'if') addNeeds(step.rule, rules[step.rule]?.needs)
  else if (step.does === 'do') named.push({ name: step.id, for: commands[step.id]?.for })
  else {
    for (const name of namesOfBlanks(...wordsOf(step))) addNeeds(name, blanks[name]?.needs)
    const list = step.does === 'ask' ? step.choicesFrom : undefined
    if (list) addNeeds(list, lists[list]?.needs)
  }
  for (const one of named) {
    if (isWithin(flow.for, one.for ?? 'villager')) continue
    say(`"${one.name}" hanya untuk ${one.for}, padahal flow ini untuk ${flow.for}`)
  }
}

function checkStep({ hasFile }: Checking, step: Step, say: Say) {
  if (step.does === 'if' || step.does === 'do') return
  for (const words of wordsOf(step)) checkWords(words, say)
  if (step.does === 'ask') checkChoices(step, say)
  else {
    for (const name of [step.picture, step.file]) {
      if (name && !hasFile(name)) say(`berkas "${name}" tidak ada di flows/files/`)
    }
  }
}

function checkChoices(ask: Ask, say: Say) {
  if (ask.choices.length > maxChoices)
    say('pilihannya lebih dari enam; pecah menjadi dua pertanyaan')
  for (const code of Object.keys(ask.words)) {
    const seen = new Set<string>()
    for (const { key, label } of ask.choices) {
      const text = label[code]?.texts.join('') ?? ''
      if (text.length > maxLabel)
        say(`pilihan "${key}" terlalu panjang untuk tombol (bahasa ${code})`)
      const folded = foldWhole(text)
      if (folded && seen.has(folded)) say(`dua pilihan sama bunyinya: "${text}" (bahasa ${code})`)
      seen.add(folded)
    }
  }
}
