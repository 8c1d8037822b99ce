// Ends somebody's post, or takes back an invite that nobody has used.
import type { Role } from '../core/roles.ts'
import { appendAudit } from './audit.ts'
import type { Tx } from './database.ts'

/** What is written, and of which rows, by the kind of holder. Who did it stands with a post alone. */
const ends = {
  post: { set: 'revoked_at = now(), revoked_by = $4', isOpen: 'true' },
  invite: { set: 'revoked_at = now()', isOpen: 'redeemed_at IS NULL' },
} as const

function isKind(kind: string | undefined): kind is keyof typeof ends {
  return kind !== undefined && Object.hasOwn(ends, kind)
}

/**
 * Ends it, by its key in the lists of holders, `post-12` or `invite-3`; only of this role and area
 * where they are named. False when there is none that goes on.
 */
export async function revokeHolder(
  tx: Tx,
  key: string,
  by: string,
  within?: { role: Role; area: string },
): Promise<boolean> {
  const [, kind, id] = /^(\w+)-(\d{1,15})$/.exec(key) ?? []
  if (!isKind(kind)) return false
  const { set, isOpen } = ends[kind]
  const { rowCount } = await tx.query(
    `UPDATE ${kind} SET ${set} WHERE id = $1 AND revoked_at IS NULL AND ${isOpen}
        AND ($2::text IS NULL OR (role = $2 AND area = $3))`,
    [Number(id), within?.role ?? null, within?.area ?? null, ...(kind === 'post' ? [by] : [])],
  )
  if (rowCount === 1) await appendAudit(tx, by, `revoke-${kind}`, `${kind}:${id}`)
  return rowCount === 1
}
