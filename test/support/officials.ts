// Officials for tests: real invites redeemed in a real database, all of them invented.
import type { Role } from '../../src/core/roles.ts'
import type { Database } from '../../src/registry/database.ts'
import { makeInvite, redeemInvite } from '../../src/registry/invites.ts'
import { makeAddress, seal } from '../registry/stage.ts'

/** The PIN of every invented official. */
export const pin = '270945'

/** Two villages of one district, and one elsewhere. */
export const homes = {
  own: '63.03.05.2056',
  neighbour: '63.03.05.2057',
  elsewhere: '63.02.04.2005',
} as const

let codes = 0

/** A code that no other test has used. */
export function newCode(): string {
  codes += 1
  return `T${String(codes).padStart(9, '0')}`
}

/** Somebody new with a post; gives the id of their address. */
export async function makeOfficial(db: Database, role: Role, area: string, name = 'Budi Contoh') {
  const code = newCode()
  const addressId = await makeAddress(db, `official-${code}`)
  await db.transaction(async (tx) => {
    await makeInvite(tx, seal, { code, role, area, name, madeBy: 'officer:test' })
    await redeemInvite(tx, seal, addressId, { code, pin })
  })
  return addressId
}
