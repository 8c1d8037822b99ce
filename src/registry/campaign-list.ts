// Campaigns of an area as officers look through them, and how far one that runs has come.
import type { CampaignState } from '../core/outreach/campaign.ts'
import type { Database, Tx } from './database.ts'
import { isInside } from './village-states.ts'

/** How many of a campaign's people are where. */
export interface CampaignSum {
  /** Sent, delivered or read. */
  sent: number
  failed: number
  skipped: number
  waiting: number
  total: number
}

/** One campaign in a list. */
export interface ListedCampaign extends CampaignSum {
  id: number
  title: string
  state: CampaignState
  /** Codes of the places that it is for. */
  area: string
  madeAt: Date
}

/** Which campaigns are wanted. */
export interface CampaignWish {
  /** Only those that are for nobody outside of it. */
  area: string
  states: readonly CampaignState[]
  /** So many of them are left out from the top. */
  skip: number
  limit: number
}

/** Those that run come first, then what waits for somebody; among equals the newest. */
const order: CampaignState[] = [
  ...(['running', 'canary', 'waiting-approval', 'paused', 'scheduled', 'tested'] as const),
  ...(['draft', 'done', 'cancelled'] as const),
]

/** A campaign for nobody outside of the area $1. */
const isOfArea = `audience ->> 'area' <> '' AND NOT EXISTS (
  SELECT FROM unnest(string_to_array(audience ->> 'area', ' ')) AS place
   WHERE NOT ${isInside('place')})`

/** Counts the people of the campaign that `of` names, as SQL. */
const sums = (of: string, only = 'true') => `
  SELECT count(*) FILTER (WHERE campaign_count(p.state) = 'sent') AS sent,
         count(*) FILTER (WHERE campaign_count(p.state) = 'failed') AS failed,
         count(*) FILTER (WHERE campaign_count(p.state) = 'skipped') AS skipped,
         count(*) FILTER (WHERE campaign_count(p.state) = 'waiting') AS waiting,
         count(*) AS total
    FROM campaign_person p WHERE p.campaign_id = ${of} AND ${only}`

const sumNames = ['sent', 'failed', 'skipped', 'waiting', 'total'] as const

/**
 * Campaigns of an area with their counts, which are those of their rows: counted now, or kept since
 * the campaign was over.
 */
export async function listCampaignsIn(tx: Tx, wish: CampaignWish): Promise<ListedCampaign[]> {
  const { rows } = await tx.query<ListedCampaign>(
    `WITH c AS (
       SELECT id, title, state, audience ->> 'area' AS area, made_at, counts,
              array_position($5::text[], state) AS turn
         FROM campaign
        WHERE state = ANY ($2::text[]) AND ${isOfArea}
        ORDER BY turn, id DESC OFFSET $3 LIMIT $4)
     SELECT c.id, c.title, c.state, c.area, c.made_at AS "madeAt", ${sumNames
       .map((name) => `coalesce((c.counts ->> '${name}')::bigint, n.${name}) AS ${name}`)
       .join(', ')}
       FROM c CROSS JOIN LATERAL (${sums('c.id', 'c.counts IS NULL')}) AS n
      ORDER BY c.turn, c.id DESC`,
    [wish.area, wish.states, wish.skip, wish.limit, order],
  )
  return rows
}

/** Longer than any transaction takes: one from before a campaign was over has ended by then. */
const settledMinutes = 2

/** Counts campaigns that are over and keeps that, at most `limit`; how many it was. */
export async function keepCampaignCounts(db: Database, limit: number): Promise<number> {
  const { rows } = await db.pool.query<{ id: number }>(
    `SELECT id FROM campaign WHERE counts IS NULL AND closed_at < now() - make_interval(mins => $1)
      ORDER BY id LIMIT $2`,
    [settledMinutes, limit],
  )
  for (const { id } of rows) {
    await db.transaction(async (tx) => {
      await tx.query('SELECT FROM campaign WHERE id = $1 FOR NO KEY UPDATE', [id])
      await tx.query(
        `UPDATE campaign SET counts = (SELECT to_jsonb(n) FROM (${sums('$1')}) n) WHERE id = $1`,
        [id],
      )
    })
  }
  return rows.length
}

/** How many campaigns of an area wait for an officer: to approve what others wrote, or to look. */
export async function countCampaignsToLookAt(tx: Tx, area: string, actor: string): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `SELECT count(*) AS count FROM campaign
      WHERE (state = 'canary'
             OR state = 'waiting-approval' AND $2::text <> ALL (changed_by || made_by))
        AND ${isOfArea}`,
    [area, actor],
  )
  return rows[0]?.count ?? 0
}

/** What tells how long a campaign goes on. */
export interface CampaignPace {
  /** Sent in the last so many seconds. */
  sent: number
  seconds: number
  /** Waiting to be written to, by channel. */
  waiting: { channel: string; count: number }[]
  /** Of those, the ones left alone until it is day where they are, or another day. */
  later: number
}

/** A pace is measured over so many seconds. */
const paceSeconds = 30

/** How quickly it goes and what is left, always from the rows. */
export async function readCampaignPace(tx: Tx, id: number): Promise<CampaignPace> {
  const { rows } = await tx.query<{ channel: string; count: number; later: number }>(
    `SELECT a.channel, count(*) AS count, count(*) FILTER (WHERE p.again_at > now()) AS later
       FROM campaign_person p JOIN address a ON a.id = p.address_id
      WHERE p.campaign_id = $1 AND p.state IN ('chosen', 'queued') GROUP BY 1 ORDER BY 1`,
    [id],
  )
  const { rows: paced } = await tx.query<{ sent: number; seconds: number }>(
    `SELECT count(*) AS sent,
            coalesce(extract(epoch FROM now() - min(sent_at)), 0)::float8 AS seconds
       FROM campaign_person
      WHERE campaign_id = $1 AND sent_at > now() - make_interval(secs => $2)`,
    [id, paceSeconds],
  )
  return {
    ...{ sent: 0, seconds: 0, ...paced[0] },
    waiting: rows.map(({ channel, count }) => ({ channel, count })),
    later: rows.reduce((sum, row) => sum + row.later, 0),
  }
}
