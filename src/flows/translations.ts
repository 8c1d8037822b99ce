// Reads languages/<code>/…: the same files with step ids and their words.
import type { Problems } from './problems.ts'
import { entriesOf, textOf, textsOf } from './steps.ts'
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
  opensOn: string[]
  steps: Map<string, StepWords>
  problems: Problems
}

/** Reads the translation of one flow file. */
export function readFlowWords(raw: Raw, problems: Problems): FlowWords {
  const words: FlowWords = { opensOn: [], steps: new Map(), problems }
  for (const entry of entriesOf(raw, problems)) {
    if (entry.key === 'title') words.title = textOf(entry, problems)
    else if (entry.key === 'opens-on') words.opensOn = textsOf(entry.value, problems)
    else words.steps.set(entry.key, readStepWords(entry.value, problems))
  }
  return words
}

function readStepWords(raw: Raw, problems: Problems): StepWords {
  const words: StepWords = { text: '', choices: new Map(), line: raw.line }
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
