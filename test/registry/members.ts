// Registered members for tests: an invented person with a chat, a submission and enrolments.
import type { Database } from '../../src/registry/database.ts'
import { makeAddress } from './stage.ts'

/** What a test wants of a member; the rest is that of a vegetable seller who pays for herself. */
export interface Member {
  village?: string
  segment?: 'BPU' | 'PU'
  sector?: 'transport' | 'other'
  payer?: string
  base?: number
  programmes?: string[]
  startsOn?: string
  registeredAt?: string
  state?: string
  /** The chat that they registered from; a new one when missing. */
  addressId?: number
}

let count = 0

/** Makes a member; gives the number of the membership and of the chat. */
export async function makeMember(db: Database, member: Member = {}) {
  count += 1
  const number = count
  const addressId = member.addressId ?? (await makeAddress(db, `anggota-${number}`))
  const receipt = `M${String(number).padStart(9, '0')}`
  const startsOn = member.startsOn ?? '2026-11-01'
  const command = member.payer === 'village' ? 'register-staff' : 'submit-enrolment'
  const { rows } = await db.pool.query(
    `WITH p AS (INSERT INTO person (nik_index) VALUES ($1) RETURNING id),
          s AS (INSERT INTO submission (receipt, address_id, command, flow, flow_version, language,
                       started_on, answers, state, person_id)
                SELECT $2, $3, $4, 'villager/enrol', 'v', 'id', $5, '', 'recorded', p.id FROM p
                RETURNING id, person_id)
     INSERT INTO enrolment (person_id, nik_index, programme, segment, sector, village_code,
            occupation, work_place, base_rupiah, months, starts_on, submission_id, payer, state,
            registered_at)
     SELECT s.person_id, $1, unnest($6::text[]), $7, $8, $9, 'pedagang', 'pasar', $10, 1, $5, s.id,
            $11, $12, $13
       FROM s RETURNING submission_id AS id`,
    [
      Buffer.from(`member ${number}`),
      receipt,
      addressId,
      command,
      startsOn,
      member.programmes ?? ['JKK', 'JKM'],
      member.segment ?? 'BPU',
      member.sector ?? 'other',
      member.village ?? '63.03.05.2056',
      member.base ?? 1_000_000,
      member.payer ?? 'self',
      member.state ?? 'registered',
      member.registeredAt ?? `${startsOn}T02:00:00Z`,
    ],
  )
  return { id: rows[0].id as number, addressId, receipt }
}
