// What officers do with submissions and tickets: look, register, refuse, answer. Each is audited.
import type { Value } from '../core/answers/reading.ts'
import { answersPlace } from './answers-place.ts'
import { appendAudit } from './audit.ts'
import type { Tx } from './database.ts'
import type { PrismaClient } from './generated/client.ts'
import { kpjIndexOf } from './payment-numbers.ts'
import type { Seal } from './seal.ts'

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
  }>(
    `SELECT id, address_id, language, flow, started_on, answers FROM submission
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
    answers: JSON.parse(seal.open(row.answers, answersPlace(receipt))),
  }
}

/** Officers decide on a submission one after the other: whoever is second sees what the first did. */
async function lockSubmission(tx: Tx, id: number) {
  await tx.query('SELECT FROM submission WHERE id = $1 FOR NO KEY UPDATE', [id])
}

/** Records the membership number: from now on the person is registered. False when not possible. */
export async function recordMembership(
  tx: Tx,
  seal: Seal,
  submissionId: number,
  kpj: string,
  actor: string,
): Promise<boolean> {
  await lockSubmission(tx, submissionId)
  const { rows } = await tx.query<{ id: number }>(
    `SELECT id FROM enrolment WHERE submission_id = $1 AND state = 'submitted' FOR UPDATE`,
    [submissionId],
  )
  for (const { id } of rows) {
    await tx.query(
      `UPDATE enrolment SET state = 'registered', kpj = $2, kpj_index = $3, registered_at = now(),
              updated_at = now() WHERE id = $1`,
      [id, seal.seal(kpj, `enrolment.kpj:${id}`), kpjIndexOf(seal, kpj)],
    )
    await addEvent(tx, id, 'registered', actor)
  }
  if (rows.length > 0) await appendAudit(tx, actor, 'register', `submission:${submissionId}`)
  return rows.length > 0
}

/** Refuses a submission for a reason that the person will read. False when it is closed already. */
export async function refuseSubmission(
  tx: Tx,
  submissionId: number,
  reason: string,
  actor: string,
): Promise<boolean> {
  await lockSubmission(tx, submissionId)
  const { rowCount } = await tx.query(
    `UPDATE submission SET state = 'refused', reason = $2, closed_at = now()
      WHERE id = $1 AND state IN ('parked', 'recorded')
        AND NOT EXISTS (SELECT FROM enrolment WHERE submission_id = $1 AND state = 'registered')`,
    [submissionId, reason],
  )
  if (rowCount === 0) return false
  const { rows } = await tx.query<{ id: number }>(
    `UPDATE enrolment SET state = 'refused', updated_at = now()
      WHERE submission_id = $1 AND state = 'submitted' RETURNING id`,
    [submissionId],
  )
  for (const { id } of rows) await addEvent(tx, id, 'refused', actor)
  await appendAudit(tx, actor, 'refuse', `submission:${submissionId}`, { reason })
  return true
}

async function addEvent(tx: Tx, enrolmentId: number, kind: string, actor: string) {
  await tx.query('INSERT INTO enrolment_event (enrolment_id, kind, actor) VALUES ($1, $2, $3)', [
    enrolmentId,
    kind,
    actor,
  ])
}

/** Closes a ticket and says whose it was; nothing when it is not open. */
export async function closeTicket(tx: Tx, id: number, actor: string) {
  const { rows } = await tx.query<{ address_id: number; reason: string; language: string }>(
    `UPDATE ticket t SET state = 'closed', closed_at = now() FROM address a
      WHERE t.id = $1 AND t.state = 'open' AND a.id = t.address_id
      RETURNING t.address_id, t.reason, a.language`,
    [id],
  )
  const row = rows[0]
  if (!row) return undefined
  await appendAudit(tx, actor, 'close-ticket', `ticket:${id}`)
  return { addressId: row.address_id, reason: row.reason, language: row.language }
}
