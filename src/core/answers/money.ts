// Reads an amount of rupiah a month as people say it; what was not said plainly is confirmed.
import { type Amount, findAmount, lendScale } from './money-amount.ts'
import { cutMoney, type MoneyWords } from './money-words.ts'
import { fold } from './normalise.ts'
import type { Reader, Reading } from './reading.ts'

const LONGEST = 200
const SMALLEST_RUPIAH = 1
/** More a month is a slip of the finger. */
const LARGEST_RUPIAH = 1_000_000_000
/** Less a month was rather meant by the day: it is confirmed. */
const LIKELY_FROM_RUPIAH = 50_000
/** As this reader itself shows amounts. */
const AS_SHOWN = /^rp\d{1,3}(\.\d{3})*$/

/**
 * Reads whole rupiah a month. Phrases: money-check for a doubt, money-unclear, money-odd (nothing,
 * negative or too much), money-per-day (by the day, week or harvest), money-unsure (no amount
 * said).
 */
export const moneyReader: Reader = {
  read(words): Reading {
    const typed = fold(words)
    if (typed.length > LONGEST) return wrong('money-unclear')
    if (/^(rp)?\s?(-|minus)\s?(rp)?\s?\d/.test(typed)) return wrong('money-odd')
    if (AS_SHOWN.test(typed)) return offer([Number(typed.replace(/\D/g, ''))], true)
    const cut = cutMoney(typed)
    // `tergantung panen` names a harvest, but no amount for one.
    const isAmountSaid = cut.segments.length > 0 || !cut.isUnsure
    return cut.isOtherPeriod && isAmountSaid ? wrong('money-per-day') : judge(cut)
  },
  holds: isRupiah,
  show: (value) => `Rp${String(value).replace(/\B(?=(\d{3})+$)/g, '.')}`,
}

function judge(cut: MoneyWords): Reading {
  const found = cut.segments.map(findAmount)
  const amounts = found.filter((amount) => amount !== undefined)
  const [first, second] = amounts
  if (!first) return wrong(cut.isUnsure ? 'money-unsure' : 'money-unclear')
  if (amounts.length < found.length) return wrong('money-unclear')
  if (!second) {
    if (cut.isMixed && !first.isScaled) return wrong('money-unclear')
    return offer(first.options, isPlain(first, cut))
  }
  if (cut.isRange && amounts.length === 2) {
    return offer([lendScale(first, second), second].flatMap(likeliest), false)
  }
  const [scaled, another] = amounts.filter((amount) => amount.isScaled)
  return scaled && !another ? offer(scaled.options, false) : wrong('money-unclear')
}

function isPlain(amount: Amount, cut: MoneyWords): boolean {
  const isLikely = amount.options.every((each) => each >= LIKELY_FROM_RUPIAH)
  return amount.isPlain && isLikely && !cut.isLoose && !cut.isMixed
}

function likeliest(amount: Amount): number[] {
  return amount.options.slice(0, 1)
}

function offer(amounts: number[], isPlain: boolean): Reading {
  const options = [...new Set(amounts)].filter(isRupiah)
  const [only] = options
  if (only === undefined) return wrong('money-odd')
  return isPlain ? { kind: 'value', value: only } : { kind: 'doubt', say: 'money-check', options }
}

function wrong(say: string): Reading {
  return { kind: 'wrong', say }
}

function isRupiah(value: unknown): value is number {
  return (
    typeof value === 'number' &&
    Number.isInteger(value) &&
    value >= SMALLEST_RUPIAH &&
    value <= LARGEST_RUPIAH
  )
}
