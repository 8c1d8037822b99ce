// Everybody whom a campaign has chosen, one row each: judged, queued, counted.
import type { Outbound } from '../core/message.ts'
import type { Chosen } from '../core/outreach/judge.ts'
import type { Tx } from './database.ts'
import { countBegun } from './reminders.ts'
import type { Seal } from './seal.ts'
import { bigintArray, byteaArray, textArray } from './sql-array.ts'
import { sealOutbound } from './turns.ts'

/** Somebody chosen, with what decides whether they are written to. */
export interface ChosenPerson extends Omit<Chosen, 'zone'> {
  addressId: number
  language: string
  villageCode?: string
  ordinal: number
}

interface PersonRow {
  id: number
  channel: string
  language: string
  stopped: boolean
  agreed: boolean
  blocked: boolean
  written: boolean
}

/** How these chats stand at a moment in ms, in the order given. */
export async function readPeople(
  tx: Tx,
  some: { id: number; villageCode?: string; ordinal?: number }[],
  atMs: number,
): Promise<ChosenPerson[]> {
  const ids = some.map(({ id }) => id)
  const begun = await countBegun(tx, ids, atMs)
  const { rows } = await tx.query<PersonRow>({
    name: 'read-campaign-people',
    text: `SELECT a.id, a.channel, a.language, a.stopped_at IS NOT NULL AS stopped,
                  a.campaigns_at IS NOT NULL AS agreed, a.blocked_at IS NOT NULL AS blocked,
                  EXISTS (SELECT FROM inbound i
                           WHERE i.address_id = a.id AND i.kind <> 'open') AS written
             FROM address a WHERE a.id = ANY ($1::bigint[])`,
    values: [bigintArray(ids)],
  })
  const byId = new Map(rows.map((row) => [row.id, row]))
  return some.flatMap(({ id, villageCode, ordinal = 0 }) => {
    const row = byId.get(id)
    if (!row) return []
    return [
      {
        ...{ addressId: id, channel: row.channel, language: row.language, ordinal },
        ...{ isStopped: row.stopped, isBlocked: row.blocked },
        ...{ hasAgreed: row.agreed, hasWritten: row.written },
        begunInWeek: 0,
        ...begun.get(id),
        ...(villageCode && { villageCode }),
      },
    ]
  })
}

/** The next who wait to be judged at a moment in ms, at most so many, locked. */
export async function takeChosen(
  tx: Tx,
  campaignId: number,
  atMs: number,
  limit: number,
): Promise<ChosenPerson[]> {
  const { rows } = await tx.query<{ id: number; village_code: string | null; ordinal: number }>({
    name: 'take-chosen',
    text: `SELECT address_id AS id, village_code, ordinal FROM campaign_person
            WHERE campaign_id = $1 AND state = 'chosen' AND again_at <= to_timestamp($2)
            ORDER BY ordinal LIMIT $3 FOR NO KEY UPDATE`,
    values: [campaignId, atMs / 1000, limit],
  })
  const some = rows.map(({ id, ordinal, village_code }) => {
    return { id, ordinal, ...(village_code && { villageCode: village_code }) }
  })
  return readPeople(tx, some, atMs)
}

/** The name behind each chat in which exactly one person was registered. */
export async function openAddressNames(tx: Tx, seal: Seal, addressIds: number[]) {
  const { rows } = await tx.query<{ id: number; nik_index: Buffer; name: Buffer }>({
    name: 'open-address-names',
    text: `SELECT s.address_id AS id, min(p.nik_index) AS nik_index, min(p.name) AS name
             FROM submission s JOIN person p ON p.id = s.person_id AND p.name IS NOT NULL
            WHERE s.address_id = ANY ($1::bigint[]) AND s.command = 'submit-enrolment'
            GROUP BY s.address_id HAVING count(DISTINCT p.id) = 1`,
    values: [bigintArray(addressIds)],
  })
  return new Map(
    rows.map((row) => [
      row.id,
      seal.open(row.name, `person.name:${row.nik_index.toString('hex')}`),
    ]),
  )
}

/** A message of a campaign to one chat. */
export interface CampaignSending {
  addressId: number
  variant: number
  message: Outbound
  zone: string
}

/** Queues messages; whoever has one of this campaign already gets no second one. */
export async function queueCampaign(
  tx: Tx,
  seal: Seal,
  campaignId: number,
  sendings: CampaignSending[],
  atMs: number,
) {
  const purposes = sendings.map(({ addressId }) => `campaign:${campaignId}:${addressId}`)
  await tx.query({
    name: 'queue-campaign',
    text: `WITH given AS (
             SELECT * FROM unnest($2::bigint[], $3::text[], $4::bytea[], $5::text[], $6::int[])
                 AS g (address_id, purpose, body, zone, variant)),
           fresh AS (
             INSERT INTO outbound (address_id, purpose, class, body, zone, not_before)
             SELECT address_id, purpose, 'campaign', body, zone, to_timestamp($7)
               FROM given ON CONFLICT (purpose) DO NOTHING RETURNING id, purpose)
           UPDATE campaign_person p
              SET state = CASE WHEN f.id IS NULL THEN 'skipped' ELSE 'queued' END,
                  reason = CASE WHEN f.id IS NULL THEN 'merged' END,
                  outbound_id = f.id, variant = g.variant, queued_at = to_timestamp($7)
             FROM given g LEFT JOIN fresh f USING (purpose)
            WHERE p.campaign_id = $1 AND p.address_id = g.address_id`,
    values: [
      campaignId,
      bigintArray(sendings.map((one) => one.addressId)),
      textArray(purposes),
      byteaArray(sendings.map((one, i) => sealOutbound(seal, purposes[i] ?? '', one.message))),
      textArray(sendings.map((one) => one.zone)),
      sendings.map((one) => one.variant),
      atMs / 1000,
    ],
  })
}

/** Keeps why people are left out for good. */
export async function skipPeople(
  tx: Tx,
  campaignId: number,
  skips: { addressId: number; reason: string }[],
) {
  await tx.query({
    name: 'skip-campaign-people',
    text: `UPDATE campaign_person p SET state = 'skipped', reason = g.reason
             FROM unnest($2::bigint[], $3::text[]) AS g (address_id, reason)
            WHERE p.campaign_id = $1 AND p.address_id = g.address_id`,
    values: [
      campaignId,
      bigintArray(skips.map((one) => one.addressId)),
      textArray(skips.map((one) => one.reason)),
    ],
  })
}

/** Keeps until when people are left alone, each a moment in ms. */
export async function putOff(
  tx: Tx,
  campaignId: number,
  some: { addressId: number; untilMs: number }[],
) {
  await tx.query({
    name: 'put-off-campaign-people',
    text: `UPDATE campaign_person p SET again_at = to_timestamp(g.seconds)
             FROM unnest($2::bigint[], $3::float8[]) AS g (address_id, seconds)
            WHERE p.campaign_id = $1 AND p.address_id = g.address_id`,
    values: [
      campaignId,
      bigintArray(some.map((one) => one.addressId)),
      some.map((one) => one.untilMs / 1000),
    ],
  })
}

/** How many of a campaign are in which state, and for which reason. */
export interface CampaignCount {
  state: string
  reason: string
  count: number
}

/** Counts a campaign's people, always from their rows. */
export async function countPeople(tx: Tx, campaignId: number): Promise<CampaignCount[]> {
  const { rows } = await tx.query<CampaignCount>(
    `SELECT state, coalesce(reason, '') AS reason, count(*) AS count FROM campaign_person
      WHERE campaign_id = $1 GROUP BY 1, 2 ORDER BY 1, 2`,
    [campaignId],
  )
  return rows
}

/** What limits the next batch of a campaign. */
export interface Room {
  /** Waiting to be judged, also later; queued and not sent yet; ever queued. */
  chosen: number
  queued: number
  begun: number
  /** Queued by all campaigns since the beginning of the day. */
  today: number
}

/** How full the outbox and the day are; the day began at a moment in ms. */
export async function readRoom(tx: Tx, campaignId: number, dayMs: number): Promise<Room> {
  const { rows } = await tx.query<Room>({
    name: 'read-campaign-room',
    text: `SELECT (SELECT count(*) FROM campaign_person
                    WHERE campaign_id = $1 AND state = 'chosen') AS chosen,
                  (SELECT count(*) FROM campaign_person
                    WHERE campaign_id = $1 AND state = 'queued') AS queued,
                  (SELECT count(*) FROM campaign_person
                    WHERE campaign_id = $1 AND queued_at IS NOT NULL) AS begun,
                  (SELECT count(*) FROM campaign_person
                    WHERE queued_at >= to_timestamp($2)) AS today`,
    values: [campaignId, dayMs / 1000],
  })
  return rows[0] ?? { chosen: 0, queued: 0, begun: 0, today: 0 }
}

/** Two chats turned out to be one: nobody is told the same twice, and nobody is passed over. */
export async function moveCampaigns(tx: Tx, keptId: number, goneId: number) {
  const { rows } = await tx.query(
    `SELECT FROM campaign_person WHERE address_id = $1
      UNION ALL SELECT FROM campaign_listed WHERE address_id = $1
      UNION ALL SELECT FROM campaign WHERE address_id = $1 LIMIT 1`,
    [goneId],
  )
  if (rows.length === 0) return
  await tx.query(
    `UPDATE campaign_person p SET state = 'skipped', reason = 'merged'
       FROM campaign_person o
      WHERE o.campaign_id = p.campaign_id AND p.state = 'chosen'
        AND (p.address_id = $1 AND o.address_id = $2 AND o.state NOT IN ('chosen', 'skipped')
             OR p.address_id = $2 AND o.address_id = $1)`,
    [keptId, goneId],
  )
  await tx.query(
    `UPDATE campaign_person p SET address_id = $1
      WHERE p.address_id = $2 AND NOT EXISTS (
        SELECT FROM campaign_person o
         WHERE o.campaign_id = p.campaign_id AND o.address_id = $1)`,
    [keptId, goneId],
  )
  await tx.query('UPDATE campaign SET address_id = $1 WHERE address_id = $2', [keptId, goneId])
  await tx.query(
    `WITH gone AS (DELETE FROM campaign_listed WHERE address_id = $2 RETURNING campaign_id)
     INSERT INTO campaign_listed (campaign_id, address_id)
     SELECT campaign_id, $1::bigint FROM gone ON CONFLICT DO NOTHING`,
    [keptId, goneId],
  )
}
