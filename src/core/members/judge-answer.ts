// What becomes of an answer: recorded, there already, or for an officer. Decides; writes nothing.
import type { Answer } from './answer-row.ts'
import {
  type AnswerReason,
  type AnswerVerdict,
  findRefusal,
  type MemberWords,
} from './member-words.ts'

/** A submission that an answer may be about, as it stands. */
export interface KnownMember {
  submissionId: number
  state: 'submitted' | 'registered' | 'refused' | 'withdrawn' | 'ended'
  /** The same for the same number; empty without one. */
  kpj: string
  /** The same for the same person; empty where it was erased. */
  person: string
}

/** What is known of the numbers of an answer. A number that the row does not name is missing. */
export interface Known {
  byRow?: KnownMember[]
  byReceipt?: KnownMember[]
  byNik?: KnownMember[]
  /** The number of the answer as `KnownMember` has it, and whose it is already. */
  kpj: string
  owners: string[]
}

/** What became of an answer, and about which submission it is. */
export interface JudgedAnswer {
  verdict: AnswerVerdict
  reason: AnswerReason
  submissionId?: number
  /** Why somebody is refused, as phrases call it. */
  refusal?: string
}

/** Judges one answer. Nothing that was decided is ever changed by one. */
export function judgeAnswer(answer: Answer, known: Known, words: MemberWords): JudgedAnswer {
  const found = findMember(known)
  if ('verdict' in found) return found
  const judged = judgeFor(answer, found, known, words)
  return { ...judged, submissionId: found.submissionId }
}

/** The one submission that all numbers of the row name; of several, the one that waits. */
export function findMember({ byRow, byReceipt, byNik }: Known): KnownMember | JudgedAnswer {
  const named = [byRow, byReceipt, byNik].filter((one) => one !== undefined)
  const ids = named.map((list) => new Set(list.map(({ submissionId }) => submissionId)))
  const all = (named[0] ?? []).filter((one) => ids.every((set) => set.has(one.submissionId)))
  const [only, another] = all
  if (!only) {
    const isContrary = named.filter((list) => list.length > 0).length > 1
    return isContrary
      ? { verdict: 'contradicts', reason: 'numbers-differ' }
      : { verdict: 'unknown', reason: 'unknown-number' }
  }
  if (!another) return only
  const waiting = all.filter(({ state }) => state === 'submitted')
  const [one, more] = waiting.length > 0 ? waiting : all
  return one && !more ? one : { verdict: 'contradicts', reason: 'several' }
}

function judgeFor(
  { result, reason }: Answer,
  { state, kpj, person }: KnownMember,
  known: Known,
  words: MemberWords,
): JudgedAnswer {
  if (result === 'waiting') return { verdict: 'waiting', reason: 'still-waiting' }
  if (state === 'ended') return { verdict: 'contradicts', reason: 'ended' }
  if (state === 'withdrawn') return { verdict: 'contradicts', reason: 'withdrawn' }
  if (result === 'refused') {
    if (state === 'registered') return { verdict: 'contradicts', reason: 'refused-registered' }
    if (state === 'refused') return { verdict: 'already', reason: 'already-refused' }
    const refusal = findRefusal(reason, words)
    return refusal
      ? { verdict: 'refused', reason: 'refused', refusal }
      : { verdict: 'refused', reason: 'refused-unclear', refusal: 'other' }
  }
  if (state === 'refused') return { verdict: 'contradicts', reason: 'registered-refused' }
  if (state === 'registered') {
    return kpj === known.kpj
      ? { verdict: 'already', reason: 'already-registered' }
      : { verdict: 'contradicts', reason: 'other-kpj' }
  }
  if (known.owners.some((owner) => owner !== person)) {
    return { verdict: 'contradicts', reason: 'kpj-taken' }
  }
  return { verdict: 'registered', reason: 'registered' }
}
