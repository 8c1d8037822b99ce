// Campaigns on real rows: chats that agreed, a program at a moment of a day, a channel that notes.

import { handInCampaign, testCampaign } from '../../src/campaigns/hand-in.ts'
import { previewCampaign } from '../../src/campaigns/preview.ts'
import type { Channel } from '../../src/channels/channel.ts'
import { readCampaignAudience } from '../../src/core/outreach/campaign.ts'
import { sendCampaign } from '../../src/jobs/send-campaign.ts'
import { sendMessages } from '../../src/jobs/send-messages.ts'
import { createLog } from '../../src/log.ts'
import { findAddresses } from '../../src/registry/addresses.ts'
import { keepListed } from '../../src/registry/campaign-audience.ts'
import { countPeople } from '../../src/registry/campaign-people.ts'
import { findCampaign, makeCampaign } from '../../src/registry/campaigns.ts'
import type { Runtime } from '../../src/runtime.ts'
import { openStage } from '../registry/stage.ts'
import { lastMorningMs } from './morning.ts'

/** Words that may be sent. */
export const words = { wordings: [{ id: 'Halo {name} di {village}. Mau daftar?' }] }

/** The stage of one file; closed after it. */
export async function openCampaignStage() {
  const { db, book, seal } = await openStage()
  const sent: { address: string; text: string; key: string }[] = []
  const channel = {
    name: 'telegram',
    state: () => 'ready',
    capabilities: { buttons: true, sharesPhone: true, maxText: 4_096, forbidsSensitive: false },
    send: async (address, { text }, { key }) => {
      sent.push({ address, text, key })
      return `id-${sent.length}`
    },
  } as Partial<Channel> as Channel
  const morningMs = lastMorningMs()
  const ground = { book, channels: new Set(['telegram', 'whatsapp']), whatsappDailyCap: 20 }

  function programAt(atMs = morningMs, channels = [channel]): Runtime {
    const on = new Date(atMs + 8 * 3_600_000).toISOString().slice(0, 10)
    const clock = { today: () => on, now: () => ({ on, second: atMs / 1000, id: '' }) }
    const known = new Map([...channels, { ...channel, name: 'whatsapp' }].map((c) => [c.name, c]))
    const config = { WHATSAPP_DAILY_CAP: 20 }
    const made = { db, book, seal, log: createLog('silent'), ring: () => undefined, clock, config }
    return { ...made, channels: known } as unknown as Runtime
  }

  /** Makes chats that have written and agreed; their ids in order. */
  async function makeChats(names: string[], name = 'telegram'): Promise<number[]> {
    const some = names.map((address) => ({ channel: name, address }))
    const ids = await db.transaction((tx) => findAddresses(tx, seal, some))
    await db.pool.query('UPDATE address SET campaigns_at = now() WHERE id = ANY ($1)', [ids])
    await db.pool.query(
      `INSERT INTO inbound (address_id, external_id, kind, sent_at, state)
       SELECT id, 'first', 'text', now(), 'done' FROM unnest($1::bigint[]) AS id`,
      [ids],
    )
    return ids
  }

  /** Makes a campaign for these chats, or for an audience, that was tested; its number. */
  async function compose(ids: number[], audience: object = { isListed: true }): Promise<number> {
    const given = { title: 'Uji', message: words, audience: readCampaignAudience(audience) }
    return db.transaction(async (tx) => {
      const id = await makeCampaign(tx, given, 'officer:vina')
      await keepListed(tx, id, ids)
      await tx.query(`UPDATE campaign SET state = 'tested' WHERE id = $1`, [id])
      return id
    })
  }

  return {
    ...{ db, book, seal, sent, channel, ground, morningMs, programAt, makeChats, compose },
    handIn: (id: number, atMs = morningMs) =>
      db.transaction((tx) =>
        handInCampaign(tx, ground, id, { by: 'officer:vina', startsAtMs: atMs, atMs }),
      ),
    test: (id: number, addressId: number) =>
      db.transaction((tx) =>
        testCampaign(tx, seal, ground, id, { addressId, by: 'officer:vina', atMs: morningMs }),
      ),
    preview: async (id: number, atMs = morningMs) => {
      const campaign = await findCampaign(db.pool, id)
      if (!campaign) throw new Error('no campaign')
      return previewCampaign(db.pool, ground, campaign, atMs)
    },
    /** Queues what may be queued at that moment. */
    queue: (atMs = morningMs) => sendCampaign.run(programAt(atMs), {}),
    /** Sends everything that waits. */
    send: (atMs = morningMs, channels?: Channel[]) =>
      sendMessages.run(programAt(atMs, channels), { channel: 'telegram' }),
    state: async (id: number) => (await findCampaign(db.pool, id))?.state,
    /** How many are in which state, as `state` or `state:reason`. */
    counts: async (id: number) =>
      Object.fromEntries(
        (await countPeople(db.pool, id)).map(({ state, reason, count }) => [
          reason ? `${state}:${reason}` : state,
          count,
        ]),
      ),
  }
}
