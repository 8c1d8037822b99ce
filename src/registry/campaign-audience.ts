// Whom a campaign is for: found in the rows by area, state, group and whatever else was chosen.
import type { CampaignAudience } from '../core/outreach/campaign.ts'
import { handleOf } from './addresses.ts'
import type { Tx } from './database.ts'
import type { Seal } from './seal.ts'
import { bigintArray, byteaArray, textArray } from './sql-array.ts'

/**
 * Every chat with its village: that of the newest enrolment made in it, else that of its post; none
 * of a family that mourns the only member. The parameters are those of `valuesOf`.
 */
const audienceSql = `
  SELECT a.id, e.village AS village_code
    FROM address a
    LEFT JOIN LATERAL (
      SELECT p.role, p.area FROM post p
       WHERE p.address_id = a.id AND p.revoked_at IS NULL
         AND p.role IN ('village-head', 'village-operator', 'bumdes-agent')) p ON true
    LEFT JOIN LATERAL (
      SELECT coalesce((array_agg(e.village_code ORDER BY e.id DESC))[1], p.area) AS village,
             array_agg(e.segment) AS segments, array_agg(e.nik_index) AS nik_indexes,
             array_agg(e.submission_id) AS submissions,
             count(e.id) = 0 AND p.role IS NULL AS is_not_enrolled,
             bool_or(e.state = 'submitted') AS is_waiting,
             bool_or(e.state = 'registered') AS is_registered,
             bool_or(e.state = 'ended') AS is_ended,
             bool_or(e.end_reason = 'died') AND bool_and(e.state = 'ended') AS is_mourning
        FROM submission s JOIN enrolment e ON e.submission_id = s.id
         AND e.state IN ('submitted', 'registered', 'ended')
       WHERE s.address_id = a.id AND s.command = 'submit-enrolment') e ON true
   WHERE a.merged_into IS NULL AND e.is_mourning IS NOT TRUE
     AND ($1::text IS NULL OR ($2 AND e.village IS NULL) OR EXISTS (
           SELECT FROM unnest(string_to_array($1, ' ')) AS part
            WHERE e.village = part OR e.village LIKE part || '.%'))
     AND (cardinality($3::text[]) = 0
          OR 'not-enrolled' = ANY ($3) AND e.is_not_enrolled
          OR 'waiting' = ANY ($3) AND e.is_waiting
          OR 'registered' = ANY ($3) AND e.is_registered
          OR 'ended' = ANY ($3) AND e.is_ended
          OR 'lapsing' = ANY ($3) AND e.is_registered AND EXISTS (
               SELECT FROM contribution c WHERE c.submission_id = ANY (e.submissions)
                  AND c.paid_on IS NULL AND c.due_on < $9::date)
          OR 'village-not-started' = ANY ($3) AND p.role IN ('village-head', 'village-operator')
             AND NOT EXISTS (SELECT FROM staff t
                              WHERE t.village_code = p.area AND t.until_on IS NULL))
     AND (cardinality($4::text[]) = 0
          OR 'kepala-desa' = ANY ($4) AND p.role = 'village-head'
          OR EXISTS (SELECT FROM staff t WHERE t.nik_index = ANY (e.nik_indexes)
                        AND t.village_code = e.village
                        AND t.until_on IS NULL AND t.cohort = ANY ($4)))
     AND (cardinality($5::text[]) = 0 OR e.segments && $5)
     AND (cardinality($6::text[]) = 0 OR a.language = ANY ($6))
     AND (cardinality($7::text[]) = 0 OR a.channel = ANY ($7))
     AND ($8::int IS NULL OR NOT EXISTS (
           SELECT FROM session h WHERE h.address_id = a.id
              AND h.updated_at > $9::date - make_interval(days => $8)))
     AND (NOT $10 OR EXISTS (SELECT FROM campaign_listed l
                              WHERE l.campaign_id = $11 AND l.address_id = a.id))`

function valuesOf(campaignId: number, audience: CampaignAudience, on: string) {
  return [
    audience.area ?? null,
    audience.withoutVillage,
    audience.states,
    audience.cohorts,
    audience.segments,
    audience.languages,
    audience.channels,
    audience.silentDays ?? null,
    on,
    audience.isListed,
    campaignId,
  ]
}

/** The numbers of everybody a campaign is for on a day, without choosing them yet. */
export async function listAudience(
  tx: Tx,
  campaignId: number,
  audience: CampaignAudience,
  on: string,
): Promise<{ id: number; villageCode?: string }[]> {
  const { rows } = await tx.query<{ id: number; village_code: string | null }>(
    `${audienceSql} ORDER BY a.id`,
    valuesOf(campaignId, audience, on),
  )
  return rows.map(({ id, village_code }) => ({
    id,
    ...(village_code && { villageCode: village_code }),
  }))
}

/** Chooses everybody a campaign is for, in an order drawn by lot; how many. Twice is as once. */
export async function chooseAudience(
  tx: Tx,
  campaignId: number,
  audience: CampaignAudience,
  on: string,
): Promise<number> {
  const { rowCount } = await tx.query(
    `INSERT INTO campaign_person (campaign_id, address_id, village_code, ordinal)
     SELECT $11, id, village_code,
            row_number() OVER (ORDER BY md5($11::text || ':' || id)) - 1
       FROM (${audienceSql}) AS one
     ON CONFLICT (campaign_id, address_id) DO NOTHING`,
    valuesOf(campaignId, audience, on),
  )
  return rowCount ?? 0
}

/** Keeps the chats of an officer's list with its campaign, in place of an earlier list. */
export async function keepListed(tx: Tx, campaignId: number, addressIds: number[]) {
  await tx.query('DELETE FROM campaign_listed WHERE campaign_id = $1', [campaignId])
  await tx.query(
    `INSERT INTO campaign_listed (campaign_id, address_id)
     SELECT DISTINCT $1::bigint, id FROM unnest($2::bigint[]) AS id`,
    [campaignId, bigintArray(addressIds)],
  )
}

/** The chats behind receipts and telephone numbers, and how many of them lead to none. */
export async function findListed(
  tx: Tx,
  seal: Seal,
  { receipts, phones }: { receipts: string[]; phones: string[] },
): Promise<{ ids: number[]; unknown: number }> {
  const byReceipt = await tx.query<{ id: number }>(
    `SELECT coalesce(a.merged_into, a.id) AS id FROM submission s
       JOIN address a ON a.id = s.address_id
      WHERE s.receipt = ANY ($1::text[]) AND s.command = 'submit-enrolment'`,
    [receipts],
  )
  const keys = phones.flatMap((phone, index) => {
    const digits = phone.replace(/\D/g, '')
    return [
      { index, channel: 'whatsapp-cloud', address: digits },
      { index, channel: 'whatsapp', address: `${digits}@s.whatsapp.net` },
    ]
  })
  const byPhone = await tx.query<{ id: number; number: number }>(
    `WITH k AS (SELECT * FROM unnest($1::int[], $2::text[], $3::bytea[])
                    AS k (number, channel, handle))
     SELECT coalesce(a.merged_into, a.id) AS id, k.number
       FROM k JOIN address a USING (channel, handle)
      UNION
     SELECT al.address_id, k.number FROM k JOIN address_alias al USING (channel, handle)`,
    [
      keys.map((one) => one.index),
      textArray(keys.map((one) => one.channel)),
      byteaArray(keys.map((one) => handleOf(seal, one))),
    ],
  )
  const known = byReceipt.rows.length + new Set(byPhone.rows.map((row) => row.number)).size
  const ids = new Set([...byReceipt.rows, ...byPhone.rows].map((row) => row.id))
  return { ids: [...ids], unknown: receipts.length + phones.length - known }
}
