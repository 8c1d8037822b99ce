// Lists of people that officials send, as rows: what was sent, what was said of it, the verdicts.
import type { Value } from '../core/answers/reading.ts'
import { must } from '../core/must.ts'
import type { Cohort } from '../core/rates.ts'
import { nothingSaid, type Said } from '../core/roster/given.ts'
import type { KeptRoster } from '../core/roster/kept-roster.ts'
import { blankView, type RosterView, viewRoster } from '../core/roster/roster-view.ts'
import type { Command } from '../core/turn/state.ts'
import { appendAudit } from './audit.ts'
import type { Tx } from './database.ts'
import type { Seal } from './seal.ts'

/** The post under which something is done, and its village. */
interface By {
  id: number
  area: string
}

type SealedPart = 'source' | 'said' | 'file' | 'body'

/** Where a part of a list is sealed. */
export function rosterPlace(part: SealedPart, receipt: string): string {
  return `roster.${part}:${receipt}`
}

/** Keeps that an official has sent a list; an earlier one that was not agreed to is left. */
export async function insertRoster(
  tx: Tx,
  seal: Seal,
  { addressId, by, command }: { addressId: number; by: By; command: Command },
) {
  const { talkId } = command
  await tx.query(
    `UPDATE roster SET state = 'left', closed_at = now(), file = NULL, body = NULL
      WHERE address_id = $1 AND state IN ('waiting', 'asking', 'refused') AND receipt <> $2`,
    [addressId, talkId],
  )
  await tx.query(
    `INSERT INTO roster
       (receipt, address_id, post_id, village_code, language, started_on, source, said)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (receipt) DO NOTHING`,
    [
      talkId,
      addressId,
      by.id,
      by.area,
      command.language,
      command.startedOn,
      seal.seal(String(command.answers['roster-file']), rosterPlace('source', talkId)),
      seal.seal(JSON.stringify(nothingSaid), rosterPlace('said', talkId)),
    ],
  )
  await appendAudit(tx, `post:${by.id}`, 'send-roster', `village:${by.area}`)
}

interface OpenRow {
  id: number
  receipt: string
  state: RosterView['state']
  reason: string | null
  said: Buffer
  body: Buffer | null
}

/** The list that an official is talking about, with what was said of it. */
interface OpenRoster {
  row: OpenRow
  said: Said
  kept: KeptRoster | undefined
}

/** The newest list of this address for this village that is not done with; locked. */
async function findOpen(
  tx: Tx,
  seal: Seal,
  addressId: number,
  villageCode: string,
): Promise<OpenRoster | undefined> {
  const { rows } = await tx.query<OpenRow>(
    `SELECT id, receipt, state, reason, said, body FROM roster
      WHERE address_id = $1 AND village_code = $2
        AND state IN ('waiting', 'asking', 'agreed', 'refused')
      ORDER BY id DESC LIMIT 1`,
    [addressId, villageCode],
  )
  const row = rows[0]
  if (!row) return undefined
  const said = JSON.parse(seal.open(row.said, rosterPlace('said', row.receipt))) as Said
  return { row, said, kept: openBody(seal, row) }
}

/** The verdicts of a list; undefined where there are none. Throws SealError. */
export function openBody(
  seal: Seal,
  { receipt, body }: { receipt: string; body: Buffer | null },
): KeptRoster | undefined {
  return body ? JSON.parse(seal.open(body, rosterPlace('body', receipt))) : undefined
}

/** The list as the official's talk sees it; null where there is none. */
export async function lookAtRoster(
  tx: Tx,
  seal: Seal,
  addressId: number,
  villageCode: string,
): Promise<RosterView | null> {
  const open = await findOpen(tx, seal, addressId, villageCode)
  if (!open) return null
  const { state, reason } = open.row
  if (state !== 'asking' || !open.kept) return blankView(state, reason ?? undefined)
  return viewRoster(open.kept, open.said)
}

/** Whose list is changed, by what was answered. */
export interface Saying {
  addressId: number
  by: By
  answers: Readonly<Record<string, Value>>
}

/** Notes which column holds what the list seemed to lack, or that none does; it is read anew. */
export function sayColumn(tx: Tx, seal: Seal, { addressId, by, answers }: Saying) {
  return change(tx, seal, { addressId, by, isReadAnew: true }, (said, view) => {
    const { field, options } = must(view.column, 'a column that was asked about')
    const chosen = options[Number(String(answers['roster-column']).slice(1))]
    if (!chosen) return { ...said, without: [...said.without, field] }
    return { ...said, columns: { ...said.columns, [chosen.key]: field } }
  })
}

/** Notes the group of everybody on the list. */
export function sayCohort(tx: Tx, seal: Seal, { addressId, by, answers }: Saying) {
  const cohort = String(answers['roster-cohort']) as Cohort
  return change(tx, seal, { addressId, by, isReadAnew: true }, (said) => ({ ...said, cohort }))
}

/** Notes the group of a post that was not known. */
export function sayPost(tx: Tx, seal: Seal, { addressId, by, answers }: Saying) {
  const cohort = String(answers['roster-post']) as Cohort | 'none'
  return change(tx, seal, { addressId, by, isReadAnew: true }, (said, view) => {
    const { key } = must(view.post, 'a post that was asked about')
    return { ...said, posts: { ...said.posts, [key]: cohort } }
  })
}

/** Notes what was answered about the row that was asked about. */
export function sayGap(tx: Tx, seal: Seal, { addressId, by, answers }: Saying) {
  return change(tx, seal, { addressId, by, isReadAnew: false }, (said, view) => {
    const { key, kind } = must(view.gap, 'a row that was asked about')
    const value = String(answers[`gap-${kind}`] ?? '')
    const given = kind === 'sure' && value !== 'ya' ? '' : value
    return { ...said, rows: { ...said.rows, [key]: { ...said.rows[key], [kind]: given } } }
  })
}

/** Has the list read anew with everything that was said since. */
export function judgeAgain(tx: Tx, seal: Seal, { addressId, by }: Omit<Saying, 'answers'>) {
  return change(tx, seal, { addressId, by, isReadAnew: true }, (said) => said)
}

async function change(
  tx: Tx,
  seal: Seal,
  { addressId, by, isReadAnew }: Omit<Saying, 'answers'> & { isReadAnew: boolean },
  say: (said: Said, view: RosterView) => Said,
) {
  const { row, said, kept } = must(await findOpen(tx, seal, addressId, by.area), 'a list')
  // Read a moment ago by a job: what was answered is about a list that is no longer asked about.
  if (row.state !== 'asking' || !kept) return
  const next = say(said, viewRoster(kept, said))
  await tx.query(
    `UPDATE roster SET said = $2, round = round + CASE WHEN $3 THEN 1 ELSE 0 END, tries = 0,
            state = CASE WHEN $3 THEN 'waiting' ELSE state END
      WHERE id = $1 AND state = 'asking'`,
    [row.id, seal.seal(JSON.stringify(next), rosterPlace('said', row.receipt)), isReadAnew],
  )
}

/**
 * The official has agreed, with the statement for everybody: what is accepted is written now. Gives
 * the receipt of the list; nothing where none was asked about.
 */
export async function agreeToRoster(
  tx: Tx,
  { addressId, by, version }: { addressId: number; by: By; version: string },
): Promise<string | undefined> {
  const { rows } = await tx.query<{ receipt: string; id: number }>(
    `UPDATE roster SET state = 'agreed', flow_version = $3, tries = 0
      WHERE address_id = $1 AND village_code = $2 AND state = 'asking' RETURNING receipt, id`,
    [addressId, by.area, version],
  )
  const [row] = rows
  if (row) await appendAudit(tx, `post:${by.id}`, 'agree-to-roster', `roster:${row.id}`)
  return row?.receipt
}

/** The official does not want it. */
export async function leaveRoster(tx: Tx, addressId: number, by: By) {
  await tx.query(
    `UPDATE roster SET state = 'left', closed_at = now(), file = NULL, body = NULL
      WHERE address_id = $1 AND village_code = $2 AND state IN ('asking', 'refused')`,
    [addressId, by.area],
  )
}

/** The list that an official is talking about: its id, and what was sent. */
export async function findAskedRoster(tx: Tx, seal: Seal, addressId: number, by: By) {
  const { rows } = await tx.query<{ id: number; receipt: string; source: Buffer }>(
    `SELECT id, receipt, source FROM roster
      WHERE address_id = $1 AND village_code = $2 AND state = 'asking' ORDER BY id DESC LIMIT 1`,
    [addressId, by.area],
  )
  const row = rows[0]
  return row && { id: row.id, source: seal.open(row.source, rosterPlace('source', row.receipt)) }
}
