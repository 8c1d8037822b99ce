// Takes an officer's list of receipts and telephone numbers: from then on a campaign is for those.
import { findListed, keepListed } from '../registry/campaign-audience.ts'
import { changeCampaign, findCampaign, type StepRefused } from '../registry/campaigns.ts'
import type { Tx } from '../registry/database.ts'
import type { Seal } from '../registry/seal.ts'
import { readNamedList } from './list-file.ts'

/** What became of a list. */
export interface TakenList {
  /** Chats that were found. */
  found: number
  /** Lead to no chat with this bot. */
  unknown: number
  unreadable: number
}

/** Keeps the chats of a list with a campaign that was not handed in; it is to be tested again. */
export async function takeList(
  tx: Tx,
  seal: Seal,
  id: number,
  given: { text: string; on: string; by: string },
): Promise<TakenList | StepRefused> {
  const campaign = await findCampaign(tx, id, true)
  if (!campaign) return 'gone'
  const named = readNamedList(given.text, given.on)
  const { ids, unknown } = await findListed(tx, seal, named)
  const audience = { ...campaign.audience, isListed: true }
  const refused = await changeCampaign(tx, id, { ...campaign, audience }, given.by)
  if (refused) return refused
  await keepListed(tx, id, ids)
  return { found: ids.length, unknown, unreadable: named.unreadable }
}
