// Finds people for officers: by a number, or by name among the newest of the area.
import { areNamesAlike } from '../core/duplicates.ts'
import { rowsPerPage } from '../core/limits.ts'
import type { Tx } from './database.ts'
import { isOfArea } from './office-waiting.ts'
import { kpjIndexOf } from './payment-numbers.ts'
import type { Seal } from './seal.ts'
import { textArray } from './sql-array.ts'
import { nikIndexOf, openSubmitted } from './submissions.ts'

/** What is looked for. */
export type PeopleWish =
  | { by: 'receipt' | 'kpj' | 'nik'; value: string }
  /** `villages`: only these; none means the whole area. */
  | { by: 'name'; value: string; villages: string[] }

/** Somebody who was found. */
export interface FoundPerson {
  receipt: string
  name: string
  villageCode: string | null
  createdAt: Date
  state: 'registered' | 'ended' | 'refused' | 'merged' | 'waiting'
}

interface FoundRow extends Omit<FoundPerson, 'name'> {
  answers: Buffer
}

/** A name is looked for among so many of the newest: each has to be opened. */
const mostOpened = 20_000

const columns = `s.receipt, s.village_code AS "villageCode", s.created_at AS "createdAt", s.answers,
  CASE WHEN s.state IN ('refused', 'merged') THEN s.state
       WHEN EXISTS (SELECT FROM enrolment e
                     WHERE e.submission_id = s.id AND e.state = 'registered') THEN 'registered'
       WHEN EXISTS (SELECT FROM enrolment e
                     WHERE e.submission_id = s.id AND e.state = 'ended') THEN 'ended'
       ELSE 'waiting' END AS state`

const numbers = {
  receipt: 's.receipt = $2',
  kpj: 's.id IN (SELECT submission_id FROM enrolment WHERE kpj_index = $2)',
  nik: 's.person_id IN (SELECT id FROM person WHERE nik_index = $2)',
}

/** People of an area who fit, the newest first, at most a page of them. */
export async function searchPeople(
  tx: Tx,
  seal: Seal,
  area: string,
  wish: PeopleWish,
): Promise<FoundPerson[]> {
  const rows =
    wish.by === 'name'
      ? await listNewest(tx, area, wish.villages)
      : await find(tx, seal, area, wish)
  const found: FoundPerson[] = []
  for (const { answers, ...row } of rows) {
    const name = String(openSubmitted(seal, row.receipt, answers).name ?? '')
    if (wish.by !== 'name' || areNamesAlike(wish.value, name)) found.push({ ...row, name })
    if (found.length === rowsPerPage) break
  }
  return found
}

async function find(
  tx: Tx,
  seal: Seal,
  area: string,
  { by, value }: Exclude<PeopleWish, { by: 'name' }>,
): Promise<FoundRow[]> {
  const key = { receipt: value, kpj: kpjIndexOf(seal, value), nik: nikIndexOf(seal, value) }[by]
  const { rows } = await tx.query<FoundRow>(
    `SELECT ${columns} FROM submission s
      WHERE ${numbers[by]} AND s.state <> 'withdrawn' AND ${isOfArea}
      ORDER BY s.id DESC LIMIT $3`,
    [area, key, rowsPerPage],
  )
  return rows
}

async function listNewest(tx: Tx, area: string, villages: string[]): Promise<FoundRow[]> {
  const { rows } = await tx.query<FoundRow>(
    `SELECT ${columns} FROM submission s
      WHERE s.state <> 'withdrawn' AND ${isOfArea}
        AND ($2::text[] = '{}' OR s.village_code = ANY ($2::text[]))
      ORDER BY s.id DESC LIMIT $3`,
    [area, textArray(villages), mostOpened],
  )
  return rows
}
