// Makes a flow ready to be walked: jumps become places, words are cut at their blanks.
import { createHash } from 'node:crypto'
import type { AnswerKind } from '../core/answers/reading.ts'
import { foldOption } from '../core/answers/understand.ts'
import type { Ask, AskChoice, Flow, Step, Target, Translated } from '../core/flow.ts'
import { cutWords, sayPlain } from '../core/phrase.ts'
import type { SplicedFlow } from './splice.ts'
import type { WrittenFlow, WrittenStep } from './steps.ts'
import { markStretches } from './stretches.ts'
import type { FlowWords, Languages } from './translations.ts'

/** What compiling a step needs to know besides the step. */
interface Compiling extends SplicedFlow {
  languages: Languages
}

/** A flow ready to be walked, with its steps as they were written. */
export interface Compiled {
  flow: Flow
  written: WrittenStep[]
}

/** The flow with every `go` resolved and every language beside the Indonesian words. */
export function compileFlow(spliced: SplicedFlow, languages: Languages): Compiled {
  const given = { ...spliced, languages }
  const { file, title, steps: written } = spliced
  const steps = written.map((step, index) => compileStep(step, index, given))
  const asks = new Map(steps.flatMap((step) => (step.does === 'ask' ? [[step.id, step]] : [])))
  const flow: Flow = {
    name: file,
    title: translate(title, languages, (words) => words.get(file)?.title),
    opensOn: opensIn(spliced, languages),
    opensAs: opensAs(spliced, languages),
    for: spliced.for,
    pin: spliced.pin,
    steps,
    asks,
    version: fingerprint(JSON.stringify(steps)),
  }
  // Not part of the fingerprint: nothing is in them that is not in the steps.
  markStretches(steps)
  for (const ask of asks.values()) offerChoices(ask, ['id', ...languages.keys()])
  return { flow, written }
}

/** Makes the options of an ask ready, unless what fills a blank makes them different each time. */
function offerChoices(ask: Ask, codes: string[]) {
  const { choices } = ask
  const words = choices.flatMap(({ label }) => Object.values(label))
  if (choices.length === 0 || words.some(({ blanks }) => blanks.length > 0)) return
  const optionsIn = (code: string) =>
    choices.map(({ key, label }) => foldOption({ key, label: sayPlain(label, code) }))
  ask.options = Object.fromEntries(codes.map((code) => [code, optionsIn(code)]))
}

function opensIn(written: WrittenFlow, languages: Languages): string[] {
  const others = [...languages.values()].flatMap((files) => files.get(written.file)?.opensOn ?? [])
  return [...written.opensOn, ...others].map((opening) => opening.words)
}

function opensAs(written: WrittenFlow, languages: Languages): Record<string, string> {
  const first = [...languages].map(
    ([language, files]) => [language, files.get(written.file)?.opensOn[0]] as const,
  )
  const all = [['id', written.opensOn[0]] as const, ...first]
  return Object.fromEntries(all.flatMap(([key, one]) => (one ? [[key, one.words]] : [])))
}

function compileStep(step: WrittenStep, index: number, given: Compiling): Step {
  const extras = {
    ...(step.picture && { picture: step.picture }),
    ...(step.attachment && { file: step.attachment }),
  }
  switch (step.does) {
    case 'say':
      return { does: 'say', id: step.id, words: stepWords(step, given), ...extras }
    case 'end':
      return { does: 'end', id: step.id, words: stepWords(step, given), ...extras }
    case 'do':
      return { does: 'do', id: step.id }
    case 'if':
      return {
        does: 'if',
        id: step.id,
        rule: step.id,
        go: findTarget(step, index, step.go.get('') ?? '', given),
      }
    default:
      return compileAsk(step, index, given)
  }
}

function compileAsk(step: WrittenStep, index: number, given: Compiling): Ask {
  const words = stepWords(step, given)
  const help = step.help
  return {
    does: 'ask',
    id: step.id,
    words,
    ...(help && {
      help: translate(help, given.languages, (files) => translated(files, step)?.help),
    }),
    answer: (step.answer ?? 'choice') as AnswerKind,
    choices: step.choices.map((choice) => compileChoice(step, index, choice, given)),
    ...(step.choicesFrom && { choicesFrom: step.choicesFrom }),
    sensitive: step.sensitive,
    optional: step.optional,
    exact: step.exact,
    restsOn: [],
    version: Object.fromEntries(
      Object.entries(words).map(([code, one]) => [code, fingerprint(one.texts.join('{}'))]),
    ),
  }
}

function compileChoice(
  step: WrittenStep,
  index: number,
  choice: { key: string; label: string },
  given: Compiling,
): AskChoice {
  const go = step.go.get(choice.key)
  return {
    key: choice.key,
    label: translate(choice.label, given.languages, (files) =>
      translated(files, step)?.choices.get(choice.key),
    ),
    ...(go && { go: findTarget(step, index, go, given) }),
  }
}

function findTarget(step: WrittenStep, index: number, go: string, given: Compiling): Target {
  const { steps, flowNames } = given
  const say = (sentence: string) => step.problems.at(step.line, sentence, step.id)
  if (/^[A-Z]+$/.test(go)) {
    if (step.does === 'if') say('go: pada if: hanya boleh menuju langkah di berkas ini')
    return { word: go.toLowerCase() }
  }
  if (go.includes('/')) {
    if (step.does === 'if') say('go: pada if: hanya boleh menuju langkah di berkas ini')
    else if (!flowNames.includes(go))
      say(`go: menuju flow "${go}", padahal flows/${go}.yaml tidak ada`)
    return { flow: go }
  }
  const place = steps.findIndex((one) => one.does !== 'if' && one.id === go)
  const target = steps[place]
  if (!target) say(`go: menuju "${go}", padahal langkah itu tidak ada`)
  else if (place <= index && (step.does === 'if' || target.does !== 'ask')) {
    say(`go: menuju ke atas ("${go}"); ke atas hanya dari pilihan ke pertanyaan`)
  }
  return { step: Math.max(place, 0) }
}

function stepWords(step: WrittenStep, given: Compiling): Translated {
  return translate(step.text ?? '', given.languages, (files) => translated(files, step)?.text)
}

function translated(files: Map<string, FlowWords>, step: WrittenStep) {
  return files.get(step.file)?.steps.get(step.id)
}

/** The Indonesian words with those of every other language beside them. */
function translate(
  indonesian: string,
  languages: Languages,
  find: (files: Map<string, FlowWords>) => string | undefined,
): Translated {
  const words: Translated = { id: cutWords(indonesian) }
  for (const [code, files] of languages) {
    const other = find(files)
    if (other) words[code] = cutWords(other)
  }
  return words
}

/** A short fingerprint of a text. */
export function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 8)
}
