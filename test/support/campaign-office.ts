// The workplace with two officers of a branch and one from elsewhere, who write campaigns.
import { expect } from 'vitest'
import { createMachine } from '../../src/machine.ts'
import { loadVillages } from '../../src/registry/villages.ts'
import type { openCampaignStage } from '../campaigns/stage.ts'
import { areas, signInAs, startOffice } from './office-stage.ts'
import { realVillages } from './real-book.ts'

/** A campaign's form that may be sent as it is. */
export const good = {
  judul: 'Ajakan pedagang',
  'kata-id': 'Halo {name} di {village}. Mulai {lowest_price_other} sebulan.',
  tombol: 'villager/enrol',
  'tanpa-desa': 'ya',
}

/** Where an answer leads to says what happened by the end of a phrase's name. */
export function toldBy(answer: Response): string | undefined {
  return answer.headers.get('location')?.split('kabar=')[1]
}

/** The number of the campaign that a path is about. */
export function idOf(path: string): number {
  return Number(path.split('/').at(-1))
}

/** Starts the workplace on a stage of campaigns, with Telegram and a linked WhatsApp. */
export async function startCampaignOffice(stage: Awaited<ReturnType<typeof openCampaignStage>>) {
  const { db, book } = stage
  const queues = { states: async () => [], retry: async () => 0 }
  const { shownOn } = createMachine(book, {}, queues, new AbortController().signal)
  const channels = new Map(
    ['telegram', 'whatsapp'].map((name) => [name, { ...stage.channel, name }]),
  )
  const office = await startOffice(stage, { machine: { shownOn }, channels })
  const known = realVillages().filter(({ code }) => /^63\.0[23]\.0[45]/.test(code))
  await loadVillages(db, 'two districts', known)
  const writer = await signInAs(db, office.url, 'branch-officer', areas.own)
  await db.pool.query(`UPDATE address SET channel = 'telegram' WHERE id = $1`, [writer.addressId])
  const second = await signInAs(db, office.url, 'branch-officer', areas.own, 'Rudi Contoh')
  const stranger = await signInAs(db, office.url, 'branch-head', areas.other)

  /** Writes a campaign; its path below /kantor. */
  async function write(form: Record<string, string> = good): Promise<string> {
    const answer = await writer.post('/kampanye/baru', form)
    expect(answer.status).toBe(303)
    return (answer.headers.get('location') ?? '').replace(/^\/kantor|\?.*$/g, '')
  }
  return { office, writer, second, stranger, write }
}
