// The words by which answers about members are read and told: what flows/members.yaml says.
import type { Words } from '../flow.ts'
import { wordKey } from '../roster/roster-words.ts'
import { lacks } from './lay-out.ts'

/** What a column of answers can hold. */
export const answerFields = ['row', 'receipt', 'nik', 'kpj', 'result', 'reason'] as const

/** One of them. */
export type AnswerField = (typeof answerFields)[number]

/** What an answer says of a person. */
export const results = ['registered', 'refused', 'waiting'] as const

/** One of them. */
export type Result = (typeof results)[number]

/** What became of a row of answers. */
export const answerVerdicts = [
  'registered',
  'refused',
  'already',
  'waiting',
  'contradicts',
  'unknown',
  'unreadable',
] as const

/** One of them. */
export type AnswerVerdict = (typeof answerVerdicts)[number]

/** Why a row cannot be read. */
const unreadableReasons = [
  'number-missing',
  'number-unclear',
  'number-excel',
  'kpj-missing',
  'result-missing',
  'result-unclear',
] as const

/** One of them. */
export type UnreadableAnswer = (typeof unreadableReasons)[number]

/** Every reason that stands beside a row. */
export const answerReasons = [
  'registered',
  'refused',
  'refused-unclear',
  'already-registered',
  'already-refused',
  'still-waiting',
  'numbers-differ',
  'several',
  'other-kpj',
  'kpj-taken',
  'refused-registered',
  'registered-refused',
  'withdrawn',
  'ended',
  'rows-differ',
  'unknown-number',
  ...unreadableReasons,
] as const

/** One of them. */
export type AnswerReason = (typeof answerReasons)[number]

/** What is said of why somebody is not on a list yet. */
export const lackWords = lacks

/** Sentences of the watermark. */
export const watermarkWords = ['sheet', 'title', 'line', 'unverified'] as const

/** What flows/members.yaml says, made comparable. */
export interface MemberWords {
  /** Fields by heading, as `headingKey` makes it. */
  headings: Map<string, AnswerField>
  /** How each field is called, in the words that were written first. */
  fieldNames: Map<AnswerField, string>
  /** Results by word, as `wordKey` makes it. */
  results: Map<string, Result>
  /** Reasons (of `reason-…`) by the words of a portal, as `wordKey` makes them. */
  refusals: Map<string, string>
  /** The same for how such words begin, longest first. */
  openRefusals: [start: string, reason: string][]
  lacks: Map<(typeof lackWords)[number], Words>
  watermark: Map<(typeof watermarkWords)[number], Words>
  verdicts: Map<AnswerVerdict, string>
  reasons: Map<AnswerReason, string>
}

/** The reason that a person reads for what a portal says; nothing where nobody knows it. */
export function findRefusal(said: string, words: MemberWords): string | undefined {
  const key = wordKey(said)
  const open = words.openRefusals.find(([start]) => key === start || key.startsWith(`${start} `))
  return words.refusals.get(key) ?? open?.[1]
}
