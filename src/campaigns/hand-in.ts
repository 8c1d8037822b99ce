// Tests a campaign on one's own chat and hands it in: from then on the job sends it by itself.

import { canarySize } from '../core/outreach/pace.ts'
import { sayCampaign } from '../core/outreach/words.ts'
import { getFigure } from '../core/rates.ts'
import { dayStartMs, localDay } from '../core/reminders/local-time.ts'
import { chooseAudience } from '../registry/campaign-audience.ts'
import { openAddressNames, readPeople } from '../registry/campaign-people.ts'
import { findCampaign, handIn, noteTest, type StepRefused } from '../registry/campaigns.ts'
import type { Tx } from '../registry/database.ts'
import { queueNotices } from '../registry/notices.ts'
import type { Seal } from '../registry/seal.ts'
import type { CampaignGround } from './ground.ts'
import { countReached, type Preview, previewCampaign } from './preview.ts'

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
  const preview = await previewCampaign(tx, ground, campaign, atMs)
  if (countReached(preview) === 0) return 'nobody'
  await chooseAudience(tx, id, campaign.audience, localDay(ground.book.branch.zone, atMs))
  const plan = planHandIn(ground, preview, atMs)
  await handIn(tx, id, { ...plan, startsAt: new Date(startsAtMs), people: preview.total }, by)
  return { preview, ...plan }
}

/** What handing it in would mean: whether a second person is asked, how many go first. */
export function planHandIn(
  { book: { rates, branch } }: CampaignGround,
  preview: Preview,
  atMs: number,
): Pick<HandedIn, 'needsApproval' | 'canarySize'> {
  const on = localDay(branch.zone, atMs)
  const reached = countReached(preview)
  return {
    needsApproval: reached >= getFigure(rates, 'campaign-approval-from', on),
    canarySize: canarySize(reached, getFigure(rates, 'campaign-canary', on)),
  }
}

/** A moment `2026-12-10T09:00` as the branch's clock shows it, in ms; undefined for any other. */
export function readStart(zone: string, moment: string): number | undefined {
  const [, day = '', time = ''] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})$/.exec(moment) ?? []
  const dayMs = Date.parse(`${day}T00:00:00Z`)
  const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
  return Number.isNaN(dayMs) ? undefined : dayStartMs(zone, dayMs) + minutes * 60_000
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
