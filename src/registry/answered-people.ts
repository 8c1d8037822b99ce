// People registered by officials of whom a file of answers has said something.
import type { Tx } from './database.ts'
import type { Seal } from './seal.ts'

/** The commands by which somebody registers others: their chat hears of many people. */
export const byOthers = `('register-staff', 'enrol-resident')`

/** Somebody of whom an answer was recorded, and the chat that registered them. */
export interface AnsweredPerson {
  submissionId: number
  receipt: string
  addressId: number
  /** In which they were registered. */
  language: string
  /** Empty where it is not known. */
  villageCode: string
  /** The membership number, or why they were refused as phrases call it. */
  result: { kpj: string } | { refusal: string }
}

interface Row {
  id: number
  receipt: string
  address_id: number
  language: string
  village_code: string
  refusal: string | null
  enrolment: number | null
  kpj: Buffer | null
}

/** Everybody whom officials registered and an import has decided about, in the order of its rows. */
export async function listAnswered(
  tx: Tx,
  seal: Seal,
  importId: number,
): Promise<AnsweredPerson[]> {
  const { rows } = await tx.query<Row>(
    `SELECT s.id, s.receipt, s.address_id, s.language, coalesce(e.village_code, '') AS village_code,
            CASE WHEN r.verdict = 'refused' THEN coalesce(s.reason, 'other') END AS refusal,
            e.id AS enrolment, e.kpj
       FROM answer_row r JOIN submission s ON s.id = r.submission_id
       LEFT JOIN LATERAL (SELECT id, village_code, kpj FROM enrolment
                           WHERE submission_id = s.id ORDER BY kpj IS NULL, id LIMIT 1) e ON true
      WHERE r.import_id = $1 AND r.verdict IN ('registered', 'refused')
        AND s.command IN ${byOthers} ORDER BY r.line`,
    [importId],
  )
  return rows.map((row) => ({
    submissionId: row.id,
    receipt: row.receipt,
    addressId: row.address_id,
    language: row.language,
    villageCode: row.village_code,
    result:
      row.refusal === null
        ? { kpj: row.kpj ? seal.open(row.kpj, `enrolment.kpj:${row.enrolment}`) : '' }
        : { refusal: row.refusal },
  }))
}
