// The audit trail: only ever added to; the database itself refuses anything else.
import type { Tx } from './database.ts'

/** Notes who did what to what. `detail` holds ids and counts, never what somebody told us. */
export async function appendAudit(
  tx: Tx,
  actor: string,
  action: string,
  subject: string,
  detail: Record<string, unknown> = {},
) {
  await tx.query('INSERT INTO audit (actor, action, subject, detail) VALUES ($1, $2, $3, $4)', [
    actor,
    action,
    subject,
    JSON.stringify(detail),
  ])
}

/** What was done to one of many. */
export interface AuditedSubject {
  subject: string
  detail?: Record<string, unknown>
}

/** Notes who did the same to each of these. */
export async function appendAudits(
  tx: Tx,
  actor: string,
  action: string,
  subjects: AuditedSubject[],
) {
  await tx.query(
    `INSERT INTO audit (actor, action, subject, detail)
     SELECT $1, $2, subject, detail
       FROM unnest($3::text[], $4::jsonb[]) WITH ORDINALITY AS n (subject, detail, at) ORDER BY at`,
    [
      actor,
      action,
      subjects.map(({ subject }) => subject),
      subjects.map(({ detail = {} }) => JSON.stringify(detail)),
    ],
  )
}
