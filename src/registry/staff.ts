// Who holds which post of a village, as officials register them: in, out, from post to post.
import type { Value } from '../core/answers/reading.ts'
import type { Cohort } from '../core/rates.ts'
import type { Command } from '../core/turn/state.ts'
import type { StaffMember } from '../core/village-staff.ts'
import { appendAudit } from './audit.ts'
import type { Tx } from './database.ts'
import { entrySaid, entryState } from './entries.ts'
import type { Seal } from './seal.ts'
import { openSubmitted } from './submissions.ts'

type Answers = Readonly<Record<string, Value>>

/** The post under which something is done. */
interface By {
  id: number
  area: string
}

/** Gives the person of a new submission their post in the village. */
export async function placeStaff(
  tx: Tx,
  by: By,
  given: {
    submissionId: number
    nikIndex: Buffer
    command: Pick<Command, 'answers' | 'startedOn'>
  },
) {
  const { answers, startedOn } = given.command
  const { rowCount } = await tx.query(
    `INSERT INTO staff (village_code, cohort, position, submission_id, nik_index, from_on, set_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (village_code, nik_index) WHERE until_on IS NULL DO NOTHING`,
    [
      by.area,
      String(answers['staff-cohort']),
      String(answers.position),
      given.submissionId,
      given.nikIndex,
      startedOn,
      by.id,
    ],
  )
  if (rowCount === 1) return
  // They have a post in the village already: an officer says which of the two is right.
  await tx.query(`UPDATE submission SET state = 'parked', reason = 'nik-known' WHERE id = $1`, [
    given.submissionId,
  ])
}

interface StaffRow {
  id: number
  cohort: Cohort
  position: string
  state: StaffMember['state']
  reason: string | null
  said: StaffMember['said']
  receipt: string
  answers: Buffer
}

/** Everybody who holds a post of this village now, in the order in which they were registered. */
export async function listStaff(tx: Tx, seal: Seal, villageCode: string): Promise<StaffMember[]> {
  const { rows } = await tx.query<StaffRow>(
    `SELECT t.id, t.cohort, t.position, s.receipt, s.answers,
            ${entryState('s')} AS state, ${entrySaid('t')} AS said,
            CASE WHEN s.state = 'refused' THEN s.reason END AS reason
       FROM staff t JOIN submission s ON s.id = t.submission_id
      WHERE t.village_code = $1 AND t.until_on IS NULL ORDER BY t.id`,
    [villageCode],
  )
  return rows.map(({ id, cohort, position, state, reason, said, receipt, answers }) => ({
    ...{ key: String(id), cohort, position, state, said },
    name: String(openSubmitted(seal, receipt, answers).name ?? ''),
    ...(reason !== null && { reason }),
  }))
}

/** How many people this address has registered for its village since yesterday. */
export async function countStaffToday(tx: Tx, addressId: number): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `SELECT count(*) AS count FROM submission
      WHERE address_id = $1 AND command = 'register-staff'
        AND created_at > now() - interval '24 hours'`,
    [addressId],
  )
  return rows[0]?.count ?? 0
}

/** Ends the post of one person in this village; nothing for anybody else's people. */
export async function endStaff(tx: Tx, by: By, answers: Answers) {
  await endRows(tx, by, {
    where: 'id = $5',
    value: Number(answers['staff-member']),
    on: String(answers['leave-on']),
    reason: String(answers['leave-reason']),
  })
}

/** Ends the posts of a whole group, as after an election. */
export async function endCohort(tx: Tx, by: By, answers: Answers) {
  await endRows(tx, by, {
    where: 'cohort = $5',
    value: String(answers['ended-cohort']),
    on: String(answers['election-on']),
    reason: 'election',
  })
}

/** Gives one person of this village another post; the earlier one is kept as history. */
export async function moveStaff(tx: Tx, by: By, answers: Answers, on: string) {
  const id = Number(answers['staff-member'])
  const ended = await endRows(tx, by, { where: 'id = $5', value: id, on, reason: 'moved' })
  for (const one of ended) {
    await tx.query(
      `INSERT INTO staff (village_code, cohort, position, submission_id, nik_index, from_on,
                          agreed_at, objected_at, set_by, roster_id)
       SELECT village_code, $2, $3, submission_id, nik_index, $4, agreed_at, objected_at, $5,
              roster_id
         FROM staff WHERE id = $1`,
      [one, String(answers['new-cohort']), String(answers['new-position']), on, by.id],
    )
  }
}

interface Ending {
  where: 'id = $5' | 'cohort = $5'
  value: number | string
  on: string
  reason: string
}

async function endRows(tx: Tx, by: By, { where, value, on, reason }: Ending): Promise<number[]> {
  const { rows } = await tx.query<{ id: number; submission_id: number }>(
    `UPDATE staff SET until_on = $3, end_reason = $4, ended_by = $2
      WHERE village_code = $1 AND until_on IS NULL AND ${where} RETURNING id, submission_id`,
    [by.area, by.id, on, reason, value],
  )
  const actor = `post:${by.id}`
  if (reason !== 'moved')
    await noteLeaving(
      tx,
      actor,
      rows.map((row) => row.submission_id),
      reason,
    )
  for (const { id } of rows) await appendAudit(tx, actor, 'end-staff', `staff:${id}`, { reason })
  return rows.map(({ id }) => id)
}

/** An officer ends the membership; its history says why. */
async function noteLeaving(tx: Tx, actor: string, submissions: number[], reason: string) {
  await tx.query(
    `INSERT INTO enrolment_event (enrolment_id, kind, actor, detail)
     SELECT id, 'left', $2, jsonb_build_object('reason', $3::text) FROM enrolment
      WHERE submission_id = ANY ($1::bigint[])`,
    [submissions, actor, reason],
  )
}
