// Reads the words that all flows share by name: phrases, notices, and those of the chat page.
import { blanks } from '../core/blanks.ts'
import type { Translated } from '../core/flow.ts'
import { campaignPhrases } from '../core/office-campaign-phrases.ts'
import { machinePhrases } from '../core/office-machine-phrases.ts'
import { officePhrases } from '../core/office-phrases.ts'
import { cutWords } from '../core/phrase.ts'
import {
  certificatePhrases,
  joinedPhrases,
  noticePhrases,
  openPhrases,
  picturePhrases,
  rosterPhrases,
  toldPhrases,
  webPhrases,
} from '../core/phrases.ts'
import { reviewPhrases } from '../core/review-phrases.ts'
import { textOf } from './entries.ts'
import { type Files, untranslated } from './files.ts'
import { sectionOf } from './shared-words.ts'
import type { Languages } from './translations.ts'
import { checkTranslated, checkWords } from './wording.ts'

/** The files by name, which is also the name of their section, with the phrases each must have. */
const phraseFiles: Record<string, Record<string, string[]>> = {
  phrases: { ...toldPhrases, ...joinedPhrases },
  notices: noticePhrases,
  web: webPhrases,
  office: officePhrases,
  'office-machine': machinePhrases,
  'office-campaign': campaignPhrases,
  rosters: rosterPhrases,
  review: reviewPhrases,
  certificate: certificatePhrases,
  picture: picturePhrases,
}

/** Words by id, all languages beside each other. */
export function readPhrases(files: Files, languages: Languages): Map<string, Translated> {
  const phrases = new Map<string, Translated>()
  for (const [name, said] of Object.entries(phraseFiles)) {
    const entries = sectionOf(files, name, name)
    const problems = files.get(name)?.problems
    if (!problems) continue
    for (const entry of entries) {
      const words: Translated = { id: cutWords(textOf(entry, problems)) }
      for (const [code, text] of translationsOf(files, languages, name, entry.key)) {
        words[code] = cutWords(text)
      }
      phrases.set(entry.key, words)
      const say = (sentence: string) => problems.at(entry.line, sentence, entry.key)
      checkWords(words, say)
      checkBlanks(entry.key, words, said[entry.key], say)
    }
    for (const id of Object.keys(said)) {
      if (!entries.some((entry) => entry.key === id)) problems.at(1, `kalimat "${id}" belum ada`)
    }
  }
  return phrases
}

function translationsOf(files: Files, languages: Languages, name: string, id: string) {
  return [...languages.keys()].flatMap((code): [string, string][] => {
    const entries = sectionOf(files, `languages/${code}/${name}`, name)
    const value = entries.find((entry) => entry.key === id)?.value
    return value?.is === 'text' && value.text ? [[code, value.text]] : []
  })
}

/** Notes where a language does not say what the phrases say, or says more. */
export function checkPhraseLanguages(
  files: Files,
  languages: Languages,
  phrases: Map<string, Translated>,
) {
  const translated = Object.keys(phraseFiles).filter((name) => !untranslated.includes(name))
  for (const name of translated) {
    const entries = sectionOf(files, name, name)
    for (const { key, line } of entries) {
      checkTranslated(phrases.get(key) as Translated, languages.keys(), (sentence) =>
        files.get(name)?.problems.at(line, sentence, key),
      )
    }
    for (const code of languages.keys()) {
      const path = `languages/${code}/${name}`
      for (const { key, line } of sectionOf(files, path, name)) {
        if (entries.some((entry) => entry.key === key)) continue
        const sentence = `kalimat ini tidak ada di flows/${name}.yaml`
        files.get(path)?.problems.at(line, sentence, key)
      }
    }
  }
}

function checkBlanks(
  id: string,
  words: Translated,
  fills: string[] | undefined,
  say: (sentence: string) => void,
) {
  if (!fills && !openPhrases.some((start) => id.startsWith(start))) {
    say('kalimat ini tidak pernah dipakai; hapus, atau periksa namanya')
    return
  }
  for (const name of words.id?.blanks ?? []) {
    const blank = id in toldPhrases ? blanks[name] : undefined
    const standsAlone = blank && blank.uses.length === 0 && !blank.needs
    if (!fills?.includes(name) && !standsAlone) say(`{${name}} tidak bisa diisi di sini`)
  }
}
