// Campaigns as rows: composed, tested, handed in, approved, paused, ended. Every step is audited.

import { must } from '../core/must.ts'
import {
  type CampaignAudience,
  type CampaignMessage,
  type CampaignState,
  readCampaignAudience,
  readCampaignMessage,
} from '../core/outreach/campaign.ts'
import { appendAudit } from './audit.ts'
import type { Tx } from './database.ts'

/** A campaign as it is kept. */
export interface Campaign {
  id: number
  title: string
  message: CampaignMessage
  audience: CampaignAudience
  state: CampaignState
  /** So many are written to before somebody looks; 0 where nobody has to. */
  canarySize: number
  startsAt?: Date
  madeBy: string
  /** Who wrote or changed it: somebody else has to approve it. */
  writers: string[]
  approvedBy?: string
  /** How often it was sent for a test. */
  tests: number
  /** The chat in which it was composed; missing where that was elsewhere. */
  addressId?: number
}

interface Row {
  id: number
  title: string
  message: unknown
  audience: unknown
  state: CampaignState
  canary_size: number
  starts_at: Date | null
  made_by: string
  changed_by: string[]
  approved_by: string | null
  tests: number
  address_id: number | null
}

/** What makes a campaign. */
export type NewCampaign = Pick<Campaign, 'title' | 'message' | 'audience' | 'addressId'>

/** Keeps a new draft; its number. */
export async function makeCampaign(tx: Tx, given: NewCampaign, by: string): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(
    `INSERT INTO campaign (title, message, audience, made_by, address_id)
     VALUES ($1, $2, $3, $4, $5) RETURNING id`,
    [
      given.title,
      JSON.stringify(given.message),
      JSON.stringify(given.audience),
      by,
      given.addressId ?? null,
    ],
  )
  const { id } = must(rows[0], 'the campaign')
  await appendAudit(tx, by, 'make-campaign', `campaign:${id}`, { audience: given.audience })
  return id
}

const columns = `id, title, message, audience, state, canary_size, starts_at, made_by,
                 changed_by, approved_by, tests, address_id`

/** One campaign; with `lock`, nobody else changes or sends it until the transaction ends. */
export async function findCampaign(
  tx: Tx,
  id: number,
  lock = false,
): Promise<Campaign | undefined> {
  const { rows } = await tx.query<Row>(
    `SELECT ${columns} FROM campaign WHERE id = $1 ${lock ? 'FOR NO KEY UPDATE' : ''}`,
    [id],
  )
  return rows[0] && toCampaign(rows[0])
}

/** Campaigns, newest first. */
export async function listCampaigns(tx: Tx, limit: number): Promise<Campaign[]> {
  const { rows } = await tx.query<Row>(
    `SELECT ${columns} FROM campaign ORDER BY id DESC LIMIT $1`,
    [limit],
  )
  return rows.map(toCampaign)
}

/** The numbers of campaigns that have something to send at a moment in ms, oldest first. */
export async function listSendingCampaigns(tx: Tx, atMs: number): Promise<number[]> {
  const { rows } = await tx.query<{ id: number }>(
    `SELECT id FROM campaign
      WHERE state IN ('scheduled', 'canary', 'running') AND starts_at <= to_timestamp($1)
      ORDER BY id`,
    [atMs / 1000],
  )
  return rows.map(({ id }) => id)
}

function toCampaign(row: Row): Campaign {
  return {
    ...{ id: row.id, title: row.title, state: row.state, madeBy: row.made_by, tests: row.tests },
    message: readCampaignMessage(row.message),
    audience: readCampaignAudience(row.audience),
    canarySize: row.canary_size,
    writers: [row.made_by, ...row.changed_by],
    ...(row.starts_at && { startsAt: row.starts_at }),
    ...(row.approved_by !== null && { approvedBy: row.approved_by }),
    ...(row.address_id !== null && { addressId: row.address_id }),
  }
}

/** Why a step cannot be taken, for whoever wanted to take it. */
export type StepRefused = 'gone' | 'wrong-state' | 'not-tested' | 'nobody' | 'own-campaign'

/** The steps that change nothing but the state, each with the states that it may be taken in. */
const plainSteps = {
  'go-on': { from: ['canary'], to: 'running' },
  close: { from: ['scheduled', 'canary', 'running'], to: 'done' },
} as const satisfies Record<string, { from: CampaignState[]; to: CampaignState }>

/** Takes a plain step; false where the campaign is in another state by now. */
export async function stepCampaign(
  tx: Tx,
  id: number,
  step: keyof typeof plainSteps,
  by: string,
): Promise<boolean> {
  const { from, to } = plainSteps[step]
  const { rowCount } = await tx.query(
    `UPDATE campaign SET state = $2, closed_at = CASE WHEN $2 = 'done' THEN now() END
      WHERE id = $1 AND state = ANY ($3::text[])`,
    [id, to, from],
  )
  if (rowCount === 1) await appendAudit(tx, by, `${step}-campaign`, `campaign:${id}`)
  return rowCount === 1
}

/** Notes that it was sent to somebody for a test; the number of the test. */
export async function noteTest(tx: Tx, id: number, by: string): Promise<number> {
  const { rows } = await tx.query<{ tests: number }>(
    `UPDATE campaign SET tests = tests + 1,
            state = CASE WHEN state = 'draft' THEN 'tested' ELSE state END
      WHERE id = $1 RETURNING tests`,
    [id],
  )
  await appendAudit(tx, by, 'test-campaign', `campaign:${id}`)
  return must(rows[0], 'the campaign').tests
}

/** Changes a campaign that was not handed in; it is to be tested again. */
export async function changeCampaign(
  tx: Tx,
  id: number,
  given: Pick<NewCampaign, 'title' | 'message' | 'audience'>,
  by: string,
): Promise<StepRefused | undefined> {
  const campaign = await findCampaign(tx, id, true)
  if (!campaign) return 'gone'
  if (campaign.state !== 'draft' && campaign.state !== 'tested') return 'wrong-state'
  const { title, message, audience } = given
  await tx.query(
    `UPDATE campaign SET title = $2, message = $3, audience = $4, state = 'draft',
            wants_start = false,
            changed_by = CASE WHEN $5::text = ANY (changed_by || made_by) THEN changed_by
                              ELSE changed_by || $5::text END WHERE id = $1`,
    [id, title, JSON.stringify(message), JSON.stringify(audience), by],
  )
  await appendAudit(tx, by, 'change-campaign', `campaign:${id}`, { audience })
  return undefined
}

/** Hands a campaign in: it starts at its time, or waits until a second person has approved it. */
export async function handIn(
  tx: Tx,
  id: number,
  given: { needsApproval: boolean; canarySize: number; startsAt: Date; people: number },
  by: string,
) {
  const state: CampaignState = given.needsApproval ? 'waiting-approval' : 'scheduled'
  await tx.query(`UPDATE campaign SET state = $2, canary_size = $3, starts_at = $4 WHERE id = $1`, [
    id,
    state,
    given.canarySize,
    given.startsAt,
  ])
  await appendAudit(tx, by, 'hand-in-campaign', `campaign:${id}`, { state, people: given.people })
}

/** Approves what others have written and handed in. */
export async function approve(tx: Tx, id: number, by: string): Promise<StepRefused | undefined> {
  const campaign = await findCampaign(tx, id, true)
  if (!campaign) return 'gone'
  if (campaign.state !== 'waiting-approval') return 'wrong-state'
  if (campaign.writers.includes(by)) return 'own-campaign'
  await tx.query(
    `UPDATE campaign SET state = 'scheduled', approved_by = $2,
            starts_at = greatest(starts_at, now()) WHERE id = $1`,
    [id, by],
  )
  await appendAudit(tx, by, 'approve-campaign', `campaign:${id}`)
  return undefined
}

/** Marks a scheduled campaign as begun: first with a few, where somebody is to look. */
export async function begin(tx: Tx, { id, canarySize }: Campaign): Promise<CampaignState> {
  const state = canarySize > 0 ? 'canary' : 'running'
  await tx.query('UPDATE campaign SET state = $2 WHERE id = $1', [id, state])
  await appendAudit(tx, 'program', 'begin-campaign', `campaign:${id}`, { state })
  return state
}

/** Stops a campaign for now. What was not tried is taken back: nothing more goes out. */
export async function pause(tx: Tx, id: number, by: string): Promise<StepRefused | undefined> {
  const campaign = await findCampaign(tx, id, true)
  if (!campaign) return 'gone'
  if (!['scheduled', 'canary', 'running'].includes(campaign.state)) return 'wrong-state'
  await tx.query(`UPDATE campaign SET state = 'paused', paused_from = state WHERE id = $1`, [id])
  const ids = await takeBack(tx, id)
  await tx.query(
    `UPDATE campaign_person SET state = 'chosen', reason = NULL, outbound_id = NULL,
            queued_at = NULL WHERE campaign_id = $1 AND outbound_id = ANY ($2::bigint[])`,
    [id, ids],
  )
  await tx.query(
    `UPDATE outbound SET not_before = 'infinity' WHERE state IN ('waiting', 'sending')
        AND id IN (SELECT outbound_id FROM campaign_person
                    WHERE campaign_id = $1 AND state = 'queued')`,
    [id],
  )
  await appendAudit(tx, by, 'pause-campaign', `campaign:${id}`, { taken: ids.length })
  return undefined
}

/** Deletes what waits to be sent and was never tried; its numbers. */
async function takeBack(tx: Tx, id: number): Promise<number[]> {
  const { rows } = await tx.query<{ id: number }>(
    `DELETE FROM outbound WHERE state = 'waiting' AND tries = 0
        AND id IN (SELECT outbound_id FROM campaign_person
                    WHERE campaign_id = $1 AND state = 'queued')
     RETURNING id`,
    [id],
  )
  return rows.map((row) => row.id)
}

/** Goes on where it was paused. */
export async function resume(tx: Tx, id: number, by: string): Promise<StepRefused | undefined> {
  const { rowCount } = await tx.query(
    `UPDATE campaign SET state = paused_from WHERE id = $1 AND state = 'paused'`,
    [id],
  )
  if (rowCount !== 1) return 'wrong-state'
  await tx.query(
    `UPDATE outbound SET not_before = now() WHERE not_before = 'infinity'
        AND id IN (SELECT outbound_id FROM campaign_person
                    WHERE campaign_id = $1 AND state = 'queued')`,
    [id],
  )
  await appendAudit(tx, by, 'resume-campaign', `campaign:${id}`)
  return undefined
}

/** Ends a campaign for good; who has not been written to is not. */
export async function cancel(tx: Tx, id: number, by: string): Promise<StepRefused | undefined> {
  const campaign = await findCampaign(tx, id, true)
  if (!campaign) return 'gone'
  if (campaign.state === 'cancelled' || campaign.state === 'done') return 'wrong-state'
  await tx.query(`UPDATE campaign SET state = 'cancelled', closed_at = now() WHERE id = $1`, [id])
  const ids = await takeBack(tx, id)
  // What somebody is sending at this moment ends as it ends.
  await tx.query(
    `UPDATE outbound SET state = 'failed', reason = 'cancelled'
      WHERE (state = 'waiting' OR (state = 'sending' AND not_before = 'infinity'))
        AND id IN (SELECT outbound_id FROM campaign_person
                    WHERE campaign_id = $1 AND state = 'queued')`,
    [id],
  )
  const { rowCount } = await tx.query(
    `UPDATE campaign_person SET state = 'skipped', reason = 'cancelled'
      WHERE campaign_id = $1 AND (state = 'chosen' OR outbound_id = ANY ($2::bigint[]))`,
    [id, ids],
  )
  await appendAudit(tx, by, 'cancel-campaign', `campaign:${id}`, { left: rowCount })
  return undefined
}
