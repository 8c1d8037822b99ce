// Tests a campaign on one's own chat and hands it in: from then on the job sends it by itself.

import { canarySize } from '../core/outreach/pace.ts'
import { sayCampaign } from '../core/outreach/words.ts'
import { getFigure } from '../core/rates.ts'
import { localDay } from '../core/reminders/local-time.ts'
import { chooseAudience } from '../registry/campaign-audience.ts'
import { openAddressNames, readPeople } from '../registry/campaign-people.ts'
import { findCampaign, handIn, noteTest, type StepRefused } from '../registry/campaigns.ts'
import type { Tx } from '../registry/database.ts'
import { queueNotices } from '../registry/notices.ts'
import type { Seal } from '../registry/seal.ts'
import { type CampaignGround, countReached, type Preview, previewCampaign } from './preview.ts'

/** Who hands in, when it is to start, and what time it is, both in ms. */
export interface HandingIn {
  by: string
  startsAtMs: number
  atMs: number
}

/** A campaign that was handed in. */
export interface HandedIn {
  preview: Preview
  needsApproval: boolean
  canarySize: number
}

/** Chooses the people of a tested campaign and hands it in; says why not where it cannot be. */
export async function handInCampaign(
  tx: Tx,
  ground: CampaignGround,
  id: number,
  { by, startsAtMs, atMs }: HandingIn,
): Promise<HandedIn | StepRefused> {
  const campaign = await findCampaign(tx, id, true)
  if (!campaign) return 'gone'
  if (campaign.state === 'draft') return 'not-tested'
  if (campaign.state !== 'tested') return 'wrong-state'
  const { rates, branch } = ground.book
  const on = localDay(branch.zone, atMs)
  const preview = await previewCampaign(tx, ground, campaign, atMs)
  const reached = countReached(preview)
  if (reached === 0) return 'nobody'
  await chooseAudience(tx, id, campaign.audience, on)
  const needsApproval = reached >= getFigure(rates, 'campaign-approval-from', on)
  const first = canarySize(reached, getFigure(rates, 'campaign-canary', on))
  const startsAt = new Date(startsAtMs)
  const given = { needsApproval, canarySize: first, startsAt, people: preview.total }
  await handIn(tx, id, given, by)
  return { preview, needsApproval, canarySize: first }
}

/** Sends every wording to one chat, as that channel shows it; false for a campaign that is gone. */
export async function testCampaign(
  tx: Tx,
  seal: Seal,
  { book }: CampaignGround,
  id: number,
  to: { addressId: number; by: string; atMs: number },
): Promise<boolean> {
  const campaign = await findCampaign(tx, id, true)
  const [person] = await readPeople(tx, [{ id: to.addressId }], to.atMs)
  if (!campaign || !person) return false
  const test = await noteTest(tx, id, to.by)
  const name = (await openAddressNames(tx, seal, [to.addressId])).get(to.addressId)
  const addressee = { ...person, ...(name && { name }) }
  const on = localDay(book.branch.zone, to.atMs)
  const { message } = campaign
  const notices = message.wordings.map((_, variant) => ({
    addressId: to.addressId,
    purpose: `campaign-test:${id}:${test}:${variant}`,
    message: sayCampaign(book, message, variant, addressee, on),
  }))
  await queueNotices(tx, seal, notices)
  return true
}
