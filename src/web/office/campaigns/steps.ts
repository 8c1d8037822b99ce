// What officers do about a campaign: each step is the same function that chat and command line use.
import { handInCampaign, readStart, testCampaign } from '../../../campaigns/hand-in.ts'
import {
  approve,
  type Campaign,
  cancel,
  pause,
  resume,
  type StepRefused,
  stepCampaign,
} from '../../../registry/campaigns.ts'
import type { Tx } from '../../../registry/database.ts'
import type { Answer, OfficePage, Visit } from '../visit.ts'
import { findSeen, groundOf, nowMs } from './seen.ts'

/** What a step comes to: the end of a phrase that says that it was taken, or why it was not. */
type Taken = { told: string } | { refused: StepRefused | 'moment' }
type Take = (tx: Tx, campaign: Campaign, visit: Visit) => Promise<Taken>

/** Takes a step of the campaign that the path names, and leads back to it. */
function step(take: Take): OfficePage {
  return async (visit): Promise<Answer> => {
    const campaign = await findSeen(visit)
    if (!campaign) return undefined
    const { ground } = visit
    const taken = await ground.db.transaction((tx) => take(tx, campaign, visit))
    ground.ring('send-campaign', {})
    const word = 'told' in taken ? taken.told : taken.refused
    return { to: `/kampanye/${campaign.id}`, told: `campaign-${word}` }
  }
}

/** A step that is only refused or not. */
function plain(
  told: string,
  take: (tx: Tx, id: number, by: string) => Promise<StepRefused | undefined>,
): OfficePage {
  return step(async (tx, { id }, { actor }) => {
    const refused = await take(tx, id, actor)
    return refused ? { refused } : { told }
  })
}

/** A second person approves. */
export const approveCampaign: OfficePage = plain('approved', approve)
/** Stops for now. */
export const pauseCampaign: OfficePage = plain('paused', pause)
/** Goes on after a pause. */
export const resumeCampaign: OfficePage = plain('resumed', resume)
/** Ends for good. */
export const cancelCampaign: OfficePage = plain('cancelled', cancel)

/** After the first few were looked at: all the others. */
export const goOnCampaign: OfficePage = plain('goes-on', async (tx, id, by) =>
  (await stepCampaign(tx, id, 'go-on', by)) ? undefined : 'wrong-state',
)

/** Sends it to the conversation of whoever is signed in. */
export const testCampaignPage: OfficePage = async (visit) => {
  const answer = await step(async (tx, { id, state }) => {
    if (state !== 'draft' && state !== 'tested') return { refused: 'wrong-state' }
    const to = { addressId: visit.officer.addressId, by: visit.actor, atMs: nowMs(visit) }
    const isSent = await testCampaign(tx, visit.ground.seal, groundOf(visit), id, to)
    return isSent ? { told: 'tested' } : { refused: 'gone' }
  })(visit)
  for (const channel of groundOf(visit).channels) visit.ground.ring('send-messages', { channel })
  return answer
}

/** Hands it in, now or for a moment to come. */
export const handInPage: OfficePage = step(async (tx, { id }, visit) => {
  const wanted = visit.given('mulai')
  const atMs = nowMs(visit)
  const startsAtMs = wanted ? readStart(visit.ground.book.branch.zone, wanted) : atMs
  if (startsAtMs === undefined) return { refused: 'moment' }
  const given = { by: visit.actor, startsAtMs, atMs }
  const handed = await handInCampaign(tx, groundOf(visit), id, given)
  if (typeof handed === 'string') return { refused: handed }
  return { told: handed.needsApproval ? 'needs-second' : 'handed-in' }
})
