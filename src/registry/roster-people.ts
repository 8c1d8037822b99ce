// Makes registrations of the accepted rows of a list: many at once, each person once in a village.
import type { Value } from '../core/answers/reading.ts'
import { must } from '../core/must.ts'
import type { Cohort } from '../core/rates.ts'
import { type KeptRow, withReceipt } from '../core/roster/kept-roster.ts'
import { isToRegister } from '../core/roster/roster-view.ts'
import { answersPlace } from './answers-place.ts'
import { appendAudit } from './audit.ts'
import type { Tx } from './database.ts'
import type { ClaimedRoster } from './roster-work.ts'
import type { Seal } from './seal.ts'
import { bigintArray, byteaArray, textArray } from './sql-array.ts'
import { nikIndexOf } from './submissions.ts'

/** The flow in which officials agree to a list. */
const flow = 'official/roster-confirm'

/**
 * Rows with the codes of those who have a post in the village already: they are not made twice, and
 * a list changes nobody's group by the way.
 */
export async function noteKnown(
  tx: Tx,
  seal: Seal,
  villageCode: string,
  rows: readonly KeptRow[],
): Promise<KeptRow[]> {
  const keyOf = (row: KeptRow) =>
    row.person.nik ? nikIndexOf(seal, row.person.nik).toString('hex') : ''
  const open = rows.filter(isToRegister)
  type Known = { nik_index: Buffer; receipt: string; cohort: Cohort }
  const { rows: known } = await tx.query<Known>(
    `SELECT t.nik_index, s.receipt, t.cohort
       FROM staff t JOIN submission s ON s.id = t.submission_id
      WHERE t.village_code = $1 AND t.until_on IS NULL AND t.nik_index = ANY ($2)`,
    [villageCode, byteaArray(open.map((row) => Buffer.from(keyOf(row), 'hex')))],
  )
  const byIndex = new Map(known.map((one) => [one.nik_index.toString('hex'), one]))
  return rows.map((row) => {
    const there = isToRegister(row) ? byIndex.get(keyOf(row)) : undefined
    if (!there) return row
    const isSame = row.person.cohort === there.cohort
    return withReceipt(row, there.receipt, isSame ? 'already-here' : 'already-elsewhere')
  })
}

/** Makes a registration of each of these accepted rows, with their codes. */
export async function registerRows(
  tx: Tx,
  seal: Seal,
  roster: ClaimedRoster,
  rows: readonly KeptRow[],
  newCode: () => string,
): Promise<KeptRow[]> {
  const made = rows.map((row) => (isToRegister(row) ? withReceipt(row, newCode()) : row))
  const fresh = made.filter((row, index) => row !== rows[index])
  if (fresh.length === 0) return made
  const ids = await insertSubmissions(tx, seal, roster, fresh)
  await insertStaff(tx, seal, roster, fresh, ids)
  const detail = { people: fresh.length }
  await appendAudit(tx, `post:${roster.postId}`, 'register-roster', `roster:${roster.id}`, detail)
  return made
}

async function insertSubmissions(
  tx: Tx,
  seal: Seal,
  roster: ClaimedRoster,
  rows: KeptRow[],
): Promise<Map<string, number>> {
  const sealed = rows.map((row) => {
    const answers = JSON.stringify(answersOf(row))
    return seal.sealWords(answers, answersPlace(receiptOf(row)))
  })
  const { rows: kept } = await tx.query<{ id: number; receipt: string }>(
    `INSERT INTO submission
       (receipt, address_id, command, flow, flow_version, language, started_on, answers)
     SELECT receipt, $3, 'register-staff', $4, $5, $6, $7, answers
       FROM unnest($1::text[], $2::bytea[]) AS g (receipt, answers)
     RETURNING id, receipt`,
    [
      textArray(rows.map(receiptOf)),
      byteaArray(sealed),
      ...[roster.addressId, flow, roster.flowVersion, roster.language, roster.startedOn],
    ],
  )
  return new Map(kept.map(({ id, receipt }) => [receipt, id]))
}

async function insertStaff(
  tx: Tx,
  seal: Seal,
  roster: ClaimedRoster,
  rows: KeptRow[],
  ids: Map<string, number>,
) {
  await tx.query(
    `INSERT INTO staff
       (village_code, cohort, position, submission_id, nik_index, from_on, set_by, roster_id)
     SELECT $5, cohort, position, submission_id, nik_index, $6, $7, $8
       FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bytea[])
         AS g (cohort, position, submission_id, nik_index)`,
    [
      textArray(rows.map(({ person }) => must(person.cohort, 'the group of an accepted row'))),
      textArray(rows.map(positionOf)),
      bigintArray(rows.map((row) => must(ids.get(receiptOf(row)), 'its submission'))),
      byteaArray(rows.map(({ person }) => nikIndexOf(seal, must(person.nik, 'a NIK')))),
      ...[roster.villageCode, roster.startedOn, roster.postId, roster.id],
    ],
  )
}

function receiptOf({ receipt }: KeptRow): string {
  return must(receipt, 'the code of a row')
}

function positionOf({ person }: KeptRow): string {
  return person.post || must(person.cohort, 'the group of an accepted row')
}

/** The row as the same answers that official/register-staff would have got one by one. */
function answersOf(row: KeptRow): Record<string, Value> {
  const { person } = row
  const told: Record<string, Value | undefined> = {
    'staff-cohort': person.cohort,
    position: positionOf(row),
    nik: person.nik,
    name: person.name,
    'birth-place': person.birthPlace,
    'birth-date': person.birthOn,
    sex: person.sex,
    'mother-name': person.motherName,
    phone: person.phone ?? '',
    statement: 'ya',
    'staff-review': 'ya',
  }
  const said = Object.entries(told).filter(([, value]) => value !== undefined)
  return Object.fromEntries(said) as Record<string, Value>
}
