// Reads the words that all flows share by name: phrases, notices, and those of the chat page.
import { blanks } from '../core/blanks.ts'
import type { Translated } from '../core/flow.ts'
import { cutWords } from '../core/phrase.ts'
import {
  joinedPhrases,
  noticePhrases,
  openPhrases,
  toldPhrases,
  webPhrases,
} from '../core/phrases.ts'
import type { Languages } from './compile.ts'
import { textOf } from './entries.ts'
import type { Files, SourceFile } from './files.ts'
import { sectionOf } from './shared-words.ts'
import { checkWords } from './wording.ts'
import type { Entry } from './yaml.ts'

/** The files by name, which is also the name of their section, with the phrases each must have. */
const phraseFiles: Record<string, Record<string, string[]>> = {
  phrases: { ...toldPhrases, ...joinedPhrases },
  notices: noticePhrases,
  web: webPhrases,
}

/** Words by id, all languages beside each other. */
export function readPhrases(files: Files, languages: Languages): Map<string, Translated> {
  const phrases = new Map<string, Translated>()
  for (const [name, said] of Object.entries(phraseFiles)) {
    const file = files.get(name)
    if (file) readPhraseFile({ name, file, said, files, languages, phrases })
  }
  return phrases
}

interface Reading {
  name: string
  file: SourceFile
  said: Record<string, string[]>
  files: Files
  languages: Languages
  phrases: Map<string, Translated>
}

function readPhraseFile({ name, file, said, files, languages, phrases }: Reading) {
  const { problems } = file
  const codes = [...languages.keys()]
  const entries = sectionOf(files, name, name)
  for (const entry of entries) {
    phrases.set(entry.key, { id: cutWords(textOf(entry, problems)) })
  }
  for (const code of codes) addTranslation(files, `languages/${code}/${name}`, name, code, phrases)
  for (const entry of entries) {
    const words = phrases.get(entry.key) as Translated
    const say = (sentence: string) => problems.at(entry.line, sentence, entry.key)
    checkWords(words, codes, say)
    checkBlanks(entry, words, said, say)
  }
  for (const id of Object.keys(said)) {
    if (!entries.some((entry) => entry.key === id)) problems.at(1, `kalimat "${id}" belum ada`)
  }
}

function addTranslation(
  files: Files,
  path: string,
  name: string,
  code: string,
  phrases: Map<string, Translated>,
) {
  const problems = files.get(path)?.problems
  const known = new Set(sectionOf(files, name, name).map((entry) => entry.key))
  for (const entry of sectionOf(files, path, name)) {
    const words = phrases.get(entry.key)
    if (!words || !known.has(entry.key)) {
      problems?.at(entry.line, `kalimat ini tidak ada di flows/${name}.yaml`, entry.key)
    } else if (entry.value.is === 'text' && entry.value.text) {
      words[code] = cutWords(entry.value.text)
    }
  }
}

function checkBlanks(
  entry: Entry,
  words: Translated,
  said: Record<string, string[]>,
  say: (sentence: string) => void,
) {
  const id = entry.key
  const fills = said[id]
  if (!fills && !openPhrases.some((start) => id.startsWith(start))) {
    say('kalimat ini tidak pernah dipakai; hapus, atau periksa namanya')
  }
  for (const name of words.id?.blanks ?? []) {
    const blank = id in toldPhrases ? blanks[name] : undefined
    const standsAlone = blank && blank.uses.length === 0 && !blank.needs
    if (!fills?.includes(name) && !standsAlone) say(`{${name}} tidak bisa diisi di sini`)
  }
}
