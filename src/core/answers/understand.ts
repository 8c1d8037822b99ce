// Whole messages: what somebody typed, made comparable, and the choice it names.
import { foldWhole } from './normalise.ts'
import { readYesNo } from './yes-no.ts'

/** One of several things that may be chosen. */
export interface Option {
  key: string
  label: string
  /** Both as they are compared, where that was worked out before. */
  folded?: { key: string; label: string }
}

/** An option that can be compared again and again without being folded again. */
export function foldOption({ key, label }: Option): Option {
  return { key, label, folded: { key: foldWhole(key), label: foldLabel(label) } }
}

const politeNumber = /^(?:no\.?|nomor|nomer|pilih|pilihan|yang)?\s*(\d{1,2})\s*[.)]?$/

/**
 * The option that `words` name beyond doubt: by its number from 1, its whole label or its key; a
 * clear yes or no where the keys are `ya` and `tidak`; and unless `exact`, by whole words that only
 * one label begins with. Undefined otherwise.
 */
export function findOption(
  words: string,
  options: Option[],
  clear: { yes: Set<string>; no: Set<string> },
  exact: boolean,
): Option | undefined {
  const said = foldWhole(words)
  const number = politeNumber.exec(said)
  if (number) return options[Number(number[1]) - 1]
  const same = withoutCommas(said)
  const whole = options.find(
    ({ label, key, folded }) =>
      (folded?.label ?? foldLabel(label)) === same || (folded?.key ?? foldWhole(key)) === said,
  )
  if (whole) return whole
  const yes = options.find((one) => one.key === 'ya')
  const no = options.find((one) => one.key === 'tidak')
  if (yes && no) {
    const answer = readYesNo(words, clear.yes, clear.no)
    if (answer !== 'unclear') return answer === 'yes' ? yes : no
  }
  if (exact || said.length < 4) return undefined
  const near = options.filter((one) => foldWhole(one.label).startsWith(`${said} `))
  return near.length === 1 ? near[0] : undefined
}

function foldLabel(label: string): string {
  return withoutCommas(foldWhole(label))
}

/** Who copies a label by hand leaves its commas out: these are the same words. */
function withoutCommas(folded: string): string {
  return folded.replaceAll(', ', ' ')
}
