// The way back from a decision, while the person was told nothing and nothing has followed from it.
import { undoSeconds } from '../core/limits.ts'
import { appendAudit } from './audit.ts'
import type { Tx } from './database.ts'
import { type Decided, type Deciding, type Decision, findDecision } from './decision-rows.ts'
import { emptyAnswers } from './merge-answers.ts'
import { takeBackNotices } from './notices.ts'
import { mergePurposes, moveBack } from './review-merge.ts'
import { purposeOf } from './submission-notices.ts'
import { lockSubmissions } from './submissions.ts'

/** Decisions after which the submission is something else; by the state that its enrolments got. */
const changed = { accept: 'registered', refuse: 'refused', merge: 'withdrawn' } as const

/**
 * Takes one's own decision back while the person was told nothing yet, and nothing has followed
 * from it. False where it is too late for that.
 */
export async function undoDecision(deciding: Deciding, one: Decided): Promise<boolean> {
  const { tx, actor } = deciding
  const { otherId } = (await findDecision(tx, one.id)) ?? {}
  await lockSubmissions(tx, [one.id, ...(otherId ? [otherId] : [])])
  const decision = await findDecision(tx, one.id)
  if (!decision || decision.actor !== actor || !(await mayUndo(tx, one, decision))) return false
  const { kind } = decision
  if (kind === 'accept' || kind === 'refuse' || kind === 'merge') {
    if (!(await takeBackNotices(tx, purposesOf(one, kind)))) return false
    await restore(deciding, one, decision, changed[kind])
  }
  await tx.query('UPDATE decision SET undone_at = now() WHERE id = $1', [decision.id])
  await appendAudit(tx, actor, `undo-${kind}`, `submission:${one.id}`)
  return true
}

function purposesOf(one: Decided, kind: keyof typeof changed): string[] {
  if (kind === 'merge') return mergePurposes(one)
  return [purposeOf(one, kind === 'accept' ? 'enrolment-registered' : 'enrolment-refused')]
}

async function restore(deciding: Deciding, one: Decided, decision: Decision, state: string) {
  const { tx, actor } = deciding
  await tx.query(
    `UPDATE submission s SET state = d.was_state, reason = d.was_reason, merged_into = NULL
       FROM decision d WHERE d.id = $1 AND s.id = d.submission_id`,
    [decision.id],
  )
  const { rows } = await tx.query<{ id: number }>(
    `UPDATE enrolment SET state = 'submitted', kpj = NULL, kpj_index = NULL, registered_at = NULL,
            updated_at = now()
      WHERE submission_id = $1 AND state = $2 RETURNING id`,
    [one.id, state],
  )
  for (const { id } of rows) {
    await tx.query(
      `INSERT INTO enrolment_event (enrolment_id, kind, actor) VALUES ($1, 'undone', $2)`,
      [id, actor],
    )
  }
  const { kind, other, otherId, moved } = decision
  if (kind !== 'merge' || other === null || otherId === null) return
  await emptyAnswers(deciding, { id: otherId, receipt: other }, moved)
  await moveBack(tx, one.id, moved)
}

/** Within its seconds, and no contribution and no village's new status rests on it. */
async function mayUndo(tx: Tx, one: Decided, { id, kind }: Decision): Promise<boolean> {
  if (kind === 'ask' || kind === 'retry') return false
  const { rows } = await tx.query(
    `SELECT FROM decision d JOIN submission s ON s.id = d.submission_id
      WHERE d.id = $1 AND d.decided_at > now() - make_interval(secs => $3)
        AND NOT EXISTS (SELECT FROM contribution WHERE submission_id = $2)
        AND NOT EXISTS (SELECT FROM village_status v WHERE v.village_code = s.village_code
                           AND v.decided_at >= d.decided_at)`,
    [id, one.id, undoSeconds],
  )
  return rows.length > 0
}
