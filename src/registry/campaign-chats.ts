// Campaigns in an officer's chat: those of the own area, composed and led from there.
import type { Value } from '../core/answers/reading.ts'
import { isAudienceIn } from '../core/outreach/campaign.ts'
import { composedOf } from '../core/outreach/composed.ts'
import { type OpenCampaign, stepsOf } from '../core/outreach/open-campaign.ts'
import { countPeople } from './campaign-people.ts'
import {
  approve,
  type Campaign,
  cancel,
  findCampaign,
  makeCampaign,
  pause,
  resume,
  stepCampaign,
} from './campaigns.ts'
import type { Doing, Done } from './commands.ts'
import type { Tx } from './database.ts'

/** The post under which something is done, and its area. */
interface By {
  id: number
  area: string
}

/** Campaigns that are not over, in an officer's area, newest first. */
export async function listOpenCampaigns(tx: Tx, by: By): Promise<OpenCampaign[]> {
  const { rows } = await tx.query<{ id: number }>(
    `SELECT id FROM campaign WHERE state NOT IN ('cancelled', 'done') ORDER BY id DESC LIMIT 20`,
  )
  const open: OpenCampaign[] = []
  for (const { id } of rows) {
    const campaign = await findCampaign(tx, id)
    if (campaign && isAudienceIn(campaign.audience, by.area))
      open.push(await show(tx, campaign, by))
  }
  return open
}

async function show(
  tx: Tx,
  { id, title, state, writers }: Campaign,
  by: By,
): Promise<OpenCampaign> {
  const counts = { chosen: 0, queued: 0, sent: 0, failed: 0, skipped: 0 }
  for (const one of await countPeople(tx, id)) {
    const key = one.state === 'delivered' || one.state === 'read' ? 'sent' : one.state
    counts[key as keyof typeof counts] += one.count
  }
  return { key: `c${id}`, title, state, isMine: writers.includes(`post:${by.id}`), counts }
}

const isMade: Done = { ring: 'send-campaign' }

/** One entry for each `do:` about campaigns. */
export const campaignDoers: Record<string, (doing: Doing, by: By) => Promise<Done | undefined>> = {
  'make-campaign': async ({ tx, addressId, command }, by) => {
    const composed = composedOf(command.answers, by.area)
    await makeCampaign(tx, { ...composed, addressId }, `post:${by.id}`)
    return isMade
  },
  'step-campaign': async ({ tx, command }, by) => {
    await takeStep(tx, by, command.answers)
    return isMade
  },
}

/** Takes the step that was chosen, where the campaign still allows it. */
async function takeStep(tx: Tx, by: By, answers: Readonly<Record<string, Value>>) {
  const id = Number(String(answers.campaign).slice(1))
  const campaign = await findCampaign(tx, id, true)
  const step = String(answers['campaign-step'])
  const actor = `post:${by.id}`
  if (!campaign || !isAudienceIn(campaign.audience, by.area)) return
  if (!stepsOf({ state: campaign.state, isMine: campaign.writers.includes(actor) }).includes(step))
    return
  if (step === 'start') {
    await tx.query('UPDATE campaign SET wants_start = true WHERE id = $1', [id])
  } else if (step === 'approve') await approve(tx, id, actor)
  else if (step === 'go-on') await stepCampaign(tx, id, 'go-on', actor)
  else if (step === 'pause') await pause(tx, id, actor)
  else if (step === 'resume') await resume(tx, id, actor)
  else if (step === 'cancel') await cancel(tx, id, actor)
}

/** Composed in a chat, and now to be tested there or handed in. */
export async function listToPrepare(tx: Tx): Promise<(Campaign & { addressId: number })[]> {
  const { rows } = await tx.query<{ id: number }>(
    `SELECT id FROM campaign WHERE address_id IS NOT NULL
        AND (state = 'draft' OR (state = 'tested' AND wants_start)) ORDER BY id`,
  )
  const found = await Promise.all(rows.map(({ id }) => findCampaign(tx, id)))
  return found.flatMap((one) => {
    return one?.addressId === undefined ? [] : [{ ...one, addressId: one.addressId }]
  })
}

/** The wish to hand it in was followed, or could not be. */
export async function forgetStart(tx: Tx, id: number) {
  await tx.query('UPDATE campaign SET wants_start = false WHERE id = $1', [id])
}
