// Invites: a code of fifty bits makes somebody an official, once, within three days.
import { inviteHours, maxTriesPerCode, maxTriesPerHour } from '../core/limits.ts'
import { must } from '../core/must.ts'
import type { Role } from '../core/roles.ts'
import { appendAudit } from './audit.ts'
import type { Tx } from './database.ts'
import { grantPost } from './posts.ts'
import type { Seal } from './seal.ts'

/** What an invite is made of. */
export interface NewInvite {
  /** Ten characters of Crockford's base 32, random. */
  code: string
  role: Role
  area: string
  /** The name of whoever is invited. */
  name: string
  madeBy: string
  /** The post of whoever made it; an officer at the machine has none. */
  madeByPost?: number
}

function codeIndex(seal: Seal, code: string): Buffer {
  return seal.blindIndex('invite', code)
}

/** Where the name in an invite is sealed, by the index of its code in hex. */
export function invitePlace(index: string): string {
  return `invite.name:${index}`
}

/** Keeps an invite; the code is not kept and can be shown only now. */
export async function makeInvite(tx: Tx, seal: Seal, given: NewInvite) {
  const index = codeIndex(seal, given.code)
  const { rows } = await tx.query<{ id: number }>(
    `INSERT INTO invite (code_index, role, area, name, made_by, made_by_post, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(hours => $7))
     ON CONFLICT (code_index) DO NOTHING RETURNING id`,
    [
      index,
      given.role,
      given.area,
      seal.seal(given.name, invitePlace(index.toString('hex'))),
      given.madeBy,
      given.madeByPost ?? null,
      inviteHours,
    ],
  )
  const made = rows[0]
  if (!made) return
  const { role, area } = given
  await appendAudit(tx, given.madeBy, 'make-invite', `invite:${made.id}`, { role, area })
}

/** Neither used nor over, and whoever made it still has the post to do so. */
const isGood = `redeemed_at IS NULL AND revoked_at IS NULL AND expires_at > now()
  AND (made_by_post IS NULL
       OR EXISTS (SELECT FROM post p WHERE p.id = made_by_post AND p.revoked_at IS NULL))`

/**
 * What a code invites to. Every look is a try and is counted; wrong, used, over and tried too often
 * are one and the same: nothing, after the same one statement.
 */
export async function tryInvite(tx: Tx, seal: Seal, addressId: number, code: string) {
  const { rows } = await tx.query<{ role: Role; area: string }>({
    name: 'try-invite',
    text: `WITH found AS (
             SELECT role, area FROM invite
              WHERE code_index = $2 AND ${isGood}
                AND (SELECT count(*) FROM invite_try
                      WHERE address_id = $1 AND at > now() - interval '1 hour') < $3
                AND (SELECT count(*) FROM invite_try WHERE code_index = $2) < $4),
           noted AS (
             INSERT INTO invite_try (address_id, code_index, is_good)
             SELECT $1, $2, EXISTS (SELECT FROM found))
           SELECT role, area FROM found`,
    values: [addressId, codeIndex(seal, code), maxTriesPerHour, maxTriesPerCode],
  })
  return rows[0]
}

/** Whether an invite is still good; if so, it is this transaction's until that ends. */
export async function holdInvite(tx: Tx, seal: Seal, code: string): Promise<boolean> {
  const { rows } = await tx.query(
    `SELECT FROM invite WHERE code_index = $1 AND ${isGood} FOR UPDATE`,
    [codeIndex(seal, code)],
  )
  return rows.length > 0
}

/** Makes the address an official by an invite that this transaction holds. Throws where it is gone. */
export async function redeemInvite(
  tx: Tx,
  seal: Seal,
  addressId: number,
  given: { code: string; pin: string },
) {
  const index = codeIndex(seal, given.code)
  const { rows } = await tx.query<{ id: number; role: Role; area: string; name: Buffer }>(
    `UPDATE invite SET redeemed_at = now(), redeemed_by = $2
      WHERE code_index = $1 AND ${isGood} RETURNING id, role, area, name`,
    [index, addressId],
  )
  const invite = must(rows[0], 'an invite that is held')
  const name = seal.open(invite.name, invitePlace(index.toString('hex')))
  const { role, area } = invite
  const grantedBy = `invite:${invite.id}`
  await grantPost(tx, seal, { addressId, role, area, name, pin: given.pin, grantedBy })
}

/** How many tries failed in the last minute, over all addresses. */
export async function countFailedTries(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `SELECT count(*) AS count FROM invite_try
      WHERE NOT is_good AND at > now() - interval '1 minute'`,
  )
  return rows[0]?.count ?? 0
}
