// Whom reminders may go to, page by page, with the memberships that each of them pays for.
import type { Contact, ReminderMember } from '../core/reminders/contact.ts'
import type { Lately } from '../core/reminders/plan.ts'
import { basesOf, type MembershipColumns, toMembership } from './contributions.ts'
import type { Tx } from './database.ts'
import { isRemindedIn, otherChat } from './own-memberships.ts'

/** A contact as it is kept. */
export interface KeptContact extends Omit<Contact, 'zone'> {
  /** What comes after it in its list. */
  after: string
  /** Where to write; missing where nobody has a chat. */
  addressId?: number
  language: string
  unreachable?: Lately['unreachable']
  /** The village of the first membership, or the village itself; empty without memberships. */
  villageCode: string
  /** The receipt of each membership. */
  receipts: Map<number, string>
}

interface Row extends MembershipColumns {
  key: string
  address_id: number | null
  language: string | null
  stopped: boolean | null
  blocked: boolean | null
  snoozed_until: string | null
  id: number | null
  receipt: string
  village_code: string
  registered_on: string
  has_returned: boolean
  paid_months: number
  unpaid: [string, number, string, string][] | null
  claimed_until: string | null
}

/**
 * Chats in which people registered who pay for themselves, in order. Where the chat is blocked,
 * another one of the same person is written to.
 */
const personPages = (limit: number) => `
  SELECT d.address_id AS key, coalesce(b.id, a.id) AS address_id,
         a.stopped_at IS NOT NULL OR b.stopped_at IS NOT NULL AS stopped,
         a.blocked_at IS NOT NULL AND b.id IS NULL AS blocked
    FROM (SELECT DISTINCT address_id FROM submission
           WHERE address_id > $2::bigint AND command = 'submit-enrolment'
           ORDER BY address_id LIMIT ${limit}) d
    JOIN address a ON a.id = d.address_id
    LEFT JOIN LATERAL (${otherChat}) b ON a.blocked_at IS NOT NULL`

const personMembers = `
  JOIN submission s ON s.address_id = page.key AND s.command = 'submit-enrolment'
  JOIN enrolment e ON e.submission_id = s.id AND e.state = 'registered'
       AND e.payer IN ('self', 'relative')`

/**
 * Chats in which somebody agreed to what an agent registered of them, and pays for themselves; of
 * several chats of one person the oldest that is not blocked. BERHENTI at any of them counts.
 */
const residentPages = (limit: number) => `
  SELECT a.id AS key, a.id AS address_id, a.blocked_at IS NOT NULL AS blocked, a.person_id,
         EXISTS (SELECT FROM address o WHERE o.person_id = a.person_id
                    AND o.stopped_at IS NOT NULL AND o.merged_into IS NULL) AS stopped
    FROM address a
   WHERE a.id > $2::bigint AND a.person_id IS NOT NULL AND a.merged_into IS NULL
     AND EXISTS (SELECT FROM submission s
                  WHERE s.person_id = a.person_id AND s.command = 'enrol-resident')
     AND NOT EXISTS (SELECT FROM address o
                      WHERE o.person_id = a.person_id AND o.merged_into IS NULL
                        AND (o.blocked_at IS NOT NULL, o.id) < (a.blocked_at IS NOT NULL, a.id))
   ORDER BY a.id LIMIT ${limit}`

const residentMembers = `
  JOIN submission s ON s.person_id = page.person_id AND s.command = 'enrol-resident'
  JOIN enrolment e ON e.submission_id = s.id AND e.state = 'registered'
       AND e.payer IN ('self', 'relative')`

/**
 * Chats in which an agent registered people of their village; where their post is over, whoever
 * heads the village is written to.
 */
const agentPages = (limit: number) => `
  SELECT d.address_id AS key, t.id AS address_id, t.stopped, t.blocked
    FROM (SELECT DISTINCT address_id FROM submission
           WHERE address_id > $2::bigint AND command = 'enrol-resident'
           ORDER BY address_id LIMIT ${limit}) d
    LEFT JOIN LATERAL (
      SELECT a.id, a.stopped_at IS NOT NULL AS stopped, a.blocked_at IS NOT NULL AS blocked
        FROM post p JOIN address a ON a.id = p.address_id
       WHERE p.revoked_at IS NULL AND (a.id = d.address_id OR p.role IN (
               'village-head', 'village-operator')
             AND p.area = (SELECT r.village_code FROM resident r JOIN submission s
                              ON s.id = r.submission_id AND s.address_id = d.address_id LIMIT 1))
       ORDER BY a.id <> d.address_id, blocked, stopped, p.role <> 'village-head', p.id
       LIMIT 1) t ON true`

/** Those who pay for themselves, have never agreed in a chat of their own, and have not objected. */
const agentMembers = `
  JOIN submission s ON s.address_id = page.key AND s.command = 'enrol-resident'
       AND NOT EXISTS (SELECT FROM address o
                        WHERE o.person_id = s.person_id AND o.merged_into IS NULL)
  JOIN resident r ON r.submission_id = s.id AND r.objected_at IS NULL
  JOIN enrolment e ON e.submission_id = s.id AND e.state = 'registered'
       AND e.payer IN ('self', 'relative')`

/** Villages that pay for some of their people, in order; who pays the bills is written to. */
const villagePages = (limit: number) => `
  SELECT d.village_code AS key, a.id AS address_id, a.stopped_at IS NOT NULL AS stopped,
         a.blocked_at IS NOT NULL AS blocked
    FROM (SELECT DISTINCT village_code FROM enrolment
           WHERE village_code > $2 AND state = 'registered' AND payer = 'village'
           ORDER BY village_code LIMIT ${limit}) d
    LEFT JOIN LATERAL (
      SELECT o.id, o.stopped_at, o.blocked_at FROM post t JOIN address o ON o.id = t.address_id
       WHERE t.area = d.village_code AND t.revoked_at IS NULL
         AND t.role IN ('village-operator', 'village-head')
       ORDER BY o.blocked_at IS NOT NULL, o.stopped_at IS NOT NULL,
                t.role = 'village-head', t.id LIMIT 1) a ON true`

const villageMembers = `
  JOIN enrolment e ON e.village_code = page.key AND e.state = 'registered' AND e.payer = 'village'
  JOIN submission s ON s.id = e.submission_id`

function contactSql(pages: string, members: string): string {
  return `
    WITH page AS (${pages}),
    member AS (
      SELECT page.key, s.id, s.receipt, min(e.village_code) AS village_code,
             min(e.segment) AS segment, min(e.sector) AS sector, min(e.payer) AS payer,
             min(e.base_rupiah) AS base_rupiah, array_agg(lower(e.programme)) AS programmes,
             min(e.starts_on) AS starts_on, max(e.resumed_on) AS resumed_on,
             (min(e.registered_at) AT TIME ZONE $1)::date AS registered_on
        FROM page ${members}
       GROUP BY page.key, s.id, s.receipt)
    SELECT page.key::text, page.address_id, page.stopped, page.blocked, a.language,
           z.until_on AS snoozed_until, m.id, m.receipt, m.village_code, m.segment, m.sector,
           m.payer, m.base_rupiah, m.programmes,
           to_char(coalesce(m.resumed_on, greatest(m.starts_on, m.registered_on)), 'YYYY-MM')
             AS first_month,
           m.resumed_on IS NOT NULL AS has_returned, ${basesOf('m')} AS bases,
           coalesce(m.registered_on, m.starts_on) AS registered_on,
           coalesce(c.paid_months, 0) AS paid_months, c.unpaid,
           (SELECT to_char(p.until_month, 'YYYY-MM') FROM payment_claim p
             WHERE p.submission_id = m.id AND p.state = 'open') AS claimed_until
      FROM page LEFT JOIN address a ON a.id = page.address_id
      LEFT JOIN snooze z ON z.address_id = page.address_id
      LEFT JOIN member m ON m.key = page.key
      LEFT JOIN LATERAL (
        SELECT count(paid_on) AS paid_months,
               json_agg(json_build_array(to_char(month, 'YYYY-MM'), total_rupiah, nominal_due_on,
                                         due_on) ORDER BY month)
                 FILTER (WHERE paid_on IS NULL) AS unpaid
          FROM contribution
         WHERE submission_id = m.id AND month >= coalesce(m.resumed_on, '-infinity')) c ON true
     ORDER BY page.key, m.id`
}

const kinds = {
  person: { pages: personPages, members: personMembers, prefix: 'a', kind: 'person' },
  resident: { pages: residentPages, members: residentMembers, prefix: 'r', kind: 'person' },
  agent: { pages: agentPages, members: agentMembers, prefix: 'g', kind: 'agent' },
  village: { pages: villagePages, members: villageMembers, prefix: 'v', kind: 'village' },
} as const

/**
 * The lists of contacts: those who registered themselves, whom an agent did, agents of those who
 * have no chat, and villages.
 */
export type ContactList = keyof typeof kinds

/**
 * The next contacts of a list after `after` (empty to begin), at most `limit`; those without a
 * registered membership have no members. `zone` is the clock by which numbers were issued.
 */
export async function listContacts(
  tx: Tx,
  list: ContactList,
  zone: string,
  after: string,
  limit: number,
): Promise<KeptContact[]> {
  const { pages, members, prefix, kind } = kinds[list]
  const from = kind !== 'village' && after === '' ? '0' : after
  const { rows } = await tx.query<Row>({
    name: `list-${list}-contacts`,
    // The limit stands in the statement: without it a page is planned as if it were a tenth of all.
    text: contactSql(pages(limit), members),
    values: [zone, from],
  })
  const contacts: KeptContact[] = []
  for (const row of rows) {
    let contact = contacts.at(-1)
    if (contact?.after !== row.key) {
      contact = toContact(kind, `${prefix}${row.key}`, row)
      contacts.push(contact)
    }
    if (row.id === null) continue
    contact.members.push(toMember(row, row.id))
    contact.receipts.set(row.id, row.receipt)
  }
  return contacts
}

function toContact(kind: Contact['kind'], key: string, row: Row): KeptContact {
  const unreachable = findUnreachable(row)
  return {
    ...{ key, kind, after: row.key, language: row.language ?? 'id', members: [] },
    villageCode: row.village_code ?? '',
    receipts: new Map(),
    ...(row.address_id !== null && { addressId: row.address_id }),
    ...(row.snoozed_until !== null && { snoozedUntilOn: row.snoozed_until }),
    ...(unreachable && { unreachable }),
  }
}

function findUnreachable({ address_id, stopped, blocked }: Row): Lately['unreachable'] {
  if (address_id === null) return 'no-chat'
  if (stopped) return 'stopped'
  return blocked ? 'blocked' : undefined
}

function toMember(row: Row, id: number): ReminderMember {
  return {
    id,
    membership: toMembership(row),
    registeredOn: row.registered_on,
    ...(row.has_returned && { hasReturned: true as const }),
    paidMonths: row.paid_months,
    unpaid: (row.unpaid ?? []).map(([month, totalRupiah, nominalDueOn, dueOn]) => ({
      ...{ month, totalRupiah, nominalDueOn, dueOn },
    })),
    ...(row.claimed_until !== null && { claimedUntil: row.claimed_until }),
  }
}

/** Whether anything is ever asked of this address: of its own members, an agent's, a village's. */
export async function isReminded(tx: Tx, addressId: number): Promise<boolean> {
  const { rows } = await tx.query(
    `SELECT FROM address a JOIN submission s ON ${isRemindedIn}
       JOIN enrolment e ON e.submission_id = s.id
      WHERE a.id = $1 AND e.state = 'registered' AND e.payer IN ('self', 'relative')
      UNION ALL
     SELECT FROM submission s JOIN enrolment e ON e.submission_id = s.id
      WHERE s.address_id = $1 AND s.command = 'enrol-resident' AND e.state = 'registered'
        AND e.payer IN ('self', 'relative')
      UNION ALL
     SELECT FROM post t JOIN enrolment e ON e.village_code = t.area
      WHERE t.address_id = $1 AND t.revoked_at IS NULL AND e.state = 'registered'
        AND e.payer = 'village' AND t.role IN ('village-operator', 'village-head') LIMIT 1`,
    [addressId],
  )
  return rows.length > 0
}
