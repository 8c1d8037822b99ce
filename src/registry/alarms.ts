// Alarms: what the program cannot mend by itself and an officer must know of.
import { appendAudit } from './audit.ts'
import type { Tx } from './database.ts'

/** What is wrong with which channel. */
export interface Alarm {
  kind: string
  channel: string
  /** A code or a count, nothing about people. */
  detail?: string
}

/** Raises an alarm; one that is open already is only noted again, with the newer detail. */
export async function raiseAlarm(tx: Tx, { kind, channel, detail }: Alarm) {
  await tx.query(
    `INSERT INTO alarm (kind, channel, detail) VALUES ($1, $2, $3)
     ON CONFLICT (kind, channel) WHERE closed_at IS NULL
     DO UPDATE SET detail = coalesce(excluded.detail, alarm.detail), again_at = now()`,
    [kind, channel, detail ?? null],
  )
}

/** Ends an alarm because what it told of is over. */
export async function endAlarm(tx: Tx, { kind, channel }: Alarm) {
  await tx.query(
    `UPDATE alarm SET closed_at = now()
      WHERE kind = $1 AND channel = $2 AND closed_at IS NULL`,
    [kind, channel],
  )
}

/** Closes an alarm that somebody has seen to. False when it is not open. */
export async function closeAlarm(tx: Tx, id: number, actor: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    'UPDATE alarm SET closed_at = now() WHERE id = $1 AND closed_at IS NULL',
    [id],
  )
  if (rowCount === 0) return false
  await appendAudit(tx, actor, 'close-alarm', `alarm:${id}`)
  return true
}

/** Whether there is, or was, an alarm of this number. */
export async function isAlarm(tx: Tx, id: number): Promise<boolean> {
  const { rows } = await tx.query('SELECT FROM alarm WHERE id = $1', [id])
  return rows.length > 0
}

/** An alarm that is open. */
export interface OpenAlarm {
  id: number
  kind: string
  channel: string
  detail: string
  raisedAt: Date
}

/** The open alarms, oldest first. */
export async function listAlarms(tx: Tx): Promise<OpenAlarm[]> {
  const { rows } = await tx.query<OpenAlarm>(
    `SELECT id, kind, channel, coalesce(detail, '') AS detail, raised_at AS "raisedAt"
       FROM alarm WHERE closed_at IS NULL ORDER BY id`,
  )
  return rows
}
