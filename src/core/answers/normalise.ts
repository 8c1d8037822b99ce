// The one place where typed words are tidied: for keeping, and for comparing.

/**
 * Longest run of accents that is kept on one letter:
 * real words need two, jokers send a thousand.
 */
const MARKS_KEPT = 3

/**
 * No list holds a longer message; without a limit
 * ten thousand full stops take seconds to cut off.
 */
const LONGEST_WHOLE = 200

/** Plain keyboard characters with single spaces between: most messages, and nothing to clean. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/

const LONE_SURROGATES = /\p{Cs}/gu
const INVISIBLE = /\p{Cf}|\p{Variation_Selector}|[\u{115f}\u{1160}\u{3164}\u{ffa0}\u{2800}]/gu
const CONTROLS = /\p{Cc}/gu
const TOO_MANY_MARKS = new RegExp(`(\\p{M}{${MARKS_KEPT}})\\p{M}+`, 'gu')
const APOSTROPHES = /[\u2018\u2019\u201b\u2032\u02b9\u02bb\u02bc\u02be\u02bf`\u00b4]/g
/** Digits of other scripts than ours. */
const FOREIGN_DIGITS = /(?![0-9])\p{Nd}/gu
const DASHES = /[\u2010-\u2015\u2212\u2e3a\u2e3b]/g

/** Ends that change nothing about what was said. A question mark is not among them: it asks. */
const ENDS =
  /(?:[\s.!,;:~\u{1f64f}\u{1f44d}\u{1f600}-\u{1f607}\u{1f60a}\u{1f642}\u{2705}]|\p{Emoji_Modifier})+$/u

/**
 * The words as they are kept: composed (NFC), on one line, single spaces; no controls, NUL, lone
 * surrogates, invisible or direction-changing characters. Cleaning twice changes nothing.
 */
export function clean(words: string): string {
  if (PLAIN.test(words)) return words
  return words
    .replace(LONE_SURROGATES, '')
    .replace(CONTROLS, ' ')
    .replace(INVISIBLE, '')
    .normalize('NFC')
    .replace(TOO_MANY_MARKS, '$1')
    .replace(/\s+/g, ' ')
    .trim()
}

/**
 * The words as they are compared: cleaned, lower
 * case, any script's digits as 0-9, plain ' and -.
 */
export function fold(words: string): string {
  if (PLAIN.test(words)) return words.replaceAll('`', "'").toLowerCase()
  // NFKC makes full-width letters plain, but takes some
  // apostrophes apart and makes others: both ends.
  const apostrophes = clean(words).replace(APOSTROPHES, "'")
  const plain = apostrophes.normalize('NFKC').replace(APOSTROPHES, "'").toLowerCase()
  return clean(plain.replace(FOREIGN_DIGITS, toAsciiDigit).replace(DASHES, '-'))
}

/**
 * A whole message as it is looked up in a list of words: folded, without full stops or a 🙏 after
 * it. Lists of whole messages are folded the same way when they are loaded.
 */
export function foldWhole(words: string): string {
  const folded = fold(words)
  // Most messages end in a letter or digit: to look at that is quicker than to look for an end.
  if (folded.length > LONGEST_WHOLE || isPlainEnd(folded.charCodeAt(folded.length - 1))) {
    return folded
  }
  return folded.replace(ENDS, '')
}

function isPlainEnd(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39)
}

/** How many characters a person sees, near enough: code points. */
export function countCharacters(words: string): number {
  return [...words].length
}

function toAsciiDigit(digit: string): string {
  // Unicode keeps the digits of a script together, 0 first: the value is the way back to the start.
  const code = digit.codePointAt(0) ?? 0
  let value = 0
  while (/\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1
  return String(value % 10)
}
