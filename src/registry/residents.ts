// Residents whom an agent registers in the own village, and how far each of them is.
import { mostResidentsListed } from '../core/limits.ts'
import type { AgentResidents } from '../core/residents.ts'
import { showReceipt } from '../core/text.ts'
import type { Tx } from './database.ts'
import { entrySaid, entryState } from './entries.ts'
import type { Seal } from './seal.ts'
import { openSubmitted } from './submissions.ts'

/** Keeps that a new submission is about a resident of the village of this post. */
export async function placeResident(
  tx: Tx,
  by: { id: number; area: string },
  submissionId: number,
) {
  await tx.query('INSERT INTO resident (village_code, submission_id, set_by) VALUES ($1, $2, $3)', [
    by.area,
    submissionId,
    by.id,
  ])
}

/** How many residents this address has registered since yesterday. */
export async function countResidentsToday(tx: Tx, addressId: number): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `SELECT count(*) AS count FROM resident r JOIN post p ON p.id = r.set_by
      WHERE p.address_id = $1 AND r.set_at > now() - interval '24 hours'`,
    [addressId],
  )
  return rows[0]?.count ?? 0
}

interface ResidentRow {
  receipt: string
  answers: Buffer
  state: AgentResidents['newest'][number]['state']
  said: AgentResidents['newest'][number]['said']
  total: number
  registered: number
  refused: number
}

/** Those whom this address has registered in this village; nobody registered by somebody else. */
export async function listResidents(
  tx: Tx,
  seal: Seal,
  addressId: number,
  villageCode: string,
): Promise<AgentResidents> {
  const { rows } = await tx.query<ResidentRow>(
    `WITH own AS (
       SELECT r.id, s.receipt, s.answers, ${entryState('s')} AS state, ${entrySaid('r')} AS said
         FROM resident r JOIN post p ON p.id = r.set_by
         JOIN submission s ON s.id = r.submission_id
        WHERE p.address_id = $1 AND r.village_code = $2)
     SELECT receipt, answers, state, said, count(*) OVER () AS total,
            count(*) FILTER (WHERE state = 'registered') OVER () AS registered,
            count(*) FILTER (WHERE state = 'refused') OVER () AS refused
       FROM own ORDER BY id DESC LIMIT $3`,
    [addressId, villageCode, mostResidentsListed],
  )
  const { total = 0, registered = 0, refused = 0 } = rows[0] ?? {}
  return {
    ...{ total, registered, refused, waiting: total - registered - refused },
    newest: rows.map(({ receipt, answers, state, said }) => ({
      ...{ receipt: showReceipt(receipt), state, said },
      name: String(openSubmitted(seal, receipt, answers).name ?? ''),
    })),
  }
}
