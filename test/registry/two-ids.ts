// Somebody with two ids of one channel, for tests of what the registry makes of them.
import { findAddresses } from '../../src/registry/addresses.ts'
import { findReplyId, settleAddress } from '../../src/registry/aliases.ts'
import { openStage } from './stage.ts'

/** The channel on which they write. */
export const channel = 'console'

/** A registry, and people with two ids. */
export async function openTwoIds() {
  const { db, book, seal } = await openStage()
  let people = 0

  /** Two ids of somebody new. */
  function meet() {
    people += 1
    return { phone: `phone-${people}`, lid: `lid-${people}`, third: `third-${people}` }
  }
  const settle = (id: string, alsoKnownAs?: string) =>
    settleAddress(db, seal, channel, { id, alsoKnownAs })

  /** The row that messages of this id go to. */
  async function idOf(address: string): Promise<number> {
    const [id = 0] = await db.transaction((tx) => findAddresses(tx, seal, [{ channel, address }]))
    return id
  }

  /** Two addresses of one person, not known to be one yet: the older first. */
  async function twoAddresses() {
    const ids = meet()
    await settle(ids.lid)
    await settle(ids.phone)
    return { ...ids, older: await idOf(ids.lid), younger: await idOf(ids.phone) }
  }

  async function countOf(sql: string, ...values: unknown[]): Promise<number> {
    const { rows } = await db.pool.query(sql, values)
    return Number(rows[0]?.count)
  }
  const replyId = (address: string) => findReplyId(db.pool, seal, channel, address)
  return { db, book, seal, meet, settle, idOf, twoAddresses, countOf, replyId }
}
