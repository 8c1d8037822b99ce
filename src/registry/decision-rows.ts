// What officers decided on submissions: a row for each, with what was before and what went over.
import type { Book } from '../core/book.ts'
import { must } from '../core/must.ts'
import type { Tx } from './database.ts'
import type { Reviewed } from './review-queue.ts'
import type { Seal } from './seal.ts'

/** What a decision is made with. */
export interface Deciding {
  tx: Tx
  seal: Seal
  book: Book
  /** Who decides, as it is audited. */
  actor: string
}

/** The submission that is decided on. */
export type Decided = Pick<Reviewed, 'id' | 'receipt' | 'addressId' | 'language'>

/** What went over to another submission, by the numbers of its rows. */
export interface Moved {
  /** The post that one of the two had. */
  staff?: number
  /** The post that ended, because the other one has a post already. */
  endedStaff?: number
  resident?: number
  /** The chat that is known as the person's own from now on. */
  address?: number
  /** Answers that one of the two left open, by step id; and those of its person's own row. */
  filled?: string[]
  inPerson?: string[]
  /** What looked odd because it was open. */
  doubts?: string[]
}

/** A decision that was made. */
export interface Decision {
  id: number
  kind: 'accept' | 'refuse' | 'ask' | 'retry' | 'merge' | 'apart'
  actor: string
  decidedAt: Date
  /** The receipt and the number of the other one of two. */
  other: string | null
  otherId: number | null
  moved: Moved
}

/** What a submission was before a decision. */
export interface Was {
  state: string
  reason: string | null
}

/** What a submission is now; nobody else decides on it until this transaction is over. */
export async function lockSubmission({ tx }: Deciding, submissionId: number): Promise<Was> {
  const { rows } = await tx.query<Was>(
    'SELECT state, reason FROM submission WHERE id = $1 FOR NO KEY UPDATE',
    [submissionId],
  )
  return must(rows[0], 'the submission')
}

/** Two of which one is decided on. */
export interface WithOther {
  otherId: number
  moved?: Moved
}

/** Keeps a decision; gives its number, or nothing where the same two were told apart before. */
export async function noteDecision(
  { tx, actor }: Deciding,
  id: number,
  kind: Decision['kind'],
  was: Was,
  other?: WithOther,
): Promise<number | undefined> {
  const { rows } = await tx.query<{ id: number }>(
    `INSERT INTO decision (submission_id, kind, actor, was_state, was_reason, other_id, moved)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING id`,
    [id, kind, actor, was.state, was.reason, other?.otherId ?? null, other?.moved ?? {}],
  )
  return rows[0]?.id
}

/** The newest decision on a submission that was not taken back. */
export async function findDecision(tx: Tx, submissionId: number): Promise<Decision | undefined> {
  const { rows } = await tx.query<Decision>(
    `SELECT d.id, d.kind, d.actor, d.decided_at AS "decidedAt", o.receipt AS other,
            d.other_id AS "otherId", d.moved
       FROM decision d LEFT JOIN submission o ON o.id = d.other_id
      WHERE d.submission_id = $1 AND d.undone_at IS NULL ORDER BY d.id DESC LIMIT 1`,
    [submissionId],
  )
  return rows[0]
}
