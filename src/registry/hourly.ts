// What an officer may do so many times in an hour. The trail itself is the count: whichever of the
// programs on this database was asked, and whether or not it was started again since.
import { revealsPerHour, searchesPerHour } from '../core/limits.ts'
import { appendAudit } from './audit.ts'
import type { Tx } from './database.ts'

const mostPerHour = { 'reveal-submission': revealsPerHour, 'search-people': searchesPerHour }

/** What was done, as the trail notes it. */
export interface Limited {
  actor: string
  action: keyof typeof mostPerHour
  subject: string
  detail: Record<string, unknown>
}

/**
 * Notes in the trail what is only done so often; false, and nothing is noted, where this officer
 * has done it as often as that in the last hour. Two at once are counted one after the other.
 */
export async function noteLimited(tx: Tx, { actor, action, subject, detail }: Limited) {
  await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`${action} of ${actor}`])
  // The action stands in the statement itself, or the index of these rows is not used.
  const { rows } = await tx.query<{ count: number }>(
    `SELECT count(*) AS count FROM audit
      WHERE actor = $1 AND action = '${action}' AND at > now() - interval '1 hour'`,
    [actor],
  )
  if ((rows[0]?.count ?? 0) >= mostPerHour[action]) return false
  await appendAudit(tx, actor, action, subject, detail)
  return true
}
