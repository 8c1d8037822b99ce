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
import { textOf } from './entries.ts'
import type { Files } from './files.ts'
import { meaningsOf, readGroups, refuseOtherHeads, wordsOf } from './word-groups.ts'

const heads = ['columns', 'months', 'verdicts', 'reasons']

/** The words of every section. What is missing, unknown or means two things is a problem. */
export function readPaymentWords(files: Files): PaymentWords {
  const file = files.get('payments')
  const problems = file?.problems
  if (file) refuseOtherHeads(file.raw, file.problems, heads)
  const read = <T extends string>(head: string, groups: readonly T[]) =>
    readGroups(files, 'payments', head, groups)
  const columns = wordsOf(read('columns', paymentFields), problems)
  const months = meaningsOf(wordsOf(read('months', yearMonths), problems), fold, problems)
  const sentences = <T extends string>(head: string, groups: readonly T[]) =>
    new Map(
      read(head, groups).flatMap(({ group, entry }): [T, string][] =>
        problems ? [[group, textOf(entry, problems)]] : [],
      ),
    )
  return {
    headings: meaningsOf(columns, headingKey, problems),
    fieldNames: new Map(
      paymentFields.map((field) => [
        field,
        columns.find(({ group }) => group === field)?.text ?? field,
      ]),
    ),
    months: new Map([...months].map(([name, month]) => [name, yearMonths.indexOf(month) + 1])),
    verdicts: sentences('verdicts', paymentVerdicts),
    reasons: sentences('reasons', paymentReasons),
  }
}
