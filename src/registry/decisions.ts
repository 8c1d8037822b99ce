// What the branch decided about submissions, many at once: registered with a number, or refused.
import { byOthers } from './answered-people.ts'
import { appendAudits } from './audit.ts'
import type { Tx } from './database.ts'
import { kpjIndexOf } from './payment-numbers.ts'
import type { Seal } from './seal.ts'
import { bigintArray, byteaArray, textArray } from './sql-array.ts'
import type { Told } from './submission-notices.ts'
import { lockSubmissions } from './submissions.ts'

/** A submission with the number that its person got. */
export interface IssuedNumber {
  submissionId: number
  kpj: string
}

/** Whether somebody else than the person of this submission has that number already. */
export async function isNumberTaken(tx: Tx, seal: Seal, one: IssuedNumber): Promise<boolean> {
  const { rows } = await tx.query(
    `SELECT FROM enrolment e JOIN submission s ON s.id = e.submission_id
      WHERE e.kpj_index = $1
        AND e.person_id IS DISTINCT FROM (SELECT person_id FROM submission WHERE id = $2) LIMIT 1`,
    [kpjIndexOf(seal, one.kpj), one.submissionId],
  )
  return rows.length > 0
}

/** Records numbers of memberships; gives the submissions that waited for theirs. */
export async function recordMemberships(
  tx: Tx,
  seal: Seal,
  issued: IssuedNumber[],
  actor: string,
): Promise<Set<number>> {
  const kpjOf = new Map(issued.map(({ submissionId, kpj }) => [submissionId, kpj]))
  await lockSubmissions(tx, [...kpjOf.keys()])
  const { rows } = await tx.query<{ id: number; submission_id: number }>(
    `SELECT id, submission_id FROM enrolment
      WHERE submission_id = ANY ($1::bigint[]) AND state = 'submitted' ORDER BY id FOR UPDATE`,
    [bigintArray([...kpjOf.keys()])],
  )
  if (rows.length === 0) return new Set()
  const kpjs = rows.map((row) => kpjOf.get(row.submission_id) ?? '')
  await tx.query(
    `UPDATE enrolment e SET state = 'registered', kpj = n.kpj, kpj_index = n.kpj_index,
            registered_at = now(), updated_at = now()
       FROM unnest($1::bigint[], $2::bytea[], $3::bytea[]) AS n (id, kpj, kpj_index)
      WHERE e.id = n.id`,
    [
      bigintArray(rows.map(({ id }) => id)),
      byteaArray(rows.map(({ id }, at) => seal.seal(kpjs[at] ?? '', `enrolment.kpj:${id}`))),
      byteaArray(kpjs.map((kpj) => kpjIndexOf(seal, kpj))),
    ],
  )
  const done = new Set(rows.map((row) => row.submission_id))
  await addEvents(tx, rows, 'registered', actor)
  await appendAudits(tx, actor, 'register', [...done].map(subjectOf))
  return done
}

/** A submission with why it is refused, as phrases call it. */
export interface Refusal {
  submissionId: number
  reason: string
}

/** Refuses submissions that are not closed; gives those that were not. */
export async function refuseSubmissions(
  tx: Tx,
  refusals: Refusal[],
  actor: string,
): Promise<Set<number>> {
  const reasonOf = new Map(refusals.map(({ submissionId, reason }) => [submissionId, reason]))
  await lockSubmissions(tx, [...reasonOf.keys()])
  const closed = await tx.query<{ id: number }>(
    `UPDATE submission s SET state = 'refused', reason = n.reason, closed_at = now()
       FROM (SELECT * FROM unnest($1::bigint[], $2::text[])) AS n (id, reason)
      WHERE s.id = n.id AND s.state IN ('parked', 'recorded')
        AND NOT EXISTS (SELECT FROM enrolment e
                         WHERE e.submission_id = s.id AND e.state IN ('registered', 'ended'))
      RETURNING s.id`,
    [bigintArray([...reasonOf.keys()]), textArray([...reasonOf.values()])],
  )
  const done = new Set(closed.rows.map(({ id }) => id))
  if (done.size === 0) return done
  const { rows } = await tx.query<{ id: number }>(
    `UPDATE enrolment SET state = 'refused', updated_at = now()
      WHERE submission_id = ANY ($1::bigint[]) AND state = 'submitted' RETURNING id`,
    [bigintArray([...done])],
  )
  await addEvents(tx, rows, 'refused', actor)
  await appendAudits(
    tx,
    actor,
    'refuse',
    [...done].map((id) => ({ ...subjectOf(id), detail: { reason: reasonOf.get(id) } })),
  )
  return done
}

function subjectOf(submissionId: number) {
  return { subject: `submission:${submissionId}` }
}

async function addEvents(tx: Tx, rows: { id: number }[], kind: string, actor: string) {
  await tx.query(
    `INSERT INTO enrolment_event (enrolment_id, kind, actor)
     SELECT id, $2, $3 FROM unnest($1::bigint[]) AS id`,
    [bigintArray(rows.map(({ id }) => id)), kind, actor],
  )
}

/** Whom to tell about a submission, and where they live; empty where that is not known. */
export interface ToldSubmission extends Told {
  /** Somebody else registered the person: an official, who may hear of many at once. */
  isByOthers: boolean
  villageCode: string
}

/** Who is told about these submissions. */
export async function listTold(tx: Tx, ids: number[]): Promise<ToldSubmission[]> {
  const { rows } = await tx.query<{
    id: number
    receipt: string
    address_id: number
    language: string
    village_code: string
    isByOthers: boolean
  }>(
    `SELECT id, receipt, command IN ${byOthers} AS "isByOthers", address_id, language, coalesce(
              (SELECT village_code FROM enrolment WHERE submission_id = s.id LIMIT 1), ''
            ) AS village_code
       FROM submission s WHERE id = ANY ($1::bigint[]) ORDER BY id`,
    [bigintArray(ids)],
  )
  return rows.map(({ address_id: addressId, village_code: villageCode, ...row }) => {
    return { ...row, addressId, villageCode }
  })
}
