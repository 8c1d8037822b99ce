// What a reader makes of typed words: a value, a doubt to be confirmed, or what is wrong.

/** The kinds of answer a flow may ask for. */
export type AnswerKind =
  | 'choice'
  | 'nik'
  | 'name'
  | 'date'
  | 'money'
  | 'phone'
  | 'place'
  | 'number'
  | 'text'
  | 'message'
  | 'code'
  | 'pin'
  | 'document'
  | 'coming-day'
  | 'kpj'

/** An answer as it is kept in a session: short, JSON, no objects. A place is its village code. */
export type Value = string | number

/**
 * What a reader says. `doubt`: understood, but not plainly: the options are offered as buttons with
 * the phrase `say`; `keep` is remembered and given back to the reader with the next words (a place
 * that is being narrowed down). `wrong`: not understood; `say` names the phrase that helps.
 * `blanks` fill the phrase.
 */
export type Reading =
  | { kind: 'value'; value: Value }
  | { kind: 'doubt'; say: string; options: Value[]; keep?: string; blanks?: Record<string, string> }
  | { kind: 'wrong'; say: string; blanks?: Record<string, string> }

/** What every reader is given besides the words. Days are `YYYY-MM-DD`. */
export interface ReadingContext {
  /** Today in the talk's frozen time. */
  on: string
  /** What the last doubt asked to keep, if this is its follow-up. */
  keep?: string
}

/** Reads typed words as one kind of answer, and shows a value again. Pure. */
export interface Reader {
  read(words: string, context: ReadingContext): Reading
  /** Whether a stored value still is one (flows change while people are in them). */
  holds(value: Value): boolean
  /** The value as a person reads it, e.g. `Rp1.500.000`, `12 Maret 1985`. */
  show(value: Value, language: string): string
  /** The value with its middle hidden, for sensitive answers, e.g. `6303••••••••0001`. */
  mask?(value: Value): string
}
