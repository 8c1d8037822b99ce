// Who has a post in a village, and who is invited to one.
import type { VillagePerson } from '../core/posts.ts'
import type { Role } from '../core/roles.ts'
import type { Tx } from './database.ts'
import { invitePlace } from './invites.ts'
import { postPlace } from './posts.ts'
import type { Seal } from './seal.ts'

interface PersonRow {
  id: number
  kind: 'post' | 'invite'
  place: string
  address_id: number | null
  role: Role
  area: string
  name: Buffer
  since_on: string
}

/** Somebody with a post or an invite, and where. */
export interface Holder extends Omit<VillagePerson, 'isMe'> {
  area: string
  /** The id of their address; missing for an invite. */
  addressId?: number
}

/** Everybody who has a post in exactly this area, or in any, or is invited to one. */
export async function listHolders(tx: Tx, seal: Seal, area?: string): Promise<Holder[]> {
  const { rows } = await tx.query<PersonRow>(
    `SELECT id, 'post' AS kind, '' AS place, address_id, role, area, name,
            created_at::date AS since_on
       FROM post WHERE revoked_at IS NULL AND ($1::text IS NULL OR area = $1)
      UNION ALL
     SELECT id, 'invite', encode(code_index, 'hex'), NULL, role, area, name, created_at::date
       FROM invite WHERE redeemed_at IS NULL AND revoked_at IS NULL AND expires_at > now()
        AND ($1::text IS NULL OR area = $1)
      ORDER BY area, role, kind DESC, id`,
    [area ?? null],
  )
  return rows.map((row) => ({
    key: `${row.kind}-${row.id}`,
    role: row.role,
    area: row.area,
    name: seal.open(row.name, nameOf(row)),
    sinceOn: row.since_on,
    isInvited: row.kind === 'invite',
    ...(row.address_id !== null && { addressId: row.address_id }),
  }))
}

function nameOf(row: PersonRow): string {
  return row.address_id === null ? invitePlace(row.place) : postPlace(row.address_id)
}

/** Everybody with a post in this village, or invited to one, as one of them sees it. */
export async function listPeople(
  tx: Tx,
  seal: Seal,
  area: string,
  addressId: number,
): Promise<VillagePerson[]> {
  const holders = await listHolders(tx, seal, area)
  return holders.map(({ addressId: id, area: _, ...one }) => ({ ...one, isMe: id === addressId }))
}

/** The names behind these memberships, as they were registered; none for who was erased. */
export async function openNames(tx: Tx, seal: Seal, ids: number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await tx.query<{ id: number; nik_index: Buffer; name: Buffer }>(
    `SELECT s.id, p.nik_index, p.name FROM submission s JOIN person p ON p.id = s.person_id
      WHERE s.id = ANY ($1::bigint[]) AND p.name IS NOT NULL`,
    [ids],
  )
  return new Map(
    rows.map((row) => [
      row.id,
      seal.open(row.name, `person.name:${row.nik_index.toString('hex')}`),
    ]),
  )
}

/** Who acted, for colleagues: the name behind `post:12`, the account behind `officer:name`. */
export async function nameActor(tx: Tx, seal: Seal, actor: string): Promise<string> {
  const [kind, id = ''] = actor.split(':')
  if (kind !== 'post') return id
  const { rows } = await tx.query<{ address_id: number; name: Buffer }>(
    'SELECT address_id, name FROM post WHERE id = $1',
    [id],
  )
  const row = rows[0]
  return row ? seal.open(row.name, postPlace(row.address_id)) : actor
}
