// The names of those who were submitted, by their words, in the memory of this process alone: an
// index of names in the database would tell a thief who is called alike.
import { createNameIndex, type NameIndex } from '../core/name-index.ts'
import type { Tx } from './database.ts'
import type { Seal } from './seal.ts'
import { openSubmitted } from './submissions.ts'

/** Of so many of the newest the names are held: some tens of megabytes. */
const mostHeld = 300_000

/** Rows opened in one go: few enough that nobody waits for them. */
const perPage = 500

interface Held {
  index: NameIndex
  /** Submissions up to this number were read: what is said in one never changes. */
  readUpTo: number
  reading: Promise<void>
}

const heldOf = new WeakMap<Tx, Held>()

/** Numbers of submissions whose names may be like this one, the newest first; none is missing. */
export async function listLikelyNames(tx: Tx, seal: Seal, name: string): Promise<number[]> {
  const { index, readUpTo } = await readNames(tx, seal)
  const { rows } = await tx.query<{ id: number }>(
    'SELECT id FROM submission WHERE id > $1 ORDER BY id DESC LIMIT $2',
    [readUpTo, mostHeld],
  )
  return [...rows.map(({ id }) => id), ...index.find(name)]
}

/** Reads the names that are new; at the first time all of them, which takes seconds for many. */
export async function readNames(tx: Tx, seal: Seal): Promise<Held> {
  const held = heldOf.get(tx) ?? {
    ...{ index: createNameIndex(), readUpTo: -1, reading: Promise.resolve() },
  }
  heldOf.set(tx, held)
  held.reading = held.reading.catch(() => undefined).then(() => readMore(tx, seal, held))
  await held.reading
  return held
}

interface Row {
  id: number
  receipt: string
  answers: Buffer
}

async function readMore(tx: Tx, seal: Seal, held: Held) {
  // Numbers are given before they are kept: below the newest one may still come.
  const { rows } = await tx.query<{ id: number }>(
    `SELECT id FROM submission WHERE created_at < now() - interval '1 minute'
      ORDER BY id DESC LIMIT 1`,
  )
  const settled = rows[0]?.id ?? 0
  if (held.readUpTo < 0) held.readUpTo = Math.max(0, settled - mostHeld)
  while (held.readUpTo < settled) {
    const { rows: page } = await tx.query<Row>(
      `SELECT id, receipt, answers FROM submission WHERE id > $1 AND id <= $2
        ORDER BY id LIMIT $3`,
      [held.readUpTo, settled, perPage],
    )
    for (const { id, receipt, answers } of page) {
      held.index.add(id, String(openSubmitted(seal, receipt, answers).name ?? ''))
    }
    held.readUpTo = page.length === perPage ? (page.at(-1)?.id ?? settled) : settled
  }
}
