// Campaigns composed in a chat: tried there, counted, handed in, and shown as they go on.
import { sayPhrase } from '../core/phrase.ts'
import { forgetStart } from '../registry/campaign-chats.ts'
import { countPeople } from '../registry/campaign-people.ts'
import type { Campaign } from '../registry/campaigns.ts'
import type { Tx } from '../registry/database.ts'
import { queueNotices } from '../registry/notices.ts'
import { showProgress } from '../registry/progress.ts'
import type { Seal } from '../registry/seal.ts'
import type { CampaignGround } from './ground.ts'
import { handInCampaign, testCampaign } from './hand-in.ts'
import { countReached, previewCampaign } from './preview.ts'

/** A campaign that somebody leads from a chat. */
export type LedCampaign = Campaign & { addressId: number }

/** Tries a draft in the chat it was composed in, or hands in what was read there. */
export async function prepareCampaign(
  tx: Tx,
  seal: Seal,
  ground: CampaignGround,
  campaign: LedCampaign,
  atMs: number,
) {
  const { id, addressId, madeBy: by, state, title, tests } = campaign
  const tell = (key: string, fills: Record<string, string>) => {
    const text = sayPhrase(ground.book, 'id', key, { title, ...fills })
    return queueNotices(tx, seal, [
      { addressId, purpose: `${key}:${id}:${tests}`, message: { text } },
    ])
  }
  if (state === 'draft') {
    await testCampaign(tx, seal, ground, id, { addressId, by, atMs })
    const preview = await previewCampaign(tx, ground, campaign, atMs)
    const reached = countReached(preview)
    const counts = { total: preview.total, reached, left: preview.total - reached }
    const minutes = Math.ceil(preview.seconds / 60)
    await tell('campaign-preview', asText({ ...counts, minutes }))
    return
  }
  await forgetStart(tx, id)
  const handed = await handInCampaign(tx, ground, id, { by, startsAtMs: atMs, atMs })
  if (typeof handed === 'string') await tell('campaign-nobody', {})
  else if (handed.needsApproval) await tell('campaign-needs-second', {})
  else if (handed.canarySize === 0) await tell('campaign-begins', {})
  else await tell('campaign-first', asText({ count: handed.canarySize }))
}

function asText(counts: Record<string, number>): Record<string, string> {
  return Object.fromEntries(Object.entries(counts).map(([key, count]) => [key, String(count)]))
}

/** What the chats were shown last, by the number of the campaign: the same is not shown again. */
const shown = new Map<number, string>()

/** Shows how far a campaign is, in one message that is changed as it goes on. */
export async function showCampaignProgress(
  tx: Tx,
  seal: Seal,
  { book }: CampaignGround,
  { id, addressId, title, state }: LedCampaign,
) {
  const counts = await countPeople(tx, id)
  const sum = (of: typeof counts) => of.reduce((all, { count }) => all + count, 0)
  const done = sum(counts.filter((one) => one.state !== 'chosen' && one.state !== 'queued'))
  const fills = { ...asText({ done, total: sum(counts) }), title }
  const text = sayPhrase(book, 'id', 'campaign-progress', {
    ...{ ...fills, state: sayPhrase(book, 'id', `campaign-state-${state}`) },
  })
  if (shown.get(id) === text) return
  await showProgress(tx, seal, { addressId, purpose: `campaign-progress:${id}`, text })
  shown.set(id, text)
}
