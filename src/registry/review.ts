// What officers do with submissions: look, register, refuse. Each is audited.
import type { Value } from '../core/answers/reading.ts'
import { appendAudit } from './audit.ts'
import type { Tx } from './database.ts'
import type { PrismaClient } from './generated/client.ts'
import type { Seal } from './seal.ts'
import { openSubmitted } from './submissions.ts'

/** A submission that waits for an officer. */
export interface OpenSubmission {
  receipt: string
  createdAt: Date
  state: string
  /** Why it was parked, or what looks odd; empty when nothing does. */
  reason: string
}

/** Submissions that no officer has decided on, oldest first, at most `limit`. */
export async function listOpenSubmissions(
  prisma: PrismaClient,
  limit: number,
): Promise<OpenSubmission[]> {
  const rows = await prisma.submission.findMany({
    where: {
      OR: [
        { state: { in: ['waiting', 'parked'] } },
        { state: 'recorded', enrolments: { some: { state: 'submitted' } } },
      ],
    },
    orderBy: { id: 'asc' },
    take: limit,
    select: { receipt: true, createdAt: true, state: true, reason: true },
  })
  return rows.map((row) => ({ ...row, reason: row.reason ?? '' }))
}

/** A submission as an officer works on it. */
export interface Submission {
  id: number
  addressId: number
  language: string
  flow: string
  startedOn: string
  answers: Record<string, Value>
}

/** A submission with its answers in full; that it was looked at is audited. */
export async function revealSubmission(
  tx: Tx,
  seal: Seal,
  receipt: string,
  actor: string,
): Promise<Submission | undefined> {
  const { rows } = await tx.query<{
    id: number
    address_id: number
    language: string
    flow: string
    started_on: string
    answers: Buffer
    filled: Buffer | null
  }>(
    `SELECT id, address_id, language, flow, started_on, answers, filled FROM submission
      WHERE receipt = $1 AND state <> 'withdrawn'`,
    [receipt],
  )
  const row = rows[0]
  if (!row) return undefined
  await appendAudit(tx, actor, 'reveal-submission', `submission:${row.id}`)
  return {
    id: row.id,
    addressId: row.address_id,
    language: row.language,
    flow: row.flow,
    startedOn: row.started_on,
    answers: openSubmitted(seal, receipt, row.answers, row.filled),
  }
}

/** The number of the submission with this receipt; nothing of it is looked at. */
export async function findSubmissionId(tx: Tx, receipt: string): Promise<number | undefined> {
  const { rows } = await tx.query<{ id: number }>('SELECT id FROM submission WHERE receipt = $1', [
    receipt,
  ])
  return rows[0]?.id
}
