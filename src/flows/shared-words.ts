// Reads the words that all flows share: phrases, notices, questions, global words, yes and no.
import { fold, foldWhole } from '../core/answers/normalise.ts'
import { blanks } from '../core/blanks.ts'
import type { Branch, Question } from '../core/book.ts'
import type { Translated } from '../core/flow.ts'
import { cutWords } from '../core/phrase.ts'
import { engineBlanks } from '../core/text.ts'
import { globalWords } from '../core/turn/globals.ts'
import { phrasesSaid } from '../core/turn/phrases-said.ts'
import type { Languages } from './compile.ts'
import type { SourceFile } from './index.ts'
import { entriesOf, textOf, textsOf } from './steps.ts'
import { checkWords } from './wording.ts'
import type { Entry } from './yaml.ts'

type Files = Map<string, SourceFile>

/** The entries below one head word of a file. */
function section(files: Files, name: string, head: string): Entry[] {
  const file = files.get(name)
  const entry = file && entriesOf(file.raw, file.problems).find((one) => one.key === head)
  return entry ? entriesOf(entry.value, file.problems) : []
}

/** Words by id from files with a head of the same name, all languages beside each other. */
export function readPhrases(
  files: Files,
  languages: Languages,
  names: string[],
): Map<string, Translated> {
  const phrases = new Map<string, Translated>()
  for (const name of names) {
    const others = new Map(
      [...languages.keys()].map((code) => [
        code,
        new Map(section(files, `languages/${code}/${name}`, name).map((one) => [one.key, one])),
      ]),
    )
    for (const entry of section(files, name, name)) {
      phrases.set(entry.key, phraseOf(files, name, entry, others))
    }
  }
  const problems = files.get('phrases')?.problems
  for (const id of phrasesSaid) {
    if (!phrases.has(id)) problems?.at(1, `kalimat "${id}" belum ada`)
  }
  return phrases
}

function phraseOf(
  files: Files,
  name: string,
  entry: Entry,
  others: Map<string, Map<string, Entry>>,
): Translated {
  const problems = files.get(name)?.problems
  const words: Translated = { id: cutWords(entry.value.is === 'text' ? entry.value.text : '') }
  for (const [code, entries] of others) {
    const other = entries.get(entry.key)
    if (other?.value.is === 'text') words[code] = cutWords(other.value.text)
    else problems?.at(entry.line, `"${entry.key}" belum ada terjemahan "${code}"`)
  }
  checkWords(words, (sentence) => problems?.at(entry.line, `"${entry.key}": ${sentence}`))
  return words
}

/** The common questions with their groups of words; every blank in an answer needs no answers. */
export function readQuestions(files: Files, languages: Languages): Question[] {
  const file = files.get('questions')
  if (!file) return []
  const [head] = entriesOf(file.raw, file.problems)
  const items = head?.value.is === 'list' ? head.value.items : []
  return items.map((item) => {
    const entries = new Map(entriesOf(item, file.problems).map((one) => [one.key, one]))
    const id = entries.get('question')
    const words = entries.get('words')
    const text = entries.get('text')
    const question: Question = {
      id: id ? textOf(id, file.problems) : '',
      words: words ? textsOf(words.value, file.problems).map((one) => fold(one).split(' ')) : [],
      text: { id: cutWords(text ? textOf(text, file.problems) : '') },
    }
    for (const code of languages.keys()) {
      const other = section(files, `languages/${code}/questions`, 'questions')
      const found = other.find((one) => one.key === question.id)
      if (found?.value.is === 'text') question.text[code] = cutWords(found.value.text)
      else file.problems.at(item.line, `"${question.id}" belum ada terjemahan "${code}"`)
    }
    checkQuestion(question, (sentence) => file.problems.at(item.line, sentence))
    return question
  })
}

function checkQuestion(question: Question, say: (sentence: string) => void) {
  checkWords(question.text, (sentence) => say(`"${question.id}": ${sentence}`))
  for (const name of Object.values(question.text).flatMap((words) => words.blanks)) {
    const blank = blanks[name]
    if (!blank && !engineBlanks.includes(name)) say(`"${question.id}": {${name}} tidak dikenal`)
    if (blank && blank.uses.length > 0) {
      say(`"${question.id}": {${name}} memakai jawaban yang belum tentu ada`)
    }
  }
}

/** Global words by the whole messages that mean them. */
export function readUnderstood(files: Files): Map<string, string> {
  const globals = new Map<string, string>()
  const file = files.get('phrases')
  for (const entry of section(files, 'phrases', 'understood')) {
    if (!globalWords.includes(entry.key)) {
      file?.problems.at(entry.line, `"${entry.key}" bukan kata umum yang dikenal`)
    }
    for (const words of file ? textsOf(entry.value, file.problems) : []) {
      globals.set(foldWhole(words), entry.key)
    }
  }
  return globals
}

/** Whole messages that are a clear yes or no; none may be both. */
export function readClear(files: Files): { yes: Set<string>; no: Set<string> } {
  const file = files.get('understood')
  const clear = { yes: new Set<string>(), no: new Set<string>() }
  if (!file) return clear
  for (const entry of entriesOf(file.raw, file.problems)) {
    if (entry.key !== 'yes' && entry.key !== 'no') continue
    const words = textsOf(entry.value, file.problems).map(foldWhole)
    clear[entry.key] = new Set(words)
  }
  for (const words of clear.yes) {
    if (clear.no.has(words)) file.problems.at(1, `"${words}" tidak boleh berarti ya dan tidak`)
  }
  return clear
}

/** What the branch says about itself; empty where it says nothing. */
export function readBranch(files: Files): Branch {
  const branch: Branch = { operator: '', contacts: [], zone: 'Asia/Makassar' }
  const file = files.get('branch')
  if (!file) return branch
  for (const entry of entriesOf(file.raw, file.problems)) {
    if (entry.key === 'contacts') {
      branch.contacts = textsOf(entry.value, file.problems).filter(Boolean)
    } else if (entry.key === 'operator' || entry.key === 'zone') {
      branch[entry.key] = textOf(entry, file.problems)
    } else file.problems.at(entry.line, `"${entry.key}" tidak dikenal`)
  }
  return branch
}
