// Certificates of Desa Sadar: each is a row of a village's status, found by a code nobody can make.
import { codeOf, showCode } from '../core/answers/code.ts'
import type { Book } from '../core/book.ts'
import type { Document } from '../core/message.ts'
import { sayPhrase } from '../core/phrase.ts'
import type { Tx } from './database.ts'
import type { Seal } from './seal.ts'

/** What a certificate says, and whether it still holds. */
export interface Certificate {
  code: string
  villageCode: string
  sinceOn: string
  agreement: string
  /** How many people were registered when it was made. */
  people: number
  /** The day on which the status that it tells of was lost; missing while it stands. */
  endedOn?: string
  /** The village has the status today, be it by another certificate. */
  isSadarNow: boolean
}

/**
 * The code of the certificate in one row: fifty bits of a keyed hash, so that only this program can
 * make one that is right, and always makes the same.
 */
export function certificateCode(seal: Seal, villageCode: string, ordinal: number): string {
  return codeOf(seal.blindIndex('certificate', `${villageCode}:${ordinal}`))
}

interface Row {
  village_code: string
  ordinal: number
  since_on: string
  agreement: string | null
  people: number
  ended_on: string | null
  is_sadar_now: boolean
}

/** The certificate of a code; undefined for a code that this program did not make. */
export async function findCertificate(
  tx: Tx,
  seal: Seal,
  code: string,
): Promise<Certificate | undefined> {
  const { rows } = await tx.query<Row>(
    `SELECT c.village_code, c.ordinal, c.since_on, c.agreement, c.people,
            (SELECT l.since_on FROM village_status l
              WHERE l.village_code = c.village_code AND l.ordinal > c.ordinal AND NOT l.is_sadar
              ORDER BY l.ordinal LIMIT 1) AS ended_on,
            (SELECT n.is_sadar FROM village_status n WHERE n.village_code = c.village_code
              ORDER BY n.ordinal DESC LIMIT 1) AS is_sadar_now
       FROM village_status c WHERE c.code = $1`,
    [code],
  )
  const row = rows[0]
  // A row that somebody wrote without the key has a code that does not follow from it.
  if (!row || certificateCode(seal, row.village_code, row.ordinal) !== code) return undefined
  return {
    ...{ code, villageCode: row.village_code, sinceOn: row.since_on, people: row.people },
    agreement: row.agreement ?? '',
    isSadarNow: row.is_sadar_now,
    ...(row.ended_on !== null && { endedOn: row.ended_on }),
  }
}

/** The certificate of a village as something that a message carries. */
export function certificateDocument(
  book: Book,
  language: string,
  { code, villageCode }: Pick<Certificate, 'code' | 'villageCode'>,
): Document {
  const village = book.places.find(villageCode)?.name ?? showCode(code)
  const name = sayPhrase(book, language, 'certificate-file', { village })
  return { source: 'certificate', id: code, name: `${name}.pdf`, mime: 'application/pdf' }
}
