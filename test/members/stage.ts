// People who wait for their number, for tests: invented, with everything that a list may show.
import type { EnrolledPerson, EnrolmentRow } from '../../src/core/enrolment.ts'
import type { Database } from '../../src/registry/database.ts'
import { insertEnrolments, insertPersons, nikIndexOf } from '../../src/registry/submissions.ts'
import { openOutbound } from '../../src/registry/turns.ts'
import { makeAddress, seal } from '../registry/stage.ts'

/** What a test wants of somebody who waits. */
export interface Waiting {
  person?: Partial<EnrolledPerson>
  row?: Partial<EnrolmentRow>
  command?: 'submit-enrolment' | 'register-staff' | 'register-resident'
  language?: string
  /** The chat that they were registered from; a new one when missing. */
  addressId?: number
}

let count = 0

/** Somebody whose submission is recorded and who has no number yet. */
export async function makeWaiting(db: Database, given: Waiting = {}) {
  const { person, row, command, language } = given
  count += 1
  const number = count
  const nik = person?.nik ?? `63020552038${String(number).padStart(4, '0')}1`
  const receipt = `W${String(number).padStart(9, '0')}`
  const addressId = given.addressId ?? (await makeAddress(db, `menunggu-${number}`))
  const id = await db.transaction(async (tx) => {
    const { rows } = await tx.query<{ id: number }>(
      `INSERT INTO submission (receipt, address_id, command, flow, flow_version, language,
              started_on, answers, state)
       VALUES ($1, $2, $3, 'villager/enrol', 'v', $4, '2026-11-10', '', 'recorded') RETURNING id`,
      [receipt, addressId, command ?? 'submit-enrolment', language ?? 'id'],
    )
    const submissionId = rows[0]?.id ?? 0
    const one = {
      submissionId,
      nikIndex: nikIndexOf(seal, nik),
      person: { ...siti, ...person, nik },
      rows: (['JKK', 'JKM'] as const).map((programme) => ({ ...seller, ...row, programme })),
    }
    const personId = (await insertPersons(tx, seal, [one])).get(submissionId) ?? 0
    insertEnrolments(tx, [{ ...one, personId }])
    await tx.query('UPDATE submission SET person_id = $2 WHERE id = $1', [submissionId, personId])
    return submissionId
  })
  const kpj = `27${String(number).padStart(9, '0')}`
  return { id, nik, receipt, kpj, addressId }
}

const siti: EnrolledPerson = {
  nik: '',
  name: 'Siti Nur Rahmah',
  birthPlace: 'Martapura',
  birthOn: '1985-03-12',
  sex: 'P',
  motherName: 'Aminah',
  phone: '+6281234567890',
  addressLine: 'Jl. Contoh 5 RT 02',
}

const seller: Omit<EnrolmentRow, 'programme'> = {
  segment: 'BPU',
  sector: 'other',
  villageCode: '63.03.05.2056',
  occupation: 'pedagang sayur',
  workPlace: 'pasar',
  baseRupiah: 1_000_000,
  months: 3,
  firstMonth: '2026-11',
  payer: 'self',
}

/** A post of a village, whose wage earner is registered for it. */
export const staff = {
  command: 'register-staff',
  row: { segment: 'PU', occupation: 'Kaur Keuangan', baseRupiah: 2_022_200, payer: 'village' },
} as const satisfies Waiting

/** What was told to an address, in order. */
export async function heardBy(db: Database, addressId: number): Promise<string[]> {
  const { rows } = await db.pool.query<{ purpose: string; body: Buffer }>(
    'SELECT purpose, body FROM outbound WHERE address_id = $1 ORDER BY id',
    [addressId],
  )
  return rows.map((row) => openOutbound(seal, row.purpose, row.body).text)
}
