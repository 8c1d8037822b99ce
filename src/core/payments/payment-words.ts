// The words by which payment files are read and answered: what flows/payments.yaml says.

/** What a column of a payment file can hold. */
export const paymentFields = [
  'kpj',
  'nik',
  'month',
  'from',
  'until',
  'amount',
  'paid-on',
  'reference',
] as const

/** One of them. */
export type PaymentField = (typeof paymentFields)[number]

/** The months of a year as flows/payments.yaml calls them, January first. */
export const yearMonths = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const

/** What became of a row. */
export const paymentVerdicts = [
  'paid',
  'repeated',
  'wrong-amount',
  'unknown-number',
  'ended',
  'unreadable',
] as const

/** One of them. */
export type PaymentVerdict = (typeof paymentVerdicts)[number]

/** Why a row cannot be read. */
const unreadableReasons = [
  'number-missing',
  'number-unclear',
  'number-excel',
  'amount-unclear',
  'date-unclear',
  'date-odd',
  'month-unclear',
] as const

/** One of them. */
export type UnreadableReason = (typeof unreadableReasons)[number]

/** Every reason that stands beside a row. */
export const paymentReasons = [
  'paid',
  'repeated',
  'reference-differs',
  'wrong-amount',
  'month-paid',
  'several-memberships',
  'no-rate',
  'unknown-number',
  'numbers-differ',
  'ended',
  ...unreadableReasons,
] as const

/** One of them. */
export type PaymentReason = (typeof paymentReasons)[number]

/** What flows/payments.yaml says, made comparable. */
export interface PaymentWords {
  /** Fields by heading, as `headingKey` makes it. */
  headings: Map<string, PaymentField>
  /** How each field is called, in the words that were written first. */
  fieldNames: Map<PaymentField, string>
  /** Number of the month, 1 to 12, by its folded name. */
  months: Map<string, number>
  verdicts: Map<PaymentVerdict, string>
  reasons: Map<PaymentReason, string>
}
