// What waits to be reviewed in an area: page by page, one by one, and what may be there twice.
import type { Value } from '../core/answers/reading.ts'
import { mayBeSamePerson } from '../core/duplicates.ts'
import { rowsPerPage } from '../core/limits.ts'
import type { Tx } from './database.ts'
import { isOfArea, isUndecided } from './office-waiting.ts'
import type { Seal } from './seal.ts'
import { nikIndexOf, openSubmitted } from './submissions.ts'
import { isInside } from './village-states.ts'

/** Which of those that wait are wanted. */
export interface ReviewFilter {
  /** `clean` has nothing odd, `odd` has doubts, `parked` could not be recorded by itself. */
  kind: 'all' | 'clean' | 'odd' | 'parked'
  /** Code of a village, district or regency; empty for the whole area. */
  place: string
}

/** Whatever waits in the area. */
export const everything: ReviewFilter = { kind: 'all', place: '' }

const kinds: Record<ReviewFilter['kind'], string> = {
  all: 'true',
  clean: `s.state = 'recorded' AND s.reason IS NULL`,
  odd: `s.state = 'recorded' AND s.reason IS NOT NULL`,
  parked: `s.state = 'parked'`,
}

/** What waits by its alias `s`: of the area $1, of the place $2 where there is one. */
function isWanted({ kind }: ReviewFilter): string {
  return `${isUndecided} AND ${isOfArea} AND ${kinds[kind]}
    AND ($2 = '' OR s.village_code = $2 OR s.village_code LIKE $2 || '.%')`
}

/** Which way a registration came. */
export type Way = 'self' | 'village' | 'agent'

const wayOf = `CASE s.command WHEN 'register-staff' THEN 'village'
  WHEN 'submit-enrolment' THEN 'self' ELSE 'agent' END`

/** One line of the queue. */
export interface ReviewLine {
  id: number
  receipt: string
  name: string
  villageCode: string | null
  way: Way
  createdAt: Date
  state: string
  /** Why it was parked, or what looks odd; empty when nothing does. */
  reasons: string[]
}

interface LineRow extends Omit<ReviewLine, 'name' | 'reasons'> {
  answers: Buffer
  reason: string | null
}

const lineColumns = `s.id, s.receipt, s.village_code AS "villageCode", ${wayOf} AS way,
  s.created_at AS "createdAt", s.state, s.reason, s.answers`

function toLine(seal: Seal, { answers, reason, ...row }: LineRow): ReviewLine {
  const name = String(openSubmitted(seal, row.receipt, answers).name ?? '')
  return { ...row, name, reasons: reason?.split(' ') ?? [] }
}

/** A page of what waits, oldest first, from the number `after` on; one more says there are more. */
export async function listReview(
  tx: Tx,
  seal: Seal,
  area: string,
  filter: ReviewFilter,
  after: number,
  limit = rowsPerPage + 1,
): Promise<ReviewLine[]> {
  const { rows } = await tx.query<LineRow>(
    `SELECT ${lineColumns} FROM submission s WHERE s.id > $3 AND ${isWanted(filter)}
      ORDER BY s.id LIMIT $4`,
    [area, filter.place, after, limit],
  )
  return rows.map((row) => toLine(seal, row))
}

/** How many wait that came after the submission of this number. */
export async function countReviewAfter(tx: Tx, area: string, id: number): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `SELECT count(*) AS count FROM submission s
      WHERE s.id > $2 AND ${isUndecided} AND ${isOfArea}`,
    [area, id],
  )
  return rows[0]?.count ?? 0
}

/** How many wait for each of the filters. */
export async function countReview(
  tx: Tx,
  area: string,
): Promise<Record<ReviewFilter['kind'], number>> {
  const columns = Object.entries(kinds).map(
    ([kind, is]) => `count(*) FILTER (WHERE ${is}) AS "${kind}"`,
  )
  const { rows } = await tx.query<Record<ReviewFilter['kind'], number>>(
    `SELECT ${columns.join(', ')} FROM submission s WHERE ${isUndecided} AND ${isOfArea}`,
    [area],
  )
  return rows[0] ?? { all: 0, clean: 0, odd: 0, parked: 0 }
}

/** The receipts before and after a submission in the queue; missing at its ends. */
export async function findNeighbours(
  tx: Tx,
  area: string,
  filter: ReviewFilter,
  id: number,
): Promise<{ previous?: string; next?: string }> {
  const find = async (beyond: string, order: string) => {
    const { rows } = await tx.query<{ receipt: string }>(
      `SELECT s.receipt FROM submission s WHERE s.id ${beyond} $3 AND ${isWanted(filter)}
        ORDER BY s.id ${order} LIMIT 1`,
      [area, filter.place, id],
    )
    return rows[0]?.receipt
  }
  const [previous, next] = await Promise.all([find('<', 'DESC'), find('>', 'ASC')])
  return { ...(previous !== undefined && { previous }), ...(next !== undefined && { next }) }
}

/** A submission as officers review it. */
export interface Reviewed extends ReviewLine {
  addressId: number
  channel: string
  flow: string
  language: string
  startedOn: string
  answers: Readonly<Record<string, Value>>
  /** Some of it is recorded and waits for its number. */
  isRecorded: boolean
  isRegistered: boolean
  /** The receipt of the one that stands for this one now. */
  mergedInto: string | null
  /** Of staff: their group and post. */
  cohort: string | null
  position: string | null
}

/** Whether an officer has still to decide on it. */
export function waitsForDecision(one: Pick<Reviewed, 'state' | 'isRecorded' | 'isRegistered'>) {
  return !one.isRegistered && (one.state === 'parked' || one.isRecorded)
}

interface ReviewedRow extends LineRow, Omit<Reviewed, 'answers' | 'name' | 'reasons'> {
  filled: Buffer | null
}

/** The submission of a receipt, in this area only; nothing for one that was taken back. */
export async function findReviewed(
  tx: Tx,
  seal: Seal,
  area: string,
  receipt: string,
): Promise<Reviewed | undefined> {
  const { rows } = await tx.query<ReviewedRow>(
    `SELECT ${lineColumns}, s.filled, s.address_id AS "addressId", a.channel, s.flow, s.language,
            s.started_on AS "startedOn", t.cohort, t.position,
            EXISTS (SELECT FROM enrolment e WHERE e.submission_id = s.id
                       AND e.state = 'submitted') AS "isRecorded",
            EXISTS (SELECT FROM enrolment e WHERE e.submission_id = s.id
                       AND e.state = 'registered') AS "isRegistered",
            (SELECT k.receipt FROM submission k WHERE k.id = s.merged_into) AS "mergedInto"
       FROM submission s JOIN address a ON a.id = s.address_id
       LEFT JOIN staff t ON t.submission_id = s.id AND t.until_on IS NULL
      WHERE s.receipt = $2 AND s.state <> 'withdrawn' AND ${isOfArea}`,
    [area, receipt],
  )
  const row = rows[0]
  if (!row) return undefined
  const { answers: sealed, filled, reason, ...rest } = row
  const answers = openSubmitted(seal, receipt, sealed, filled)
  return { ...rest, ...toLine(seal, row), answers }
}

/** A registration that may be of the same person. */
export interface Duplicate {
  /** The rule that found it. */
  rule: 'nik' | 'name-birth'
  id: number
  receipt: string
  villageCode: string | null
  createdAt: Date
  state: string
  isRecorded: boolean
  isRegistered: boolean
  /** It lies in the area of whoever asks; of others nothing more is told. */
  isInside: boolean
  answers: Readonly<Record<string, Value>>
}

/** Registrations of one village that are compared with another by name and birth date. */
const mostCompared = 3_000

/** The submission `s` and that of the number $2 are known to be of two people. */
const isToldApart = `EXISTS (
  SELECT FROM decision d WHERE d.kind = 'apart' AND d.undone_at IS NULL
     AND least(d.submission_id, d.other_id) = least(s.id, $2)
     AND greatest(d.submission_id, d.other_id) = greatest(s.id, $2))`

/** Others that may be of the same person: by NIK anywhere, by name and birth date in the village. */
export async function findDuplicates(
  tx: Tx,
  seal: Seal,
  area: string,
  one: Pick<Reviewed, 'id' | 'villageCode' | 'answers'>,
): Promise<Duplicate[]> {
  const nik = one.answers.nik
  const index = nik === undefined ? Buffer.alloc(0) : nikIndexOf(seal, String(nik))
  const { rows } = await tx.query<DuplicateRow>(
    `SELECT s.id, s.receipt, s.village_code AS "villageCode", s.created_at AS "createdAt",
            s.state, s.answers,
            s.village_code IS NULL OR ${isInside('s.village_code')} AS "isInside",
            EXISTS (SELECT FROM enrolment e WHERE e.submission_id = s.id
                       AND e.state = 'registered') AS "isRegistered",
            EXISTS (SELECT FROM enrolment e WHERE e.submission_id = s.id
                       AND e.state = 'submitted') AS "isRecorded",
            s.person_id IN (SELECT id FROM person WHERE nik_index = $3) AS "isSameNik"
       FROM submission s
      WHERE s.id <> $2 AND s.state IN ('recorded', 'parked') AND NOT ${isToldApart} AND s.id IN (
        (SELECT id FROM submission
          WHERE person_id IN (SELECT id FROM person WHERE nik_index = $3))
        UNION (SELECT id FROM submission WHERE village_code = $4 ORDER BY id DESC LIMIT $5))
      ORDER BY s.id`,
    [area, one.id, index, one.villageCode, mostCompared],
  )
  return rows.flatMap((row) => toDuplicate(seal, one.answers, row))
}

interface DuplicateRow extends Omit<Duplicate, 'rule' | 'answers'> {
  answers: Buffer
  isSameNik: boolean | null
}

function toDuplicate(
  seal: Seal,
  own: Readonly<Record<string, Value>>,
  { answers: sealed, isSameNik, ...row }: DuplicateRow,
): Duplicate[] {
  const answers = openSubmitted(seal, row.receipt, sealed)
  const compared = (given: Readonly<Record<string, Value>>) => ({
    name: String(given.name ?? ''),
    birthOn: String(given['birth-date'] ?? ''),
  })
  const isSame = isSameNik || (answers.nik !== undefined && answers.nik === own.nik)
  if (!isSame && !mayBeSamePerson(compared(own), compared(answers))) return []
  const rule = isSame ? 'nik' : 'name-birth'
  return [{ ...row, rule, answers: row.isInside ? answers : {} }]
}
