// Members and their birth dates, page by page, for those who come near the upper age.
import type { Tx } from './database.ts'
import type { Seal } from './seal.ts'

/** A member who pays for themselves, and the chat to write to. */
export interface AgedMember {
  /** The number of the membership. */
  id: number
  receipt: string
  addressId: number
  language: string
  villageCode: string
  birthOn: string
}

interface Row {
  id: number
  receipt: string
  address_id: number
  language: string
  village_code: string
  nik_index: Buffer
  birth_on: Buffer
}

/**
 * Registered members after the number `after`, in order, at most `limit`: those whose chat (of
 * residents: the one in which they agreed) may be written to on the day `on` and who were not told
 * yet; `told` is how that purpose begins. Throws SealError.
 */
export async function listAgedMembers(
  tx: Tx,
  seal: Seal,
  { told, on }: { told: string; on: string },
  after: number,
  limit: number,
): Promise<AgedMember[]> {
  const { rows } = await tx.query<Row>({
    name: 'list-aged-members',
    text: `SELECT s.id, s.receipt, a.id AS address_id, a.language, e.village_code, p.nik_index,
                  p.birth_on
             FROM submission s JOIN person p ON p.id = s.person_id
             JOIN address a ON a.stopped_at IS NULL AND a.blocked_at IS NULL AND a.id = CASE
                    WHEN s.command = 'submit-enrolment' THEN s.address_id
                    ELSE (SELECT min(o.id) FROM address o
                           WHERE o.person_id = s.person_id AND o.merged_into IS NULL) END
             JOIN LATERAL (SELECT village_code FROM enrolment
                            WHERE submission_id = s.id AND state = 'registered'
                              AND segment = 'BPU' AND payer IN ('self', 'relative')
                            LIMIT 1) e ON true
            WHERE s.id > $1 AND s.command IN ('submit-enrolment', 'enrol-resident')
              AND p.birth_on IS NOT NULL
              AND NOT EXISTS (SELECT FROM reminder r WHERE r.purpose = $2 || s.id)
              AND NOT EXISTS (SELECT FROM snooze z
                               WHERE z.address_id = a.id AND z.until_on > $4::date)
            ORDER BY s.id LIMIT $3`,
    values: [after, told, limit, on],
  })
  return rows.map((row) => ({
    id: row.id,
    receipt: row.receipt,
    addressId: row.address_id,
    language: row.language,
    villageCode: row.village_code,
    birthOn: seal.open(row.birth_on, `person.birth_on:${row.nik_index.toString('hex')}`),
  }))
}
