// Reads payments.yaml: the words by which payment files are recognised and answered.
import { fold } from '../core/answers/normalise.ts'
import {
  type PaymentWords,
  paymentFields,
  paymentReasons,
  paymentVerdicts,
  yearMonths,
} from '../core/payments/payment-words.ts'
import { headingKey } from '../core/roster/roster-words.ts'
import { entriesOf, textOf, textsOf } from './entries.ts'
import type { Files } from './files.ts'
import type { Problems } from './problems.ts'
import { sectionOf } from './shared-words.ts'
import type { Entry } from './yaml.ts'

const heads = ['columns', 'months', 'verdicts', 'reasons']

/** The words of every section. What is missing, unknown or means two things is a problem. */
export function readPaymentWords(files: Files): PaymentWords {
  const file = files.get('payments')
  const problems = file?.problems
  for (const { key, line } of file ? entriesOf(file.raw, file.problems) : []) {
    if (heads.includes(key)) continue
    problems?.at(line, `kata "${key}" tidak dikenal; pilih ${heads.join(', ')}`)
  }
  const columns = readSection(files, 'columns', paymentFields)
  const months = readSection(files, 'months', yearMonths)
  const sentences = <T extends string>(head: string, groups: readonly T[]) =>
    new Map(
      readSection(files, head, groups).flatMap(({ group, entry }): [T, string][] =>
        problems ? [[group, textOf(entry, problems)]] : [],
      ),
    )
  return {
    headings: meaningOf(columns, headingKey, problems),
    fieldNames: new Map(
      columns.map(({ group, entry }) => [group, wordsOf(entry, problems)[0]?.text ?? group]),
    ),
    months: new Map(
      [...meaningOf(months, fold, problems)].map(([name, month]) => [
        name,
        yearMonths.indexOf(month) + 1,
      ]),
    ),
    verdicts: sentences('verdicts', paymentVerdicts),
    reasons: sentences('reasons', paymentReasons),
  }
}

interface Group<T> {
  group: T
  entry: Entry
}

function wordsOf(entry: Entry, problems: Problems | undefined) {
  return problems ? textsOf(entry, problems) : []
}

/** The entries of a section; each group must be known, and none may be missing. */
function readSection<T extends string>(
  files: Files,
  head: string,
  groups: readonly T[],
): Group<T>[] {
  const problems = files.get('payments')?.problems
  if (!problems) return []
  const entries = sectionOf(files, 'payments', head)
  for (const group of groups) {
    if (!entries.some(({ key }) => key === group)) {
      problems.at(1, `di bawah ${head}: belum ada "${group}:"`)
    }
  }
  return entries.flatMap((entry) => {
    const group = groups.find((one) => one === entry.key)
    if (group) return [{ group, entry }]
    problems.at(entry.line, `"${entry.key}" tidak dikenal di ${head}: (${groups.join(', ')})`)
    return []
  })
}

/** What each word means; no word may mean two things. */
function meaningOf<T extends string>(
  sections: Group<T>[],
  keyOf: (text: string) => string,
  problems: Problems | undefined,
): Map<string, T> {
  const meanings = new Map<string, T>()
  for (const { group, entry } of sections) {
    for (const { text, line } of wordsOf(entry, problems)) {
      const key = keyOf(text)
      const other = meanings.get(key)
      if (!key) problems?.at(line, `"${text}" tidak berisi huruf atau angka`)
      else if (other && other !== group) problems?.at(line, `"${text}" sudah berarti "${other}"`)
      meanings.set(key, group)
    }
  }
  return meanings
}
