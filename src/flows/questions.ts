// Reads the common questions that people may ask in their own words at any moment.
import { fold } from '../core/answers/normalise.ts'
import { blanks } from '../core/blanks.ts'
import type { Question } from '../core/book.ts'
import { cutWords } from '../core/phrase.ts'
import { engineBlanks } from '../core/text.ts'
import { entriesOf, textOf, textsOf } from './entries.ts'
import type { Files } from './files.ts'
import type { Problems } from './problems.ts'
import { sectionOf, sectionRaw } from './shared-words.ts'
import type { Languages } from './translations.ts'
import { checkTranslated, checkWords } from './wording.ts'
import type { Entry, Raw } from './yaml.ts'

const questionParts = ['question', 'words', 'text']

/** Where the words of a question were written first. */
type Groups = Map<string, string>

/** The questions in the order in which they were written; answers may rest on no answer. */
export function readQuestions(files: Files, languages: Languages): Question[] {
  const file = files.get('questions')
  const raw = sectionRaw(files, 'questions', 'questions')
  if (!file || !raw) return []
  if (raw.is !== 'list') {
    file.problems.at(raw.line, 'questions: harus berupa daftar dengan tanda -')
    return []
  }
  const groups: Groups = new Map()
  const questions = new Map<string, Question>()
  const lines = new Map<string, number>()
  for (const item of raw.items) {
    const question = readQuestion(item, file.problems, groups)
    if (questions.has(question.id)) {
      file.problems.at(item.line, 'pertanyaan ini sudah ada di atas', question.id)
    }
    questions.set(question.id, question)
    lines.set(question.id, item.line)
  }
  for (const code of languages.keys()) addTranslations(files, code, questions, groups)
  for (const question of questions.values()) {
    checkQuestion(question, (sentence) =>
      file.problems.at(lines.get(question.id) ?? 1, sentence, question.id),
    )
  }
  return [...questions.values()]
}

function readQuestion(item: Raw, problems: Problems, groups: Groups): Question {
  const entries = new Map(entriesOf(item, problems).map((one) => [one.key, one]))
  const { id, words, text } = {
    id: entries.get('question'),
    words: entries.get('words'),
    text: entries.get('text'),
  }
  const strange = [...entries.values()].find((entry) => !questionParts.includes(entry.key))
  if (strange) problems.at(strange.line, `kata "${strange.key}" tidak dikenal pada pertanyaan`)
  else if (!id || !words || !text) {
    problems.at(item.line, 'pertanyaan memerlukan question:, words: dan text:')
  }
  const name = id ? textOf(id, problems) : ''
  return {
    id: name,
    words: words ? readGroups(words, name, problems, groups) : [],
    text: { id: cutWords(text ? textOf(text, problems) : '') },
  }
}

/** Groups of words that must all be there; the same group cannot mean two questions. */
function readGroups(entry: Entry, id: string, problems: Problems, groups: Groups): string[][] {
  return textsOf(entry, problems).map(({ text, line }) => {
    const group = fold(text).split(' ')
    const sorted = [...group].sort().join(' ')
    const other = groups.get(sorted)
    if (other && other !== id) problems.at(line, `"${text}" sudah berarti pertanyaan "${other}"`)
    groups.set(sorted, id)
    return group
  })
}

/** Another language's answers, and the words in which it asks. */
function addTranslations(
  files: Files,
  code: string,
  questions: Map<string, Question>,
  groups: Groups,
) {
  const path = `languages/${code}/questions`
  const problems = files.get(path)?.problems
  for (const entry of problems ? sectionOf(files, path, 'questions') : []) {
    const question = questions.get(entry.key)
    if (!problems) continue
    if (!question) {
      problems.at(entry.line, 'pertanyaan ini tidak ada di flows/questions.yaml', entry.key)
      continue
    }
    const { text, words } = translationOf(entry, problems, question.id, groups)
    if (text) question.text[code] = cutWords(text)
    question.words.push(...words)
  }
}

function translationOf(entry: Entry, problems: Problems, id: string, groups: Groups) {
  if (entry.value.is === 'text') return { text: entry.value.text, words: [] }
  const found: { text: string; words: string[][] } = { text: '', words: [] }
  for (const part of entriesOf(entry.value, problems)) {
    if (part.key === 'text') found.text = textOf(part, problems)
    else if (part.key === 'words') found.words = readGroups(part, id, problems, groups)
    else problems.at(part.line, `kata "${part.key}" tidak dikenal pada terjemahan`, entry.key)
  }
  return found
}

function checkQuestion(question: Question, say: (sentence: string) => void) {
  checkWords(question.text, say)
  for (const name of question.text.id?.blanks ?? []) {
    const blank = blanks[name]
    if (!blank && !['operator'].includes(name)) {
      say(
        engineBlanks.includes(name)
          ? `{${name}} tidak bisa diisi di sini`
          : `{${name}} tidak dikenal`,
      )
    }
    if (blank && blank.uses.length > 0) say(`{${name}} memakai jawaban yang belum tentu ada`)
  }
}

/** Notes questions that a language does not answer. */
export function checkQuestionLanguages(files: Files, languages: Languages, questions: Question[]) {
  const problems = files.get('questions')?.problems
  const raw = sectionRaw(files, 'questions', 'questions')
  questions.forEach(({ id, text }, index) => {
    const line = raw?.is === 'list' ? raw.items[index]?.line : undefined
    checkTranslated(text, languages.keys(), (sentence) => problems?.at(line ?? 1, sentence, id))
  })
}
