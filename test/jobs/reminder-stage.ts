// Reminders on real rows: a program at any moment, and members in three zones.
import type { Channel } from '../../src/channels/channel.ts'
import { oldestUnpaid } from '../../src/core/ledger/pay.ts'
import { must } from '../../src/core/must.ts'
import { drawUpContributions } from '../../src/jobs/draw-up-contributions.ts'
import { sendReminders } from '../../src/jobs/send-reminders.ts'
import { createLog } from '../../src/log.ts'
import { findMembership, recordPayments } from '../../src/registry/contributions.ts'
import { openOutbound } from '../../src/registry/turns.ts'
import { loadVillages } from '../../src/registry/villages.ts'
import type { Runtime } from '../../src/runtime.ts'
import type { Member } from '../registry/members.ts'
import { openStage } from '../registry/stage.ts'
import { realVillages } from '../support/real-book.ts'

/** A village in each zone. */
export const [makassar, pontianak, jayapura] = [
  '63.03.05.2056',
  '62.01.01.2032',
  '81.01.01.2001',
] as const

/** A member since December. */
export const december: Member = { startsOn: '2026-12-01' }

/** A message as its row has it. */
interface Message {
  purpose: string
  text: string
  state: string
  notBefore: string
}

/** Rows with a village in each zone, and what can be done with them; closed after the file. */
export async function openReminderStage() {
  const stage = await openStage()
  const { db, book, seal } = stage
  const homes = realVillages().filter(({ code }) =>
    [makassar, pontianak, jayapura].some((one) => one === code),
  )
  await loadVillages(db, 'three villages', homes)

  /** A program at a moment, with all its rows. */
  function programAt(at: string, channels = new Map<string, Channel>()): Runtime {
    const second = Date.parse(at) / 1000
    const on = new Date((second + 8 * 3600) * 1000).toISOString().slice(0, 10)
    const clock = { today: () => on, now: () => ({ on, second, id: '' }) }
    const ground = { db, book, seal, log: createLog('silent'), ring: () => undefined }
    return { ...ground, clock, channels } as unknown as Runtime
  }

  /** Every message to an address. */
  async function messagesTo(addressId: number): Promise<Message[]> {
    const { rows } = await db.pool.query(
      `SELECT purpose, body, state, not_before FROM outbound WHERE address_id = $1 ORDER BY id`,
      [addressId],
    )
    return rows.map((row) => ({
      purpose: row.purpose,
      text: openOutbound(seal, row.purpose, row.body).text,
      state: row.state,
      notBefore: row.not_before.toISOString(),
    }))
  }

  return {
    stage,
    programAt,
    messagesTo,
    /** Draws up what is due, and reminds of it. */
    remind: async (at: string) => {
      const runtime = programAt(at)
      await drawUpContributions.run(runtime, {})
      await sendReminders.run(runtime, {})
    },
    /** The purposes of the messages to an address. */
    purposesTo: async (addressId: number) =>
      (await messagesTo(addressId)).map(({ purpose }) => purpose),
    /** Why something was not said. */
    reasonOf: async (purpose: string) => {
      const sql = 'SELECT reason FROM reminder WHERE purpose = $1'
      return (await db.pool.query(sql, [purpose])).rows[0]?.reason
    },
    /** The person of this membership agrees in another chat as well. */
    agreeIn: async (id: number, addressId: number) => {
      await db.pool.query(
        `UPDATE address SET person_id = (SELECT person_id FROM submission WHERE id = $1)
          WHERE id = $2`,
        [id, addressId],
      )
      await db.pool.query(
        `INSERT INTO consent (address_id, kind, given, wording, language)
         SELECT $1, 'registration', true, min(version), 'id' FROM wording`,
        [addressId],
      )
    },
    /** Pays the oldest months. */
    pay: async (id: number, count: number, paidOn: string) => {
      const kept = must(await findMembership(db.pool, book.branch.zone, id), 'the member')
      const months = oldestUnpaid(kept.membership, kept.paid, count)
      await db.transaction((tx) => recordPayments(tx, [{ kept, months, paidOn }], book.rates))
    },
  }
}
