// Turns submissions into enrolments: many at once, each exactly once, whoever was first decides.
import type { Value } from '../core/answers/reading.ts'
import type { EnrolledPerson, EnrolmentRow } from '../core/enrolment.ts'
import { must } from '../core/must.ts'
import type { Cohort } from '../core/rates.ts'
import { answersPlace, filledPlace } from './answers-place.ts'
import type { Transaction, Tx } from './database.ts'
import type { Seal } from './seal.ts'
import { bigintArray, byteaArray, textArray } from './sql-array.ts'

/** A submission that this transaction has claimed. */
export interface ClaimedSubmission {
  id: number
  receipt: string
  startedOn: string
  /** The answers, sealed. */
  sealed: Buffer
  /** What was filled in from one that was merged, sealed. */
  filled: Buffer | null
  /** The post that it is about; missing for whoever registers themselves. */
  staff?: { villageCode: string; cohort: Cohort; position: string }
  /** The village of a resident whom an agent registered. */
  resident?: { villageCode: string }
}

/** Claims submissions that wait, at most `limit`, oldest first. */
export async function claimSubmissions(tx: Tx, limit: number): Promise<ClaimedSubmission[]> {
  const { rows } = await tx.query<{
    id: number
    receipt: string
    started_on: string
    answers: Buffer
    filled: Buffer | null
    village_code: string | null
    cohort: Cohort
    position: string
    resident_of: string | null
  }>({
    name: 'claim-submissions',
    text: `SELECT s.id, s.receipt, s.started_on, s.answers, s.filled, t.village_code, t.cohort,
                  t.position, r.village_code AS resident_of
             FROM submission s
             LEFT JOIN staff t ON t.submission_id = s.id AND t.until_on IS NULL
             LEFT JOIN resident r ON r.submission_id = s.id
            WHERE s.state = 'waiting' AND (s.claimed_at IS NULL OR s.claimed_at < now())
            ORDER BY s.id LIMIT $1 FOR NO KEY UPDATE OF s SKIP LOCKED`,
    values: [limit],
  })
  return rows.map((row) => ({
    id: row.id,
    receipt: row.receipt,
    startedOn: row.started_on,
    sealed: row.answers,
    filled: row.filled,
    ...(row.village_code !== null && {
      staff: { villageCode: row.village_code, cohort: row.cohort, position: row.position },
    }),
    ...(row.resident_of !== null && { resident: { villageCode: row.resident_of } }),
  }))
}

/**
 * The answers kept with a receipt, with what was filled in where they say nothing; none where they
 * were erased. Throws SealError.
 */
export function openSubmitted(
  seal: Seal,
  receipt: string,
  sealed: Buffer,
  filled?: Buffer | null,
): Record<string, Value> {
  const said = sealed.length === 0 ? {} : JSON.parse(seal.open(sealed, answersPlace(receipt)))
  return filled ? { ...said, ...JSON.parse(seal.open(filled, filledPlace(receipt))) } : said
}

/** What somebody answered. Throws SealError. */
export function openAnswers(seal: Seal, one: ClaimedSubmission): Record<string, Value> {
  return openSubmitted(seal, one.receipt, one.sealed, one.filled)
}

/** A person and what they enrol in, as one submission says. */
export interface NewEnrolment {
  submissionId: number
  /** By which the person is found. */
  nikIndex: Buffer
  person: EnrolledPerson
  rows: EnrolmentRow[]
}

/**
 * Submissions are decided on, and payments booked on them, one after the other: who is second sees
 * what the first did. In one order everywhere, or two with the same people would wait for ever.
 */
export async function lockSubmissions(tx: Tx, ids: number[]) {
  await tx.query(
    'SELECT FROM submission WHERE id = ANY ($1::bigint[]) ORDER BY id FOR NO KEY UPDATE',
    [bigintArray(ids)],
  )
}

/** The same of those with these receipts. */
export async function lockReceipts(tx: Tx, receipts: string[]) {
  await tx.query(
    'SELECT FROM submission WHERE receipt = ANY ($1::text[]) ORDER BY id FOR NO KEY UPDATE',
    [textArray(receipts)],
  )
}

/** The sealed columns of a person, as both who writes and who renews one gives them. */
const personColumns = [
  ['nik', (person) => person.nik],
  ['name', (person) => person.name],
  ['birth_place', (person) => person.birthPlace],
  ['birth_on', (person) => person.birthOn],
  ['sex', (person) => person.sex],
  ['mother_name', (person) => person.motherName],
  ['phone', (person) => person.phone],
  ['address_line', (person) => person.addressLine],
] as const satisfies [column: string, pick: (person: EnrolledPerson) => string][]

/** A sealed column of a person. */
export type PersonColumn = (typeof personColumns)[number][0]

/** Where it is sealed; `key` is the index of the NIK in hex. */
export function personPlace(column: PersonColumn, key: string): string {
  return `person.${column}:${key}`
}

/**
 * The columns nik, name, birth_place, birth_on, sex, mother_name, phone and address_line of one
 * person, sealed and in this order; `key` is the index of the NIK in hex.
 */
export function sealPerson(seal: Seal, key: string, person: EnrolledPerson): Buffer[] {
  return personColumns.map(([column, pick]) => seal.seal(pick(person), personPlace(column, key)))
}

/** Writes persons that are not known yet and gives, by submission, the ids of those it wrote. */
export async function insertPersons(
  tx: Tx,
  seal: Seal,
  given: NewEnrolment[],
): Promise<Map<number, number>> {
  const byIndex = indexPersons(given)
  // In one order everywhere, or two batches with the same persons would wait on each other.
  const entries = [...byIndex].sort(([one], [other]) => (one < other ? -1 : 1))
  const sealed = entries.map(([key, { person }]) => sealPerson(seal, key, person))
  const { rows } = await tx.query<{ id: number; nik_index: Buffer }>({
    name: 'insert-persons',
    text: `INSERT INTO person (nik_index, nik, name, birth_place, birth_on, sex, mother_name, phone,
                               address_line)
           SELECT * FROM unnest($1::bytea[], $2::bytea[], $3::bytea[], $4::bytea[], $5::bytea[],
                                $6::bytea[], $7::bytea[], $8::bytea[], $9::bytea[])
           ON CONFLICT (nik_index) DO NOTHING RETURNING id, nik_index`,
    values: [
      byteaArray(entries.map(([key]) => Buffer.from(key, 'hex'))),
      ...personColumns.map((_, at) =>
        byteaArray(sealed.map((columns) => must(columns[at], 'a column'))),
      ),
    ],
  })
  return new Map(
    rows.flatMap((row) => {
      const one = byIndex.get(row.nik_index.toString('hex'))
      return one ? [[one.submissionId, row.id]] : []
    }),
  )
}

/** The first of each person, by the index of their NIK in hex. */
export function indexPersons(given: NewEnrolment[]): Map<string, NewEnrolment> {
  const byIndex = new Map<string, NewEnrolment>()
  for (const one of given) {
    const key = one.nikIndex.toString('hex')
    if (!byIndex.has(key)) byIndex.set(key, one)
  }
  return byIndex
}

/** The blind index of a NIK. */
export function nikIndexOf(seal: Seal, nik: string): Buffer {
  return seal.blindIndex('nik', nik)
}

/** Sends off the enrolments of new persons with the first line of their history. */
export function insertEnrolments(tx: Transaction, given: (NewEnrolment & { personId: number })[]) {
  const flat = given.flatMap((one) => one.rows.map((row) => ({ ...one, row })))
  tx.send({
    name: 'insert-enrolments',
    text: `WITH made AS (
             INSERT INTO enrolment (person_id, nik_index, programme, segment, sector, village_code,
                    occupation, work_place, base_rupiah, months, starts_on, submission_id, payer)
             SELECT * FROM unnest($1::bigint[], $2::bytea[], $3::text[], $4::text[], $5::text[],
                    $6::text[], $7::text[], $8::text[], $9::int[], $10::int[], $11::date[],
                    $12::bigint[], $13::text[])
             ON CONFLICT (nik_index, programme) DO NOTHING RETURNING id)
           INSERT INTO enrolment_event (enrolment_id, kind, actor)
           SELECT id, 'submitted', 'person' FROM made`,
    values: [
      bigintArray(flat.map((one) => one.personId)),
      byteaArray(flat.map((one) => one.nikIndex)),
      textArray(flat.map((one) => one.row.programme)),
      textArray(flat.map((one) => one.row.segment)),
      textArray(flat.map((one) => one.row.sector)),
      textArray(flat.map((one) => one.row.villageCode)),
      textArray(flat.map((one) => one.row.occupation)),
      textArray(flat.map((one) => one.row.workPlace)),
      flat.map((one) => one.row.baseRupiah),
      flat.map((one) => one.row.months),
      flat.map((one) => `${one.row.firstMonth}-01`),
      bigintArray(flat.map((one) => one.submissionId)),
      textArray(flat.map((one) => one.row.payer)),
    ],
  })
}

/** What became of a claimed submission. */
export interface ClosedSubmission {
  id: number
  state: 'recorded' | 'parked'
  /** For officers; the person hears the same words in either state. */
  reason: string | null
  personId: number | null
  /** Where it belongs, as it was said: a code that the official list may not have. */
  villageCode: string
}

/** Sends off what became of claimed submissions. */
export function closeSubmissions(tx: Transaction, closed: ClosedSubmission[]) {
  tx.send({
    name: 'close-submissions',
    text: `UPDATE submission s SET state = c.state, reason = c.reason, person_id = c.person_id,
                  village_code = v.code, closed_at = now()
             FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::text[])
               AS c (id, state, reason, person_id, village_code)
             LEFT JOIN village v ON v.code = c.village_code
            WHERE s.id = c.id`,
    values: [
      bigintArray(closed.map((one) => one.id)),
      textArray(closed.map((one) => one.state)),
      closed.map((one) => one.reason),
      closed.map((one) => one.personId),
      textArray(closed.map((one) => one.villageCode)),
    ],
  })
}

/** Puts a submission that could not be handled aside for a while; parks it after the last try. */
export async function deferSubmission(tx: Tx, id: number, lastTry: number) {
  await tx.query(
    `UPDATE submission SET tries = tries + 1, claimed_at = now() + make_interval(secs => 30),
            state = CASE WHEN tries + 1 >= $2 THEN 'parked' ELSE state END,
            reason = CASE WHEN tries + 1 >= $2 THEN 'our-fault' ELSE reason END
      WHERE id = $1 AND state = 'waiting'`,
    [id, lastTry],
  )
}

/** How many submissions wait although they are due for longer than `seconds`. */
export async function countWaitingSubmissions(tx: Tx, seconds: number): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `SELECT count(*) AS count FROM submission
      WHERE state = 'waiting' AND created_at < now() - make_interval(secs => $1)`,
    [seconds],
  )
  return rows[0]?.count ?? 0
}
