// Who holds which post of a village: registered by officials, seen and confirmed by each person.

import { nikReader } from '../core/answers/nik.ts'
import type { Value } from '../core/answers/reading.ts'
import type { Book } from '../core/book.ts'
import { maxTriesPerCode, maxTriesPerHour } from '../core/limits.ts'
import { must } from '../core/must.ts'
import type { Cohort } from '../core/rates.ts'
import type { Command } from '../core/turn/state.ts'
import type { StaffEntry, StaffMember } from '../core/village-staff.ts'
import { answersPlace } from './answers-place.ts'
import { appendAudit } from './audit.ts'
import type { Tx } from './database.ts'
import type { Seal } from './seal.ts'

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
            CASE WHEN s.state IN ('refused', 'withdrawn') THEN 'refused'
                 WHEN EXISTS (SELECT FROM enrolment e
                               WHERE e.submission_id = s.id AND e.state = 'registered')
                 THEN 'registered' ELSE 'waiting' END AS state,
            CASE WHEN s.state = 'refused' THEN s.reason END AS reason,
            CASE WHEN t.objected_at IS NOT NULL THEN 'objected'
                 WHEN t.agreed_at IS NOT NULL THEN 'agreed' ELSE 'nothing' END AS said
       FROM staff t JOIN submission s ON s.id = t.submission_id
      WHERE t.village_code = $1 AND t.until_on IS NULL ORDER BY t.id`,
    [villageCode],
  )
  return rows.map(({ id, cohort, position, state, reason, said, receipt, answers }) => ({
    ...{ key: String(id), cohort, position, state, said },
    name: String(openStaffAnswers(seal, receipt, answers).name ?? ''),
    ...(reason !== null && { reason }),
  }))
}

function openStaffAnswers(seal: Seal, receipt: string, sealed: Buffer): Answers {
  // What was erased is empty.
  if (sealed.length === 0) return {}
  return JSON.parse(seal.open(sealed, answersPlace(receipt))) as Answers
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

interface EntryRow {
  id: number
  village_code: string
  cohort: Cohort
  position: string
  submission_id: number
  receipt: string
  answers: Buffer
}

/** The entry that a code leads to, for whoever knows when its person was born. */
async function findEntry(tx: Tx, seal: Seal, given: Answers) {
  const { rows } = await tx.query<EntryRow>(
    `SELECT t.id, t.village_code, t.cohort, t.position, t.submission_id, s.receipt, s.answers
       FROM staff t JOIN submission s ON s.id = t.submission_id
      WHERE s.receipt = $1 AND s.command = 'register-staff' AND t.until_on IS NULL`,
    [String(given['staff-code'])],
  )
  const row = rows[0]
  const answers = row ? openStaffAnswers(seal, row.receipt, row.answers) : {}
  const isTheirs = answers['birth-date'] === given['staff-birth-date']
  return row && isTheirs ? { ...row, answers } : undefined
}

/** What is registered of somebody; wrong code, wrong day and too many tries are the same nothing. */
export async function tryEntry(
  tx: Tx,
  seal: Seal,
  book: Book,
  addressId: number,
  given: Answers,
): Promise<StaffEntry | null> {
  const index = seal.blindIndex('invite', String(given['staff-code']))
  const entry = await findEntry(tx, seal, given)
  const { rows } = await tx.query<{ by_address: number; by_code: number }>(
    `WITH noted AS (
       INSERT INTO invite_try (address_id, code_index, is_good) VALUES ($1, $2, $3))
     SELECT (SELECT count(*) FROM invite_try
              WHERE address_id = $1 AND at > now() - interval '1 hour') AS by_address,
            (SELECT count(*) FROM invite_try WHERE code_index = $2 AND NOT is_good) AS by_code`,
    [addressId, index, entry !== undefined],
  )
  const tries = must(rows[0], 'the tries')
  const isTooOften = tries.by_address >= maxTriesPerHour || tries.by_code >= maxTriesPerCode
  if (!entry || isTooOften) return null
  return {
    cohort: entry.cohort,
    position: entry.position,
    villageName: book.places.label(entry.village_code),
    name: String(entry.answers.name),
    nik: nikReader.mask?.(must(entry.answers.nik, 'a NIK')) ?? '',
  }
}

/** Notes that the person agrees with what is registered of them. */
export async function confirmStaff(tx: Tx, seal: Seal, addressId: number, given: Answers) {
  const entry = must(await findEntry(tx, seal, given), 'the entry that was shown')
  await tx.query('UPDATE staff SET agreed_at = now(), objected_at = NULL WHERE id = $1', [entry.id])
  await appendAudit(tx, `address:${addressId}`, 'confirm-staff', `staff:${entry.id}`)
}

/** Notes that the person objects; what is not registered yet waits for an officer. */
export async function objectStaff(tx: Tx, seal: Seal, addressId: number, given: Answers) {
  const entry = must(await findEntry(tx, seal, given), 'the entry that was shown')
  await tx.query('UPDATE staff SET objected_at = now(), agreed_at = NULL WHERE id = $1', [entry.id])
  await tx.query(
    `UPDATE submission SET state = 'parked', reason = 'person-objects'
      WHERE id = $1 AND state IN ('waiting', 'recorded')
        AND NOT EXISTS (SELECT FROM enrolment WHERE submission_id = $1 AND state = 'registered')`,
    [entry.submission_id],
  )
  await appendAudit(tx, `address:${addressId}`, 'object-staff', `staff:${entry.id}`)
}
