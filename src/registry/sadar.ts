// The status of villages as rows: judged anew when something that it rests on has changed.
import { showCode } from '../core/answers/code.ts'
import { nameArea } from '../core/area.ts'
import type { Book } from '../core/book.ts'
import type { Outbound } from '../core/message.ts'
import { must } from '../core/must.ts'
import { sayPhrase } from '../core/phrase.ts'
import { judgeVillage, type SadarStatus, sayLacks, type Verdict } from '../core/sadar.ts'
import { findAgreement } from './agreements.ts'
import { appendAudit } from './audit.ts'
import { certificateCode, certificateDocument } from './certificates.ts'
import type { Tx } from './database.ts'
import { type Notice, queueNotices } from './notices.ts'
import type { Seal } from './seal.ts'
import { readVillageStates } from './village-states.ts'

/** Villages of which something has changed, at most so many. */
export async function listVillagesToJudge(tx: Tx, limit: number): Promise<string[]> {
  const { rows } = await tx.query<{ village_code: string }>(
    'SELECT DISTINCT village_code FROM village_to_judge LIMIT $1',
    [limit],
  )
  return rows.map((row) => row.village_code)
}

/** Has every village judged again that has set up a group: the criteria go by the day. */
export async function markAllVillages(tx: Tx) {
  await tx.query(
    `INSERT INTO village_to_judge (village_code) SELECT DISTINCT village_code FROM village_cohort`,
  )
}

/** A status with its place in the village's history. */
interface Kept extends SadarStatus {
  ordinal: number
}

/** What a village was found to be last; undefined for one that never was anything. */
export async function findSadarStatus(tx: Tx, villageCode: string): Promise<Kept | undefined> {
  const { rows } = await tx.query<{
    ordinal: number
    is_sadar: boolean
    since_on: string
    agreement: string | null
    code: string | null
  }>(
    `SELECT ordinal, is_sadar, since_on, agreement, code FROM village_status
      WHERE village_code = $1 ORDER BY ordinal DESC LIMIT 1`,
    [villageCode],
  )
  const row = rows[0]
  return (
    row && {
      ...{ ordinal: row.ordinal, isSadar: row.is_sadar, sinceOn: row.since_on },
      ...(row.agreement !== null && { agreement: row.agreement }),
      ...(row.code !== null && { code: row.code }),
    }
  )
}

/** What villages are judged with. */
export interface Judging {
  tx: Tx
  seal: Seal
  book: Book
  /** Today in the branch's zone. */
  on: string
}

/**
 * Judges a village once more if something has changed since it was judged last, and queues the news
 * for its officials. Gives the channels on which news wait. In one transaction: of two that judge
 * a village at once, one waits for the other and then looks at what is left to look at.
 */
export async function judgeAgain(judging: Judging, villageCode: string): Promise<string[]> {
  const { tx, book, on } = judging
  const { rowCount } = await tx.query('DELETE FROM village_to_judge WHERE village_code = $1', [
    villageCode,
  ])
  if (rowCount === 0) return []
  const last = await findSadarStatus(tx, villageCode)
  const agreement = await findAgreement(tx, villageCode)
  const states = (await readVillageStates(tx, villageCode)).get(villageCode) ?? []
  const verdict = judgeVillage({ states, last, agreement, on }, book.rates)
  return verdict ? keepVerdict(judging, villageCode, (last?.ordinal ?? 0) + 1, verdict) : []
}

async function keepVerdict(
  { tx, seal, book }: Judging,
  villageCode: string,
  ordinal: number,
  verdict: Verdict,
): Promise<string[]> {
  const { isSadar, sinceOn, reason, lacks, people, agreement } = verdict
  const isCertified = isSadar && agreement !== undefined
  const code = isCertified ? certificateCode(seal, villageCode, ordinal) : undefined
  const { rows } = await tx.query<{ id: number }>(
    `INSERT INTO village_status
       (village_code, ordinal, is_sadar, since_on, reason, lacks, people, agreement, code)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
    [
      ...[villageCode, ordinal, isSadar, sinceOn, reason, JSON.stringify(lacks), people],
      ...[agreement ?? null, code ?? null],
    ],
  )
  await appendAudit(tx, 'program', `sadar-${reason}`, `village:${villageCode}`, { ordinal })
  const { id } = must(rows[0], 'the row')
  const officials = await listOfficials(tx, villageCode)
  const say = (language: string) => sayVerdict(book, language, villageCode, verdict, code)
  const notices = officials.map(
    ({ addressId, language }): Notice => ({
      ...{ addressId, purpose: `sadar:${id}:${addressId}`, message: say(language) },
    }),
  )
  await queueNotices(tx, seal, notices)
  return [...new Set(officials.map(({ channel }) => channel))]
}

/** The news as officials of the village read it. */
function sayVerdict(
  book: Book,
  language: string,
  villageCode: string,
  verdict: Verdict,
  code: string | undefined,
): Outbound {
  const fills = {
    operator: book.branch.operator,
    village: nameArea(book.places, villageCode),
    on: book.readers.date.show(verdict.sinceOn, language),
    agreement: verdict.agreement ?? '',
    code: code === undefined ? '' : showCode(code),
    lacks: sayLacks(book, language, verdict.lacks),
  }
  const say = (id: string) => sayPhrase(book, language, id, fills)
  if (!verdict.isSadar) return { text: say('sadar-lost') }
  if (code === undefined) return { text: say('sadar-given') }
  const document = certificateDocument(book, language, { code, villageCode })
  return { text: say('sadar-certified'), document }
}

/** Head and operators of a village who want news, with the channel and language they talk in. */
async function listOfficials(tx: Tx, villageCode: string) {
  const { rows } = await tx.query<{ id: number; channel: string; language: string }>(
    `SELECT a.id, a.channel, a.language FROM post p JOIN address a ON a.id = p.address_id
      WHERE p.area = $1 AND p.role IN ('village-head', 'village-operator')
        AND p.revoked_at IS NULL AND a.stopped_at IS NULL ORDER BY p.id`,
    [villageCode],
  )
  return rows.map(({ id, channel, language }) => ({ addressId: id, channel, language }))
}
