// Who can go out to be registered: submissions that were recorded and have no number yet.
import type { EnrolledPerson } from '../core/enrolment.ts'
import type { HeldMember } from '../core/members/lay-out.ts'
import type { Tx } from './database.ts'
import type { Seal } from './seal.ts'
import { isInside } from './village-states.ts'

interface HeldRow {
  id: number
  receipt: string
  command: string
  nik_index: Buffer
  nik: Buffer
  name: Buffer
  birth_place: Buffer
  birth_on: Buffer
  sex: Buffer
  mother_name: Buffer
  phone: Buffer
  address_line: Buffer
  village_code: string
  occupation: string
  work_place: string
  base_rupiah: number
  months: number
  programmes: HeldMember['programmes']
  has_objected: boolean
  has_left: boolean
  number: number
}

/** Which of those who wait are wanted. */
export interface Wanted {
  segment: 'PU' | 'BPU'
  /** Codes with blanks between; empty for everywhere. */
  area: string
  /** Only who stands in this export, instead of who stands in none. */
  repeats?: number
  limit: number
}

const inArea = isInside('e.village_code')

/** Those who wait for their number, by village, at most `limit`. Throws SealError. */
export async function listExportable(tx: Tx, seal: Seal, wanted: Wanted): Promise<HeldMember[]> {
  const { segment, area, repeats, limit } = wanted
  const { rows } = await tx.query<HeldRow>(
    heldSql(
      `e.segment = $2 AND ($1 = '' OR ${inArea})
       AND CASE WHEN $3::bigint IS NULL
           THEN NOT EXISTS (SELECT FROM export_row x WHERE x.submission_id = s.id AND x.holds)
           ELSE EXISTS (SELECT FROM export_row x
                         WHERE x.submission_id = s.id AND x.export_id = $3) END`,
      'e.village_code, s.id LIMIT $4',
    ),
    [area, segment, repeats ?? null, limit],
  )
  return rows.map((row) => toHeld(seal, row))
}

/** A row of an export with its person, who still waits. */
export interface ExportedMember {
  number: number
  held: HeldMember
}

/** The rows of an export whose persons still wait for their number, in order. Throws SealError. */
export async function openExported(
  tx: Tx,
  seal: Seal,
  exportId: number,
): Promise<ExportedMember[]> {
  const rowsOf = ['x.number', 'JOIN export_row x ON x.submission_id = s.id'] as const
  const { rows } = await tx.query<HeldRow>(heldSql('x.export_id = $1', 'x.number', rowsOf), [
    exportId,
  ])
  return rows.map((row) => ({ number: row.number, held: toHeld(seal, row) }))
}

/** Recorded submissions without a number. A post that was left, or never wanted, is told. */
function heldSql(
  where: string,
  order: string,
  [number, join]: readonly [string, string] = ['0', ''],
): string {
  return `
    SELECT s.id, s.receipt, s.command, p.nik_index, p.nik, p.name, p.birth_place, p.birth_on, p.sex,
           p.mother_name, p.phone, p.address_line, e.village_code, e.occupation, e.work_place,
           e.base_rupiah, e.months, e.programmes, ${number} AS number,
           EXISTS (SELECT FROM staff t WHERE t.submission_id = s.id AND t.until_on IS NULL
                      AND t.objected_at IS NOT NULL)
        OR EXISTS (SELECT FROM resident r WHERE r.submission_id = s.id
                      AND r.objected_at IS NOT NULL) AS has_objected,
           EXISTS (SELECT FROM staff t WHERE t.submission_id = s.id)
       AND NOT EXISTS (SELECT FROM staff t WHERE t.submission_id = s.id
                          AND t.until_on IS NULL) AS has_left
      FROM submission s
      JOIN person p ON p.id = s.person_id AND p.erased_at IS NULL
      JOIN (SELECT submission_id, segment, village_code, occupation, work_place, base_rupiah,
                   months, array_agg(programme ORDER BY array_position(
                     ARRAY['JKK', 'JKM', 'JHT', 'JP'], programme)) AS programmes
              FROM enrolment WHERE state = 'submitted'
             GROUP BY submission_id, segment, village_code, occupation, work_place, base_rupiah,
                   months) e ON e.submission_id = s.id
      ${join}
     WHERE s.state = 'recorded' AND ${where} ORDER BY ${order}`
}

function toHeld(seal: Seal, row: HeldRow): HeldMember {
  return {
    submissionId: row.id,
    receipt: row.receipt,
    person: openPerson(seal, row),
    villageCode: row.village_code,
    livesThere: row.command !== 'register-staff',
    occupation: row.occupation,
    workPlace: row.work_place,
    baseRupiah: row.base_rupiah,
    months: row.months,
    programmes: row.programmes,
    hasObjected: row.has_objected,
    hasLeft: row.has_left,
  }
}

function openPerson(seal: Seal, row: HeldRow): EnrolledPerson {
  const key = row.nik_index.toString('hex')
  const open = (column: keyof HeldRow & `${string}`, sealed: Buffer) =>
    seal.open(sealed, `person.${column}:${key}`)
  return {
    nik: open('nik', row.nik),
    name: open('name', row.name),
    birthPlace: open('birth_place', row.birth_place),
    birthOn: open('birth_on', row.birth_on),
    sex: open('sex', row.sex) as EnrolledPerson['sex'],
    motherName: open('mother_name', row.mother_name),
    phone: open('phone', row.phone),
    addressLine: open('address_line', row.address_line),
  }
}
