// Reminders as rows: planned once for each purpose, taken back when there is no more reason.
import type { Lately, Silence } from '../core/reminders/plan.ts'
import type { Tx } from './database.ts'
import { otherChat } from './own-memberships.ts'
import type { Seal } from './seal.ts'
import { bigintArray, byteaArray, textArray } from './sql-array.ts'
import { sealOutbound } from './turns.ts'

/** How the purpose of a message ends that is said in another chat. */
const elsewhere = ':elsewhere'

/** Which of these purposes were said already. */
export async function findSaid(tx: Tx, purposes: string[]): Promise<Set<string>> {
  const { rows } = await tx.query<{ purpose: string }>({
    name: 'find-said',
    text: `SELECT purpose FROM reminder WHERE purpose = ANY ($1::text[]) AND reason IS NULL`,
    values: [textArray(purposes)],
  })
  return new Set(rows.map(({ purpose }) => purpose))
}

/** Where a person is written to when a message did not arrive where it was sent first. */
export interface OtherChat {
  addressId: number
  language: string
}

/**
 * The other chat of the person for each of these purposes that was said and did not arrive: given
 * up or refused by the platform, not held back because of what the person has said. Once only.
 */
export async function findUndelivered(
  tx: Tx,
  purposes: Iterable<string>,
): Promise<Map<string, OtherChat>> {
  const given = [...purposes]
  if (given.length === 0) return new Map()
  const { rows } = await tx.query<{ purpose: string; id: number; language: string }>({
    name: 'find-undelivered',
    text: `SELECT r.purpose, b.id, b.language
             FROM reminder r JOIN outbound m ON m.purpose = r.message
             JOIN address a ON a.id = m.address_id AND a.stopped_at IS NULL
             JOIN LATERAL (${otherChat}) b ON b.stopped_at IS NULL
            WHERE r.purpose = ANY ($1::text[]) AND r.reason IS NULL
              AND r.message NOT LIKE '%${elsewhere}' AND m.state IN ('failed', 'dropped')
              AND m.reason NOT IN ('stopped', 'no-consent', 'unreadable')`,
    values: [textArray(given)],
  })
  return new Map(rows.map(({ purpose, id, language }) => [purpose, { addressId: id, language }]))
}

/** Lets purposes that did not arrive be said once more, unless they are being said elsewhere. */
async function unsay(tx: Tx, purposes: string[]) {
  if (purposes.length === 0) return
  await tx.query({
    name: 'unsay',
    text: `UPDATE reminder SET reason = 'undelivered'
            WHERE purpose = ANY ($1::text[]) AND reason IS NULL
              AND message NOT LIKE '%${elsewhere}'`,
    values: [textArray(purposes)],
  })
}

/** What the bot began at an address in a week. */
export type Begun = Pick<Lately, 'begunInWeek' | 'lastBegunMs'>

/** What the bot began at each address in the seven days before a moment in ms, of all kinds. */
export async function countBegun(
  tx: Tx,
  addressIds: number[],
  atMs: number,
): Promise<Map<number, Begun>> {
  const { rows } = await tx.query<{ id: number; count: number; last_ms: number }>({
    name: 'count-begun',
    text: `SELECT address_id AS id, count(*) AS count,
                  extract(epoch FROM max(not_before))::float8 * 1000 AS last_ms
             FROM outbound
            WHERE address_id = ANY ($1::bigint[]) AND class <> 'reply'
              AND not_before > to_timestamp($2) - interval '7 days'
            GROUP BY address_id`,
    values: [bigintArray(addressIds), atMs / 1000],
  })
  return new Map(rows.map((row) => [row.id, { begunInWeek: row.count, lastBegunMs: row.last_ms }]))
}

/** A message to be sent once, not before a moment in ms and not while it is quiet in its zone. */
export interface PlannedReminder {
  purpose: string
  /** Everything that it says, its own purpose among them. */
  purposes: string[]
  contact: string
  addressId: number
  text: string
  notBeforeMs: number
  zone: string
  /** It did not arrive in one chat, and is said in another one now. */
  isElsewhere?: boolean
}

function messageOf({ purpose, isElsewhere }: PlannedReminder): string {
  return isElsewhere ? `${purpose}${elsewhere}` : purpose
}

/**
 * Queues reminders; one whose purpose was said changes nothing, nor one to somebody who has said
 * BERHENTI meanwhile. What the same contact was still to hear before is overtaken: after a platform
 * was down for days nobody hears it all at once. Gives the purposes that were queued.
 */
export async function queueReminders(
  tx: Tx,
  seal: Seal,
  reminders: PlannedReminder[],
  atMs: number,
): Promise<Set<string>> {
  await unsay(
    tx,
    reminders.flatMap((one) => (one.isElsewhere ? one.purposes : [])),
  )
  const { rows } = await tx.query<{ purpose: string }>({
    name: 'queue-reminders',
    text: queueSql,
    values: [
      textArray(reminders.map(messageOf)),
      textArray(reminders.map((one) => one.contact)),
      bigintArray(reminders.map((one) => one.addressId)),
      byteaArray(reminders.map((one) => sealOutbound(seal, messageOf(one), { text: one.text }))),
      reminders.map((one) => one.notBeforeMs / 1000),
      textArray(reminders.map((one) => one.zone)),
      atMs / 1000,
      textArray(reminders.flatMap(({ purposes }) => purposes)),
      textArray(reminders.flatMap((one) => one.purposes.map(() => messageOf(one)))),
    ],
  })
  const queued = new Set(rows.map(({ purpose }) => purpose))
  const own = reminders.filter((one) => queued.has(messageOf(one)))
  return new Set(own.map(({ purpose }) => purpose))
}

const queueSql = `
  WITH given AS (
    SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bytea[], $5::float8[],
                         $6::text[])
        AS g (purpose, contact, address_id, body, seconds, zone)),
  said AS (
    INSERT INTO reminder AS r (purpose, message, contact, address_id, planned_at)
    SELECT p.purpose, g.purpose, g.contact, g.address_id, to_timestamp($7)
      FROM unnest($8::text[], $9::text[]) AS p (purpose, message)
      JOIN given g ON g.purpose = p.message
      JOIN address a ON a.id = g.address_id AND a.stopped_at IS NULL
     ORDER BY p.purpose
    ON CONFLICT (purpose) DO UPDATE
       SET message = excluded.message, address_id = excluded.address_id,
           planned_at = excluded.planned_at, reason = NULL
     WHERE r.reason IS NOT NULL
    RETURNING r.message),
  fresh AS (SELECT * FROM given WHERE purpose IN (SELECT message FROM said)),
  overtaken AS (
    DELETE FROM outbound o USING reminder r JOIN fresh f USING (contact)
     WHERE r.message <> f.purpose AND o.purpose = r.message
       AND o.state = 'waiting' AND o.tries = 0
    RETURNING o.purpose),
  noted AS (
    UPDATE reminder r SET reason = 'overtaken' FROM overtaken o WHERE r.message = o.purpose)
  INSERT INTO outbound (address_id, purpose, class, body, not_before, zone)
  SELECT address_id, purpose, 'reminder', body, to_timestamp(seconds), zone FROM fresh
  ON CONFLICT (purpose) DO NOTHING
  RETURNING purpose`

/** Something that is not said, and why. */
export interface KeptSilence {
  purpose: string
  contact: string
  silence: Silence
}

/** Keeps why something is not said, until it is. */
export async function keepSilences(tx: Tx, silences: KeptSilence[], atMs: number) {
  await tx.query({
    name: 'keep-silences',
    text: `INSERT INTO reminder AS r (purpose, message, contact, reason, planned_at)
           SELECT purpose, purpose, contact, reason, to_timestamp($4)
             FROM unnest($1::text[], $2::text[], $3::text[]) AS g (purpose, contact, reason)
            ORDER BY purpose
           ON CONFLICT (purpose) DO UPDATE
              SET reason = excluded.reason, planned_at = excluded.planned_at
            WHERE r.reason IS NOT NULL AND r.reason <> excluded.reason`,
    values: [
      textArray(silences.map((one) => one.purpose)),
      textArray(silences.map((one) => one.contact)),
      textArray(silences.map((one) => one.silence)),
      atMs / 1000,
    ],
  })
}

/**
 * Takes back what waits to be said to those who pay for these memberships: it may no longer be
 * true. What is still true is planned again by the next run.
 */
export async function takeBackReminders(tx: Tx, ids: number[]) {
  await tx.query({
    name: 'take-back-reminders',
    text: `
      WITH contacts AS (
        SELECT 'a' || s.address_id AS contact FROM submission s WHERE s.id = ANY ($1::bigint[])
         UNION
        SELECT 'r' || a.id FROM submission s JOIN address a ON a.person_id = s.person_id
         WHERE s.id = ANY ($1::bigint[]) AND s.command = 'enrol-resident'
         UNION
        SELECT 'g' || s.address_id FROM submission s
         WHERE s.id = ANY ($1::bigint[]) AND s.command = 'enrol-resident'
         UNION
        SELECT 'n' || s.address_id FROM submission s WHERE s.id = ANY ($1::bigint[])
         UNION
        SELECT 'v' || e.village_code FROM enrolment e
         WHERE e.submission_id = ANY ($1::bigint[]) AND e.payer = 'village'),
      gone AS (
        DELETE FROM outbound o USING reminder r JOIN contacts USING (contact)
         WHERE o.purpose = r.message AND o.state = 'waiting' AND o.tries = 0
        RETURNING o.purpose)
      DELETE FROM reminder r USING gone WHERE r.message = gone.purpose`,
    values: [bigintArray(ids)],
  })
}

/** Takes back every reminder and campaign that waits to be sent to an address. */
export async function takeBackAll(tx: Tx, addressId: number) {
  await tx.query(
    `WITH gone AS (DELETE FROM outbound WHERE address_id = $1
                      AND class IN ('reminder', 'campaign') AND state = 'waiting' AND tries = 0
                     RETURNING purpose)
     DELETE FROM reminder r USING gone WHERE r.message = gone.purpose`,
    [addressId],
  )
}

/** What was said to one address counts as said to the one that it turned out to be. */
export async function moveReminders(tx: Tx, toId: number, fromId: number) {
  await tx.query(
    `INSERT INTO reminder (purpose, message, contact, address_id, planned_at)
     SELECT regexp_replace(purpose, ':' || k || $2::bigint || '(?=:|$)', ':' || k || $1::bigint),
            message, k || $1::bigint, $1, planned_at
       FROM unnest('{a,r,g}'::text[]) AS k
       JOIN reminder ON contact = k || $2::bigint AND reason IS NULL
     ON CONFLICT (purpose) DO NOTHING`,
    [toId, fromId],
  )
  await tx.query(
    `INSERT INTO snooze (address_id, until_on, said_at)
     SELECT $1, until_on, said_at FROM snooze WHERE address_id = $2
     ON CONFLICT (address_id) DO UPDATE
        SET until_on = greatest(snooze.until_on, excluded.until_on)`,
    [toId, fromId],
  )
}
