// What happened to one person, over all channels, as officers of the area see it.
import type { Tx } from './database.ts'
import { isInside } from './village-states.ts'

/** One thing that happened. */
export interface TimelineEntry {
  at: Date
  /** Which kind of thing: the end of a phrase `office-event-…`. */
  kind: string
  /** Receipt, month, reason of a ticket: whatever tells this one from others of its kind. */
  detail: string
  /** Who did it, as the audit names them; empty where it is plain. */
  actor: string
}

const timelineSql = `WITH own AS (
     SELECT s.id, s.receipt, s.created_at, s.command, s.address_id, a.channel
       FROM submission s JOIN address a ON a.id = s.address_id
      WHERE s.state <> 'withdrawn' AND (s.village_code IS NULL OR ${isInside('s.village_code')})
        AND (s.id = $2 OR s.merged_into = $2
             OR s.id = (SELECT merged_into FROM submission WHERE id = $2)
             OR s.person_id = (SELECT person_id FROM submission WHERE id = $2))),
   self AS (SELECT DISTINCT address_id FROM own WHERE command = 'submit-enrolment')
   SELECT created_at AS at, 'sent-' || channel AS kind, receipt AS detail, '' AS actor FROM own
    UNION ALL
   SELECT decided_at, 'decided-' || kind, receipt, actor
     FROM decision d JOIN own ON own.id = d.submission_id
    UNION ALL
   SELECT decided_at, 'filled', (SELECT string_agg(f, ' ')
                                   FROM jsonb_array_elements_text(d.moved->'filled') AS f), actor
     FROM decision d JOIN own ON own.id = d.submission_id
    WHERE d.moved ? 'filled' AND undone_at IS NULL
    UNION ALL
   SELECT undone_at, 'undone', receipt, actor
     FROM decision d JOIN own ON own.id = d.submission_id WHERE undone_at IS NOT NULL
    UNION ALL
   SELECT DISTINCT v.at, v.kind, receipt, '' FROM enrolment_event v
     JOIN enrolment e ON e.id = v.enrolment_id JOIN own ON own.id = e.submission_id
    WHERE v.kind IN ('registered', 'left', 'withdrawn')
    UNION ALL
   SELECT DISTINCT v.at, v.kind, coalesce(v.detail->>'from', v.detail->>'reason', ''), v.actor
     FROM enrolment_event v JOIN enrolment e ON e.id = v.enrolment_id
     JOIN own ON own.id = e.submission_id WHERE v.kind IN ('ended', 'reopened', 'resumed')
    UNION ALL
   SELECT c.at, CASE WHEN c.given THEN 'agreed-' ELSE 'declined-' END || c.kind, '', ''
     FROM consent c JOIN own ON own.receipt = c.receipt
    WHERE c.kind IN ('registration', 'campaign')
    UNION ALL
   SELECT c.paid_on::timestamptz, 'paid', to_char(c.month, 'YYYY-MM'), ''
     FROM contribution c JOIN own ON own.id = c.submission_id WHERE c.paid_on IS NOT NULL
    UNION ALL
   SELECT k.created_at, 'asked', k.reason, '' FROM ticket k JOIN self USING (address_id)
    UNION ALL
   SELECT k.closed_at, 'answered', k.reason, '' FROM ticket k JOIN self USING (address_id)
    WHERE k.closed_at IS NOT NULL
    UNION ALL
   SELECT o.sent_at, 'told', '', '' FROM outbound o JOIN self USING (address_id)
    WHERE o.class IN ('notice', 'reminder', 'campaign') AND o.sent_at IS NOT NULL
    ORDER BY 1 DESC, 2 LIMIT 200`

/**
 * Everything kept of the person behind a submission, newest first. What was said in a chat belongs
 * to them only where they registered in it themselves.
 */
export async function readTimeline(
  tx: Tx,
  area: string,
  submissionId: number,
): Promise<TimelineEntry[]> {
  const { rows } = await tx.query<TimelineEntry>(timelineSql, [area, submissionId])
  return rows
}

/** What a person's membership is now. */
export interface MembershipState {
  state: 'registered' | 'ended'
  registeredAt: Date | null
  programmes: string[]
  /** The last month that is paid, `YYYY-MM`. */
  paidUntil: string | null
  /** Months that have begun and are not paid, oldest first. */
  unpaid: string[]
  /** When and why its person left a post, while nobody has decided what becomes of the membership. */
  leftOn: string | null
  leftBecause: string | null
}

/** The membership behind a submission; nothing where it never was registered. */
export async function findMembershipState(
  tx: Tx,
  submissionId: number,
): Promise<MembershipState | undefined> {
  const { rows } = await tx.query<MembershipState>(
    `SELECT e.*, left_post.until_on AS "leftOn", left_post.end_reason AS "leftBecause",
            (SELECT to_char(max(month), 'YYYY-MM') FROM contribution
              WHERE submission_id = $1 AND paid_on IS NOT NULL) AS "paidUntil",
            ARRAY (SELECT to_char(month, 'YYYY-MM') FROM contribution
                    WHERE submission_id = $1 AND paid_on IS NULL ORDER BY month) AS unpaid
       FROM (SELECT max(state) AS state, min(registered_at) AS "registeredAt",
                    array_agg(programme ORDER BY programme) AS programmes
               FROM enrolment WHERE submission_id = $1 AND state IN ('registered', 'ended')
             HAVING count(*) > 0) e
       LEFT JOIN LATERAL (
         SELECT until_on, end_reason FROM staff t WHERE submission_id = $1 AND until_on IS NOT NULL
            AND NOT EXISTS (SELECT FROM staff WHERE submission_id = $1 AND until_on IS NULL)
          ORDER BY until_on DESC LIMIT 1) left_post ON true`,
    [submissionId],
  )
  return rows[0]
}
