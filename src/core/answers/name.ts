// Reads a person's name as on the KTP.
import { clean, countCharacters, fold } from './normalise.ts'
import type { Reader, Reading } from './reading.ts'

const SHORTEST = 2
const LONGEST = 80
/** Room for an introduction and for spaces; more was not meant as a name. */
const LONGEST_MESSAGE = 400

const INTRODUCTION =
  /^(nama( lengkap)?( ibu( kandung)?)?( saya| ulun| sy)?|saya bernama|ngaran ulun|saya|ulun|my name is)\s*[:=]?\s+/i
/** Latin letters, as the KTP is written; no letter of another script that looks like one. */
const NAME = /^[\p{Script=Latin}][\p{Script=Latin}\p{M} '.,-]*$/u
const WEB_ADDRESS = /\b(www|https?)\b|[a-z]{2}\.(com|net|org|info|biz|co|go|id|me|ly|xyz)\b/i
const QUESTION =
  /^(apa|apakah|siapa|kenapa|mengapa|bagaimana|gimana|berapa|bapira|kapan|what|why|how)\b/
/** Whole messages that are made of letters and yet are nobody's name. */
const NOT_NAMES = new Set(
  `ya,iya,inggih,nggih,tidak,kada,nggak,enggak,gak,ga,ndak,tdk,ok,oke,lupa,sama,halo,hai,tes,
  test,no,yes,null,undefined,tidak ada,tidak tahu,tidak tau,gak tau,ga tau,gatau,kada tahu,
  kada ada`.split(/,\s*/),
)

/** Words inside a name that stay small. */
const SMALL = new Set(['bin', 'binti', 'binte'])

/** Reads 2 to 80 letters of a name; one word is a name. Phrase: name-odd. */
export const nameReader: Reader = {
  read(words): Reading {
    if (words.length > LONGEST_MESSAGE) return { kind: 'wrong', say: 'name-odd' }
    const value = setCase(dropIntroduction(clean(words).replace(/[’‘ʼ`´]/g, "'")))
    return isName(value) ? { kind: 'value', value } : { kind: 'wrong', say: 'name-odd' }
  },
  holds: isName,
  show: (value) => String(value),
  mask: (value) => String(value).replace(/[\p{L}\p{M}'.-]+/gu, (word) => `${word.charAt(0)}••••`),
}

function isName(value: unknown): boolean {
  if (typeof value !== 'string' || !NAME.test(value) || WEB_ADDRESS.test(value)) return false
  const letters = value.match(/\p{L}/gu)?.length ?? 0
  const folded = fold(value)
  if (letters < SHORTEST || countCharacters(value) > LONGEST) return false
  return !QUESTION.test(folded) && !NOT_NAMES.has(folded)
}

function dropIntroduction(words: string): string {
  let name = words
  while (INTRODUCTION.test(name)) name = name.replace(INTRODUCTION, '')
  return name
}

/** Names typed in one case get capitals; who mixed cases knows how the name is written. */
function setCase(name: string): string {
  if (name !== name.toLowerCase() && name !== name.toUpperCase()) return name
  const [person = '', ...titles] = name.split(',')
  const parts = [capitals(person), ...titles.map(titleCase)]
  return parts.join(',').normalize('NFC')
}

function capitals(name: string): string {
  // No capital after an apostrophe: it is Ma'ruf, not Ma'Ruf.
  return name.toLowerCase().replace(/[\p{L}\p{M}']+/gu, (word) => {
    return SMALL.has(word) ? word : word.charAt(0).toUpperCase() + word.slice(1)
  })
}

/** Titles after the comma: `se` is SE, `s.pd` is S.Pd. */
function titleCase(title: string): string {
  return title.includes('.') ? capitals(title) : title.toUpperCase()
}
