// Reads the audit trail: a page of it, and whether its chain is what was written.
import type { Tx } from './database.ts'
import { postPlace } from './posts.ts'
import type { Seal } from './seal.ts'
import { isDoneHere } from './village-states.ts'

/** Which rows are wanted; empty is any. Days are `YYYY-MM-DD` of the branch's zone. */
export interface AuditWish {
  /** Posts of other areas are left out. */
  area: string
  actor: string
  action: string
  fromOn: string
  untilOn: string
  zone: string
  /** Only rows before this number. */
  before?: number
  limit: number
}

/** One line of the trail. */
export interface AuditLine {
  id: number
  at: Date
  actor: string
  action: string
  subject: string
  detail: Record<string, unknown>
}

/** Lines of the trail, the newest first. */
export async function listAudit(tx: Tx, wish: AuditWish): Promise<AuditLine[]> {
  const { area, actor, action, fromOn, untilOn, zone, before, limit } = wish
  const { rows } = await tx.query<AuditLine>(
    `SELECT a.id, a.at, a.actor, a.action, a.subject, a.detail FROM audit a
      WHERE ($2 = '' OR a.actor = $2) AND ($3 = '' OR a.action = $3)
        AND ($4 = '' OR a.at >= nullif($4, '')::timestamp AT TIME ZONE $6)
        AND ($5 = '' OR a.at < (nullif($5, '')::date + 1)::timestamp AT TIME ZONE $6)
        AND a.id < coalesce($7, 9223372036854775807) AND ${isDoneHere('a.actor')}
      ORDER BY a.id DESC LIMIT $8`,
    [area, actor, action, fromOn, untilOn, zone, before ?? null, limit],
  )
  return rows
}

/** Names of the posts among these actors, by the actor; also of posts that ended. */
export async function nameActors(tx: Tx, seal: Seal, actors: string[]) {
  const { rows } = await tx.query<{ actor: string; address_id: number; name: Buffer }>(
    `SELECT 'post:' || id AS actor, address_id, name FROM post
      WHERE 'post:' || id = ANY ($1::text[])`,
    [actors],
  )
  return new Map(rows.map((row) => [row.actor, seal.open(row.name, postPlace(row.address_id))]))
}

/** How many lines there are: their numbers have no gaps. */
export async function countAudit(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ id: number | null }>('SELECT max(id) AS id FROM audit')
  return rows[0]?.id ?? 0
}

/** How far the chain was followed. */
export interface ChainPiece {
  /** The last line that was looked at, and its hash. */
  lastId: number
  lastHash: Buffer
  /** The first line that is not what was written. */
  brokenId?: number
}

/** Follows the chain from the line after `from`, over this many lines. */
export async function followAudit(tx: Tx, from: ChainPiece, count: number): Promise<ChainPiece> {
  const { rows } = await tx.query<{ id: number; hash: Buffer; is_broken: boolean }>(
    `SELECT a.id, a.hash, audit_hash(a) <> a.hash
              OR a.previous_hash <> lag(a.hash, 1, $2::bytea) OVER (ORDER BY a.id)
              OR a.id <> $1 + row_number() OVER (ORDER BY a.id) AS is_broken
       FROM audit a WHERE a.id > $1 AND a.id <= $1 + $3::bigint ORDER BY a.id`,
    [from.lastId, from.lastHash, count],
  )
  const last = rows.at(-1)
  // Lines are only asked for where there are some: none at all means that they were taken out.
  if (!last) return { ...from, brokenId: from.lastId + 1 }
  const broken = rows.find((row) => row.is_broken)
  const isShort = last.id < from.lastId + count && rows.length < count
  return {
    lastId: last.id,
    lastHash: last.hash,
    ...(broken && { brokenId: broken.id }),
    ...(!broken && isShort && { brokenId: last.id + 1 }),
  }
}
