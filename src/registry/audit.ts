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
