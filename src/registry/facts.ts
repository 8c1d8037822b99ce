// Looks up what rules and blanks need to know about an address; one entry for each fact.
import type { Value } from '../core/answers/reading.ts'
import { nameArea } from '../core/area.ts'
import type { Book } from '../core/book.ts'
import { facts } from '../core/facts.ts'
import { must } from '../core/must.ts'
import { showReceipt } from '../core/text.ts'
import { duesOf } from '../core/village-dues.ts'
import { countReviewLeft, holdReview, listBranchReview, lookAtSubmission } from './branch-review.ts'
import { holdTicket, listBranchTickets, lookAtTicket } from './branch-tickets.ts'
import { readBranchWaiting } from './branch-waiting.ts'
import { listOpenCampaigns } from './campaign-chats.ts'
import { isReminded } from './contacts.ts'
import type { Tx } from './database.ts'
import { tryEntry } from './entries.ts'
import { holdInvite, tryInvite } from './invites.ts'
import { keptForChat } from './merged.ts'
import { readOverviewOf } from './overview.ts'
import { findOwnContributions } from './own-contributions.ts'
import { listPeople } from './people.ts'
import { checkPin, findPost, getPost } from './posts.ts'
import { countResidentsToday, listResidents } from './residents.ts'
import { readMyData } from './rights.ts'
import { lookAtRoster } from './rosters.ts'
import { findSadarStatus } from './sadar.ts'
import type { Seal } from './seal.ts'
import { countStaffToday, listStaff } from './staff.ts'
import { listCohorts } from './village-cohorts.ts'
import { listPaidFor } from './village-dues.ts'

/** Who asks, with the answers of the talk that asks. */
export interface Looking {
  tx: Tx
  seal: Seal
  book: Book
  addressId: number
  /** Today in the branch's zone. */
  on: string
  answers: Readonly<Record<string, Value>>
}

const lookUps: Record<string, (looking: Looking) => Promise<unknown>> = {
  'my-submissions': ({ tx, addressId }) => listSubmissions(tx, addressId),
  'my-data': ({ tx, seal, addressId, book }) => readMyData(tx, seal, addressId, book),
  'my-contributions': ({ tx, seal, book, addressId }) =>
    findOwnContributions(tx, seal, book.branch.zone, addressId),
  'is-reminded': ({ tx, addressId }) => isReminded(tx, addressId),
  'submissions-today': ({ tx, addressId }) => countSubmissionsToday(tx, addressId),
  'has-open-ticket': ({ tx, addressId }) => hasOpenTicket(tx, addressId),
  stopped: ({ tx, addressId }) => isStopped(tx, addressId),
  post: async ({ tx, book, addressId }) => (await findPost(tx, book, addressId)) ?? null,
  invite: lookAtInvite,
  'staff-entry': ({ tx, seal, book, addressId, answers }) =>
    tryEntry(tx, seal, book, addressId, answers),
  'invite-held': ({ tx, seal, answers }) => holdInvite(tx, seal, String(answers['invite-code'])),
  'pin-check': ({ tx, seal, addressId, answers }) =>
    checkPin(tx, seal, addressId, String(answers['unlock-pin'])),
}

/** Facts about the area of a post: told to nobody whose post is not for them. */
const areaLookUps: Record<
  string,
  (looking: Looking, area: string, post: { id: number; area: string }) => Promise<unknown>
> = {
  campaigns: ({ tx }, _, post) => listOpenCampaigns(tx, post),
  'branch-waiting': ({ tx, book, on }, _, post) => readBranchWaiting(tx, book, post, on),
  'branch-tickets': ({ tx, seal, book }, _, post) => listBranchTickets(tx, seal, book, post),
  'branch-ticket': ({ tx, seal, book, answers }, _, post) =>
    lookAtTicket(tx, seal, book, post, Number(answers.ticket)),
  'ticket-held': ({ tx, seal, answers }, area) =>
    holdTicket(tx, area, seal, Number(answers.ticket)),
  'review-queue': (looking, area) => listBranchReview(looking, area),
  'review-card': (looking, _, post) =>
    lookAtSubmission(looking, post, String(looking.answers.submission)),
  'review-held': (looking, area) => {
    const { submission, 'submission-step': step, 'submission-kpj': kpj } = looking.answers
    const number = step === 'accept' ? String(kpj) : undefined
    return holdReview(looking, area, String(submission), number)
  },
  'review-left': (looking, area) =>
    countReviewLeft(looking, area, String(looking.answers.submission)),
  'village-people': ({ tx, seal, addressId }, area) => listPeople(tx, seal, area, addressId),
  'village-staff': ({ tx, seal }, area) => listStaff(tx, seal, area),
  roster: ({ tx, seal, addressId }, area) => lookAtRoster(tx, seal, addressId, area),
  'area-overview': ({ tx }, area) => readOverviewOf(tx, area),
  'residents-today': ({ tx, addressId }) => countResidentsToday(tx, addressId),
  'my-residents': ({ tx, seal, addressId }, area) => listResidents(tx, seal, addressId, area),
  'staff-today': ({ tx, addressId }) => countStaffToday(tx, addressId),
  'village-dues': async ({ tx, book, on }, area) =>
    duesOf(await listPaidFor(tx, book.branch.zone, area), on, book.rates),
  'village-sadar': async ({ tx }, area) => (await findSadarStatus(tx, area)) ?? null,
  'village-cohorts': ({ tx }, area) => listCohorts(tx, area),
}

/**
 * The facts of these names for one address. Throws on a name that is no fact, and where the address
 * has no post for it.
 */
export async function lookUpFacts(
  looking: Looking,
  names: string[],
): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {}
  for (const name of names) {
    const audience = must(facts[name], `a fact called ${name}`).for
    const post = audience && (await getPost(looking.tx, looking.addressId, audience))
    const lookUp = lookUps[name]
    if (lookUp) found[name] = await lookUp(looking)
    else {
      const held = must(post, `whom ${name} is for`)
      const look = must(areaLookUps[name], `a fact called ${name}`)
      found[name] = await look(looking, held.area, held)
    }
  }
  return found
}

async function lookAtInvite({ tx, seal, book, addressId, answers }: Looking) {
  const invite = await tryInvite(tx, seal, addressId, String(answers['invite-code']))
  return invite ? { role: invite.role, areaName: nameArea(book.places, invite.area) } : null
}

/**
 * Newest five, because a phone shows no more at once. What waits and what is parked look alike; of
 * what was merged the one that stands for it is told.
 */
async function listSubmissions(tx: Tx, addressId: number) {
  const { rows } = await tx.query<{ receipt: string; state: string; on: string }>(
    `SELECT s.receipt, s.created_at::date AS on,
            CASE WHEN s.state IN ('refused', 'withdrawn') THEN s.state
                 WHEN EXISTS (SELECT FROM enrolment e
                               WHERE e.submission_id = s.id AND e.state = 'registered')
                 THEN 'registered'
                 WHEN EXISTS (SELECT FROM enrolment e
                               WHERE e.submission_id = s.id AND e.state = 'ended')
                 THEN 'ended' ELSE 'received' END AS state
       FROM address a JOIN submission s
         ON (s.address_id = a.id AND s.command = 'submit-enrolment') OR s.id = ANY (${keptForChat})
      WHERE a.id = $1 AND s.state <> 'merged' ORDER BY s.id DESC LIMIT 5`,
    [addressId],
  )
  return rows.map((row) => ({
    receipt: showReceipt(row.receipt),
    state: row.state,
    createdOn: row.on,
  }))
}

async function countSubmissionsToday(tx: Tx, addressId: number) {
  const { rows } = await tx.query<{ count: number }>(
    `SELECT count(*) AS count FROM submission
      WHERE address_id = $1 AND command = 'submit-enrolment'
        AND created_at > now() - interval '24 hours'`,
    [addressId],
  )
  return rows[0]?.count ?? 0
}

async function hasOpenTicket(tx: Tx, addressId: number) {
  const { rows } = await tx.query(
    `SELECT FROM ticket WHERE address_id = $1 AND state = 'open' LIMIT 1`,
    [addressId],
  )
  return rows.length > 0
}

async function isStopped(tx: Tx, addressId: number) {
  const { rows } = await tx.query('SELECT FROM address WHERE id = $1 AND stopped_at IS NOT NULL', [
    addressId,
  ])
  return rows.length > 0
}
