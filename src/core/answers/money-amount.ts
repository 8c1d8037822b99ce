// Turns one run of numbers and number words into an amount, and says how plainly it was said.
import { findSlang, type MoneyToken } from './money-words.ts'
import { addUp, findNumberParts, type NumberPart, type Sum } from './number-words.ts'

const THOUSAND = 1_000
const MILLION = 1_000_000
/** From here a number without `ribu` or `juta` is written out in full. */
const WRITTEN_OUT_FROM = 100_000

/** An amount in rupiah as it may have been meant, likeliest first. */
export interface Amount {
  options: number[]
  /** Can only have been meant this way. */
  isPlain: boolean
  /** Said with `ribu` or `juta`, or written out in full. */
  isScaled: boolean
  /** The bare number that was said, when nothing tells its scale. */
  bare?: number
}

/** The amount that the tokens make; undefined when they make none. */
export function findAmount(tokens: MoneyToken[]): Amount | undefined {
  const [first] = tokens
  const slang = tokens.length === 1 && first && 'word' in first ? findSlang(first.word) : undefined
  if (slang !== undefined) return guess([slang])
  const parts = toParts(tokens)
  const sum = parts && addUp(parts)
  if (!parts || !sum) return undefined
  if (sum.lastScale === 1) return judgeBare(sum.value)
  const amount = isNumberAndScale(tokens, parts)
    ? judgeScaled(sum.value / sum.lastScale, sum.lastScale)
    : judgeSum(sum)
  return amount && tokens.some(isDoubtfulWord) ? guess(amount.options) : amount
}

/** Gives the left end of `1-2 juta` or `500-1 juta` the scale that was said only once. */
export function lendScale(left: Amount, right: Amount): Amount {
  const end = right.options[0]
  if (left.bare === undefined || right.bare !== undefined || end === undefined) return left
  const scales = [MILLION, THOUSAND, 1].filter((scale) => scale <= end)
  const scaled = scales.map((scale) => (left.bare ?? 0) * scale).find((amount) => amount < end)
  return scaled === undefined ? left : guess([scaled])
}

function plain(amount: number): Amount {
  return { options: [Math.round(amount)], isPlain: true, isScaled: true }
}

function guess(options: number[]): Amount {
  return { options: options.map(Math.round), isPlain: false, isScaled: true }
}

/** `1.500 juta` and `300.000 ribu` say the thousands twice. */
function judgeScaled(number: number, scale: number): Amount {
  if (scale === THOUSAND && number >= 10 * THOUSAND) return guess([number, number * scale])
  if (scale < MILLION || number < THOUSAND) return plain(number * scale)
  return guess([number >= WRITTEN_OUT_FROM ? number : number * THOUSAND])
}

/** `sejuta dua ratus` leaves the last `ribu` unsaid, `2jt5` means 2.5. */
function judgeSum({ value, bareEnd, lastScale }: Sum): Amount | undefined {
  if (lastScale < MILLION || bareEnd === 0) return plain(value)
  if (bareEnd >= THOUSAND) return guess([value])
  if (bareEnd >= 100) return guess([value - bareEnd + bareEnd * THOUSAND])
  if (bareEnd >= 10) return undefined
  return guess([value - bareEnd + (bareEnd * lastScale) / 10])
}

/** A number without a scale: only what is long enough is written out in full. */
function judgeBare(value: number): Amount {
  if (value >= WRITTEN_OUT_FROM) return plain(value)
  if (value >= 10 * THOUSAND) return guess([value])
  if (value >= 100) return bareGuess(value, [value * THOUSAND, value])
  if (value >= 10) return bareGuess(value, [value * MILLION, value * THOUSAND])
  return bareGuess(value, [value * MILLION])
}

function bareGuess(bare: number, options: number[]): Amount {
  return { ...guess(options), isScaled: false, bare }
}

function isNumberAndScale(tokens: MoneyToken[], parts: NumberPart[]): boolean {
  return tokens.length === 2 && parts.length === 2 && tokens.some((token) => 'number' in token)
}

/** `M` is a million or a milliard; the Banjar half is said back in digits. */
function isDoubtfulWord(token: MoneyToken): boolean {
  return 'word' in token && (token.word === 'm' || token.word.endsWith('tangah'))
}

function toParts(tokens: MoneyToken[]): NumberPart[] | undefined {
  const parts: NumberPart[] = []
  for (const [at, token] of tokens.entries()) {
    const found = 'number' in token ? toUnit(token.number) : wordParts(token.word)
    const [first] = found ?? []
    if (!found || !first) return undefined
    const before = tokens[at - 1]
    const isLessHalf = before && 'word' in before && before.word === 'tangah'
    // `tangah dua juta` counts to the second million by a half: 1.5.
    if (isLessHalf && first.does === 'unit') {
      parts.splice(-1, 1, { does: 'unit', value: first.value - 0.5 })
    } else {
      parts.push(...found)
    }
  }
  return parts
}

function wordParts(word: string): NumberPart[] | undefined {
  if (word === 'm') return [{ does: 'scale', value: MILLION }]
  return word === 'tangah' ? [{ does: 'half' }] : findNumberParts(word)
}

/** `1.500.000`, `1,500,000.00`, `1500000`, `1,5`; undefined for `1.50.000`. */
function toUnit(typed: string): NumberPart[] | undefined {
  const grouped = /^(\d{1,3}(?:\.\d{3})+)(?:,\d{1,2})?$|^(\d{1,3}(?:,\d{3})+)(?:\.\d{1,2})?$/.exec(
    typed,
  )
  const whole = grouped?.[1] ?? grouped?.[2]
  if (whole) return [{ does: 'unit', value: Number(whole.replace(/[.,]/g, '')) }]
  if (!/^\d{1,15}([.,]\d{1,2})?$/.test(typed)) return undefined
  return [{ does: 'unit', value: Number(typed.replace(',', '.')) }]
}
