// A campaign as an officer sees it in the chat: how far it is, and what may be done with it.
import * as z from 'zod'
import { type CampaignState, campaignStates } from './campaign.ts'

const campaign = z.object({
  key: z.string(),
  title: z.string(),
  state: z.enum(campaignStates),
  /** The officer who looks has written it, or some of it. */
  isMine: z.boolean(),
  counts: z.object({
    chosen: z.number(),
    queued: z.number(),
    sent: z.number(),
    failed: z.number(),
    skipped: z.number(),
  }),
})
/** One campaign that is not over. */
export type OpenCampaign = z.output<typeof campaign>

/** The fact `campaigns`. */
export function readOpenCampaigns(fact: unknown): OpenCampaign[] {
  return z.array(campaign).parse(fact)
}

const steps: Partial<Record<CampaignState, string[]>> = {
  tested: ['start'],
  scheduled: ['pause'],
  canary: ['go-on', 'pause'],
  running: ['pause'],
  paused: ['resume'],
}

/** What an officer may do with a campaign; cancelling is last. Nobody approves their own. */
export function stepsOf({ state, isMine }: Pick<OpenCampaign, 'state' | 'isMine'>): string[] {
  const first = state === 'waiting-approval' && !isMine ? ['approve'] : (steps[state] ?? [])
  return [...first, 'cancel']
}
