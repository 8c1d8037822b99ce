// What others registered of somebody, as that person finds it in their own chat: agrees or objects.
import { nikReader } from '../core/answers/nik.ts'
import type { Value } from '../core/answers/reading.ts'
import type { Book } from '../core/book.ts'
import type { Entry } from '../core/entry.ts'
import { maxTriesPerCode, maxTriesPerHour } from '../core/limits.ts'
import { must } from '../core/must.ts'
import type { Cohort } from '../core/rates.ts'
import { appendAudit } from './audit.ts'
import type { Tx } from './database.ts'
import { takeBackReminders } from './reminders.ts'
import type { Seal } from './seal.ts'
import { openSubmitted } from './submissions.ts'

type Answers = Readonly<Record<string, Value>>

interface EntryRow {
  kind: 'staff' | 'resident'
  id: number
  village_code: string
  /** Of staff only. */
  cohort: Cohort | null
  position: string | null
  submission_id: number
  receipt: string
  answers: Buffer
}

/** How far the submission of an entry is, by its alias; received and parked look alike. */
export function entryState(submission: string): string {
  return `CASE WHEN ${submission}.state IN ('refused', 'withdrawn', 'merged') THEN 'refused'
               WHEN EXISTS (SELECT FROM enrolment e
                             WHERE e.submission_id = ${submission}.id AND e.state = 'registered')
               THEN 'registered'
               WHEN EXISTS (SELECT FROM enrolment e
                             WHERE e.submission_id = ${submission}.id AND e.state = 'ended')
               THEN 'ended' ELSE 'waiting' END`
}

/** What the person said of an entry in their own chat, by the alias of its table. */
export function entrySaid(entry: string): string {
  return `CASE WHEN ${entry}.objected_at IS NOT NULL THEN 'objected'
               WHEN ${entry}.agreed_at IS NOT NULL THEN 'agreed' ELSE 'nothing' END`
}

/** The entry that a code leads to, for whoever knows when its person was born. */
async function findEntry(tx: Tx, seal: Seal, given: Answers) {
  const { rows } = await tx.query<EntryRow>(
    `SELECT 'staff' AS kind, t.id, t.village_code, t.cohort, t.position, t.submission_id,
            s.receipt, s.answers
       FROM submission s JOIN staff t ON t.submission_id = s.id AND t.until_on IS NULL
      WHERE s.receipt = $1
      UNION ALL
     SELECT 'resident', r.id, r.village_code, NULL, NULL, r.submission_id, s.receipt, s.answers
       FROM submission s JOIN resident r ON r.submission_id = s.id WHERE s.receipt = $1`,
    [String(given['staff-code'])],
  )
  const row = rows[0]
  const answers = row ? openSubmitted(seal, row.receipt, row.answers) : {}
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
): Promise<Entry | null> {
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
  return entry && !isTooOften ? showEntry(book, entry) : null
}

type Found = NonNullable<Awaited<ReturnType<typeof findEntry>>>

function showEntry(book: Book, entry: Found): Entry {
  const { answers } = entry
  const person = {
    villageName: book.places.label(entry.village_code),
    name: String(answers.name),
    nik: nikReader.mask?.(must(answers.nik, 'a NIK')) ?? '',
  }
  if (entry.kind === 'staff') {
    const cohort = must(entry.cohort, 'a cohort')
    return { kind: 'staff', cohort, position: entry.position ?? '', ...person }
  }
  const { income, programme, occupation } = answers
  const work = { occupation: String(occupation), income: Number(income) }
  return { kind: 'resident', ...person, ...work, programme: String(programme) }
}

/** The tables of entries by kind: names that statements are made with, never words of people. */
const isKept = { staff: 'staff', resident: 'resident' } as const

/** Notes that the person agrees with what is registered of them. */
export async function confirmEntry(tx: Tx, seal: Seal, addressId: number, given: Answers) {
  const entry = must(await findEntry(tx, seal, given), 'the entry that was shown')
  const { kind, id } = entry
  const agrees = `UPDATE ${isKept[kind]} SET agreed_at = now(), objected_at = NULL WHERE id = $1`
  await tx.query(agrees, [id])
  await linkPerson(tx, addressId, entry.submission_id)
  // Whoever has a chat of their own is reminded there, not through the agent.
  await takeBackReminders(tx, [entry.submission_id])
  await appendAudit(tx, `address:${addressId}`, `confirm-${kind}`, `${kind}:${id}`)
}

/**
 * Whoever agrees in a chat is its person from then on: reminders find them there. Not where others
 * are registered from: an official who agrees in somebody's stead is not that person.
 */
async function linkPerson(tx: Tx, addressId: number, submissionId: number) {
  await tx.query(
    `UPDATE address a SET person_id = s.person_id FROM submission s
      WHERE a.id = $1 AND s.id = $2 AND a.person_id IS NULL AND s.person_id IS NOT NULL
        AND NOT EXISTS (SELECT FROM post t WHERE t.address_id = a.id AND t.revoked_at IS NULL)`,
    [addressId, submissionId],
  )
}

/** Notes that the person objects; what is not registered yet waits for an officer. */
export async function objectToEntry(tx: Tx, seal: Seal, addressId: number, given: Answers) {
  const entry = must(await findEntry(tx, seal, given), 'the entry that was shown')
  const { kind, id } = entry
  const objects = `UPDATE ${isKept[kind]} SET objected_at = now(), agreed_at = NULL WHERE id = $1`
  await tx.query(objects, [id])
  await tx.query(
    `UPDATE submission SET state = 'parked', reason = 'person-objects'
      WHERE id = $1 AND state IN ('waiting', 'recorded')
        AND NOT EXISTS (SELECT FROM enrolment
                         WHERE submission_id = $1 AND state IN ('registered', 'ended'))`,
    [entry.submission_id],
  )
  await appendAudit(tx, `address:${addressId}`, `object-${kind}`, `${kind}:${id}`)
}
