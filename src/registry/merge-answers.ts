// Two registrations become one: what the one that stays leaves open, and the other says, is taken
// over. Nothing that was said is changed by it.
import type { Value } from '../core/answers/reading.ts'
import { nikDiffers } from '../core/nik.ts'
import { filledPlace } from './answers-place.ts'
import type { Tx } from './database.ts'
import type { Deciding, Moved } from './decision-rows.ts'
import type { Reviewed } from './review-queue.ts'
import type { Seal } from './seal.ts'
import { bigintArray } from './sql-array.ts'
import { openSubmitted, type PersonColumn, personPlace } from './submissions.ts'

/**
 * Who somebody is, by the column of their person: it holds in either registration. What they agreed
 * to, earn, or do for a living holds only in the one where they said so.
 */
const columns = {
  'birth-place': 'birth_place',
  sex: 'sex',
  'mother-name': 'mother_name',
  phone: 'phone',
  address: 'address_line',
} as const satisfies Record<string, PersonColumn>

type Filled = keyof typeof columns
type Answers = Readonly<Record<string, Value>>

const isOpen = (answers: Answers, id: string) => (answers[id] ?? '') === ''

/** What is taken over; a sex that the NIK contradicts is not. */
function findFilled(kept: Answers, gone: Answers): Filled[] {
  const sex = gone.sex === 'L' || gone.sex === 'P' ? gone.sex : undefined
  const isOdd = nikDiffers(String(kept.nik ?? ''), String(kept['birth-date'] ?? ''), sex).length > 0
  return (Object.keys(columns) as Filled[]).filter(
    (id) => isOpen(kept, id) && !isOpen(gone, id) && !(id === 'sex' && isOdd),
  )
}

/** Takes over what only the other says; gives what that was, so that it can be given back. */
export async function fillAnswers(
  { tx, seal }: Deciding,
  { kept, gone }: { kept: Reviewed; gone: Reviewed },
): Promise<Pick<Moved, 'filled' | 'inPerson' | 'doubts'>> {
  const filled = findFilled(kept.answers, gone.answers)
  if (filled.length === 0) return {}
  const taken = filled.map((id): [Filled, Value] => [id, gone.answers[id] ?? ''])
  const doubts = kept.reasons.filter((reason) => filled.some((id) => reason === `lacks-${id}`))
  const reasons = kept.reasons.filter((reason) => !doubts.includes(reason))
  const before = await readFilled(tx, seal, kept)
  await writeFilled(tx, seal, kept, { ...before, ...Object.fromEntries(taken) })
  await tx.query('UPDATE submission SET reason = $2 WHERE id = $1', [
    ...[kept.id, reasons.join(' ') || null],
  ])
  const inPerson = await fillPerson(tx, seal, kept.id, taken)
  return { filled, inPerson, doubts }
}

/** Opens again what a merge had filled. */
export async function emptyAnswers(
  { tx, seal }: Pick<Deciding, 'tx' | 'seal'>,
  kept: Pick<Reviewed, 'id' | 'receipt'>,
  { filled = [], inPerson = [], doubts = [] }: Moved,
) {
  if (filled.length === 0) return
  const before = Object.entries(await readFilled(tx, seal, kept))
  await writeFilled(
    tx,
    seal,
    kept,
    Object.fromEntries(before.filter(([id]) => !filled.includes(id))),
  )
  await tx.query(
    `UPDATE submission SET reason = nullif(concat_ws(' ', reason, nullif($2, '')), '')
      WHERE id = $1`,
    [kept.id, doubts.join(' ')],
  )
  const person = await lockPerson(tx, kept.id)
  for (const id of inPerson) if (person) await writePerson(tx, seal, person, id as Filled, '')
}

/**
 * Opens again what these submissions have filled in others that still stand, and in what those have
 * filled in their turn.
 */
export async function takeBackFilled(tx: Tx, seal: Seal, ids: number[]) {
  const { rows } = await tx.query<{ id: number; receipt: string; moved: Moved }>(
    `WITH RECURSIVE way AS (
       SELECT other_id, moved, moved->'filled' AS filled
         FROM decision JOIN submission g ON g.id = submission_id
        WHERE g.id = ANY ($1::bigint[]) AND g.state = 'merged'
          AND kind = 'merge' AND undone_at IS NULL
        UNION ALL
       SELECT d.other_id, d.moved,
              (SELECT jsonb_agg(one) FROM jsonb_array_elements(way.filled) AS one
                WHERE d.moved->'filled' @> one)
         FROM decision d JOIN way ON d.submission_id = way.other_id
        WHERE d.kind = 'merge' AND d.undone_at IS NULL)
     SELECT s.id, s.receipt, jsonb_set(moved, '{filled}', way.filled) AS moved
       FROM way JOIN submission s ON s.id = way.other_id
      WHERE way.filled IS NOT NULL AND s.state <> 'withdrawn'`,
    [bigintArray(ids)],
  )
  for (const { moved, ...kept } of rows) await emptyAnswers({ tx, seal }, kept, only(moved))
}

/** What went over, of the answers that are still named as filled. */
function only({ filled = [], inPerson = [], doubts = [] }: Moved): Moved {
  return {
    filled,
    inPerson: inPerson.filter((id) => filled.includes(id)),
    doubts: doubts.filter((doubt) => filled.some((id) => doubt === `lacks-${id}`)),
  }
}

async function readFilled(tx: Tx, seal: Seal, { id, receipt }: Pick<Reviewed, 'id' | 'receipt'>) {
  const { rows } = await tx.query<{ filled: Buffer | null }>(
    'SELECT filled FROM submission WHERE id = $1',
    [id],
  )
  return openSubmitted(seal, receipt, Buffer.alloc(0), rows[0]?.filled)
}

async function writeFilled(
  tx: Tx,
  seal: Seal,
  { id, receipt }: Pick<Reviewed, 'id' | 'receipt'>,
  answers: Answers,
) {
  const isNone = Object.keys(answers).length === 0
  const sealed = isNone ? null : seal.seal(JSON.stringify(answers), filledPlace(receipt))
  await tx.query('UPDATE submission SET filled = $2 WHERE id = $1', [id, sealed])
}

type Person = { id: number; key: string } & Record<PersonColumn, Buffer>

/** The person of a submission; nothing where it was recorded for none, or they were erased. */
async function lockPerson(tx: Tx, submissionId: number): Promise<Person | undefined> {
  const { rows } = await tx.query<Person>(
    `SELECT id, encode(nik_index, 'hex') AS key, ${Object.values(columns).join(', ')} FROM person
      WHERE id = (SELECT person_id FROM submission WHERE id = $1) AND nik_index IS NOT NULL
        FOR NO KEY UPDATE`,
    [submissionId],
  )
  return rows[0]
}

/** Lists go out with what the person's own row says: what is open there is filled too. */
async function fillPerson(tx: Tx, seal: Seal, submissionId: number, taken: [Filled, Value][]) {
  const person = await lockPerson(tx, submissionId)
  if (!person) return []
  const open = taken.filter(([id]) => {
    return seal.open(person[columns[id]], personPlace(columns[id], person.key)) === ''
  })
  for (const [id, value] of open) await writePerson(tx, seal, person, id, String(value))
  return open.map(([id]) => id)
}

async function writePerson(tx: Tx, seal: Seal, { id, key }: Person, filled: Filled, value: string) {
  const column = columns[filled]
  await tx.query(`UPDATE person SET ${column} = $2 WHERE id = $1`, [
    ...[id, seal.seal(value, personPlace(column, key))],
  ])
}
