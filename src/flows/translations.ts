// Reads languages/<code>/…: the same files with step ids and their words.
import { entriesOf, textOf } from './entries.ts'
import { type Files, isFlow, type SourceFile, splitLanguage } from './files.ts'
import { type Opening, readOpenings } from './openings.ts'
import type { Problems } from './problems.ts'
import type { WrittenFlow, WrittenStep } from './steps.ts'
import type { Raw } from './yaml.ts'

/** What one translated step says. */
export interface StepWords {
  text: string
  help?: string
  choices: Map<string, string>
  line: number
}

/** One translated flow file. */
export interface FlowWords {
  title?: string
  opensOn: Opening[]
  steps: Map<string, StepWords>
  problems: Problems
}

/** The translated flow files by language code, then by file name. */
export type Languages = Map<string, Map<string, FlowWords>>

/** Every language that has a folder, Indonesian apart. */
export function readLanguages(files: Files): Languages {
  const languages: Languages = new Map()
  for (const [name, file] of files) {
    const language = splitLanguage(name)
    if (!language) continue
    const words: Map<string, FlowWords> = languages.get(language.code) ?? new Map()
    languages.set(language.code, words)
    if (isFlow(language.file)) words.set(language.file, readFlowWords(file))
  }
  return languages
}

function readFlowWords({ raw, problems }: SourceFile): FlowWords {
  const words: FlowWords = { opensOn: [], steps: new Map(), problems }
  for (const entry of entriesOf(raw, problems)) {
    if (entry.key === 'title') words.title = textOf(entry, problems)
    else if (entry.key === 'opens-on') words.opensOn = readOpenings(entry, problems)
    else words.steps.set(entry.key, { ...readStepWords(entry.value, problems), line: entry.line })
  }
  return words
}

function readStepWords(raw: Raw, problems: Problems): Omit<StepWords, 'line'> {
  const words: Omit<StepWords, 'line'> = { text: '', choices: new Map() }
  if (raw.is === 'text') return { ...words, text: raw.text }
  for (const entry of entriesOf(raw, problems)) {
    if (entry.key === 'text') words.text = textOf(entry, problems)
    else if (entry.key === 'help') words.help = textOf(entry, problems)
    else if (entry.key === 'choices') {
      for (const choice of entriesOf(entry.value, problems)) {
        words.choices.set(choice.key, textOf(choice, problems))
      }
    } else problems.at(entry.line, `kata "${entry.key}" tidak dikenal pada terjemahan`)
  }
  return words
}

/** Notes translations of files, steps, helps and choices that the Indonesian flows do not have. */
export function refuseStray(languages: Languages, written: Map<string, WrittenFlow>) {
  for (const files of languages.values()) {
    for (const [file, words] of files) {
      const flow = written.get(file)
      if (flow) refuseStraySteps(flow, words)
      else words.problems.at(1, `terjemahan untuk flows/${file}.yaml, yang tidak ada`)
    }
  }
}

function refuseStraySteps(flow: WrittenFlow, words: FlowWords) {
  const steps = new Map(flow.steps.filter(hasWords).map((step) => [step.id, step]))
  for (const [id, { line, help, choices }] of words.steps) {
    const say = (sentence: string) => words.problems.at(line, sentence, id)
    const step = steps.get(id)
    if (!step) {
      say(`langkah ini tidak ada di flows/${flow.file}.yaml, atau tidak punya kalimat`)
      continue
    }
    if (help && !step.help) say(`help: ini tidak ada di flows/${flow.file}.yaml`)
    for (const key of choices.keys()) {
      if (step.choices.some((choice) => choice.key === key)) continue
      say(`pilihan "${key}" tidak ada di flows/${flow.file}.yaml`)
    }
  }
}

function hasWords(step: WrittenStep): boolean {
  return step.does === 'say' || step.does === 'ask' || step.does === 'end'
}
