// Checks words against the voice: short, no figures typed in, nothing that a channel cannot carry.
import type { Translated } from '../core/flow.ts'
import { findWordProblems } from '../core/wording.ts'

/** Says what is wrong with words in any language. */
export function checkWords(words: Translated, say: (sentence: string) => void) {
  for (const [code, one] of Object.entries(words)) {
    for (const sentence of findWordProblems(one)) say(`${sentence} (bahasa ${code})`)
  }
}

/**
 * Says which languages lack the words, or fill other blanks than the Indonesian words do: those
 * would tell people less, or something that is not theirs.
 */
export function checkTranslated(
  words: Translated,
  codes: Iterable<string>,
  say: (sentence: string) => void,
) {
  const indonesian = new Set(words.id?.blanks)
  for (const code of codes) {
    if (!words[code]) say(`belum ada terjemahan "${code}"`)
    const translated = new Set(words[code]?.blanks ?? indonesian)
    const lost = [...indonesian].filter((name) => !translated.has(name))
    const strange = [...translated].filter((name) => !indonesian.has(name))
    for (const name of lost) say(`{${name}} hilang di terjemahan "${code}"`)
    for (const name of strange) say(`{${name}} hanya ada di terjemahan "${code}"`)
  }
}
