// Carries out what a talk asks for (`do:` in flows) inside the transaction of its turn.
import type { Book } from '../core/book.ts'
import { commands } from '../core/commands.ts'
import { invitedTo } from '../core/invited.ts'
import { must } from '../core/must.ts'
import { isInArea } from '../core/roles.ts'
import type { DocumentWish } from '../core/roster/say-roster.ts'
import type { Command } from '../core/turn/state.ts'
import { answersPlace } from './answers-place.ts'
import { campaignDoers } from './campaign-chats.ts'
import type { Tx } from './database.ts'
import { confirmEntry, objectToEntry } from './entries.ts'
import { makeInvite, redeemInvite } from './invites.ts'
import { makeSignInLink } from './office-sessions.ts'
import { paymentDoers, villagePaymentDoers } from './payment-commands.ts'
import { getPost } from './posts.ts'
import { takeBackAll } from './reminders.ts'
import { placeResident } from './residents.ts'
import { reviewDoers } from './review-commands.ts'
import { revokeHolder } from './revoke-holder.ts'
import { eraseData } from './rights.ts'
import { rosterDoers } from './roster-commands.ts'
import { agreeToRoster } from './rosters.ts'
import type { Seal } from './seal.ts'
import { endCohort, endStaff, moveStaff, placeStaff } from './staff.ts'
import { nikIndexOf } from './submissions.ts'
import { ticketDoers } from './ticket-commands.ts'
import { openTicket } from './tickets.ts'
import { saveCohort } from './village-cohorts.ts'

/** What is done, and by whom. */
export interface Doing {
  tx: Tx
  seal: Seal
  book: Book
  addressId: number
  command: Command
}

/** What has to follow once the turn is kept. */
export interface Done {
  /** A job that has work now. */
  ring?: 'submit-enrolment' | 'import-roster' | 'send-campaign'
  /** The address of somebody else whose talk has something new in its line. */
  resumes?: number
  /** A flow that is opened next, in the same transaction; answers may follow: `flow ask=value`. */
  opens?: string
  /** A document that goes with the last reply. */
  document?: DocumentWish
  /** What a link carries that opens the talk with the code that was told. */
  linksTo?: string
  /** What a link carries that signs the officer in to the workplace. */
  signsIn?: string
}

/** One entry for each `do:`. */
const doers: Record<string, (doing: Doing) => Promise<Done | undefined>> = {
  'submit-enrolment': async (doing) => {
    await insertSubmission(doing)
    return submits
  },
  'record-consent': (doing) => recordConsent(doing, 'registration', 'consent'),
  'record-campaign-consent': recordCampaignConsent,
  'open-ticket': (doing) => ticket(doing, 'question'),
  'open-accident-ticket': (doing) => ticket(doing, 'accident'),
  'correct-data': (doing) => ticket(doing, 'correction'),
  'erase-data': async ({ tx, seal, addressId }) => {
    await eraseData(tx, seal, addressId)
    return undefined
  },
  'stop-messages': (doing) => setStopped(doing, true),
  'resume-messages': (doing) => setStopped(doing, false),
  'set-language': setLanguage,
  'redeem-invite': ({ tx, seal, addressId, command: { answers } }) => {
    const given = { code: String(answers['invite-code']), pin: String(answers['new-pin']) }
    return redeemInvite(tx, seal, addressId, given).then(nothing)
  },
  'confirm-staff': async (doing) => {
    const { tx, seal, addressId, command } = doing
    await confirmEntry(tx, seal, addressId, command.answers)
    return recordConsent(doing, 'registration', 'staff-answer')
  },
  'object-staff': async (doing) => {
    await objectToEntry(doing.tx, doing.seal, doing.addressId, doing.command.answers)
    return ticket(doing, 'staff-objects')
  },
  'correct-own-entry': (doing) => ticket(doing, 'correction'),
  'correct-staff': (doing) => ticket(doing, 'staff-correction'),
  'request-hand-over': (doing) => ticket(doing, 'hand-over'),
  'ask-about-fund': (doing) => ticket(doing, 'village-fund'),
  ...paymentDoers,
}

/** Those that are done under a post, in its area. */
const postDoers: Record<string, (doing: Doing, post: HeldPost) => Promise<Done | undefined>> = {
  'invite-operator': inviteOperator,
  'send-area-picture': async (_, { area }) => ({ document: { kind: 'area-picture', area } }),
  'invite-official': inviteOfficial,
  'open-office': async ({ tx, seal, addressId }) => ({
    signsIn: await makeSignInLink(tx, seal, addressId),
  }),
  'revoke-operator': revokeOperator,
  'register-staff': registerStaff,
  'enrol-resident': enrolResident,
  'end-staff': ({ tx, command }, post) => endStaff(tx, post, command.answers).then(nothing),
  'end-cohort': ({ tx, command }, post) => endCohort(tx, post, command.answers).then(nothing),
  'move-staff': ({ tx, command }, post) =>
    moveStaff(tx, post, command.answers, command.startedOn).then(nothing),
  'save-cohort': ({ tx, command }, post) => saveCohort(tx, post, command.answers).then(nothing),
  'register-roster': registerRoster,
  ...rosterDoers,
  ...ticketDoers,
  ...reviewDoers,
  ...villagePaymentDoers,
  ...campaignDoers,
}

type HeldPost = Awaited<ReturnType<typeof getPost>>

/** Does one command; what has to follow. */
export async function carryOut(
  ground: Pick<Doing, 'tx' | 'seal' | 'book'>,
  addressId: number,
  command: Command,
): Promise<Done | undefined> {
  const doing = { ...ground, addressId, command }
  const audience = commands[command.do]?.for
  // The post is asked once more: whatever a talk says, nothing is done without it.
  const post = audience && (await getPost(ground.tx, addressId, audience))
  const postDoer = postDoers[command.do]
  if (postDoer) return postDoer(doing, must(post, `whom ${command.do} is for`))
  return must(doers[command.do], `command ${command.do}`)(doing)
}

const submits: Done = { ring: 'submit-enrolment' }

function nothing(): undefined {
  return undefined
}

/** The official's statement that the person agreed is kept with what they said of the person. */
async function registerStaff(doing: Doing, post: HeldPost) {
  const { tx, command } = doing
  const id = await insertSubmission(doing)
  if (id === undefined) return undefined
  const nikIndex = nikIndexOf(doing.seal, String(command.answers.nik))
  await placeStaff(tx, post, { submissionId: id, nikIndex, command })
  await recordConsent(doing, 'statement', 'statement')
  return { ...submits, linksTo: `s_${command.talkId}` }
}

/** The same for a resident of the agent's village. */
async function enrolResident(doing: Doing, post: HeldPost) {
  const id = await insertSubmission(doing)
  if (id === undefined) return undefined
  await placeResident(doing.tx, post, id)
  await recordConsent(doing, 'statement', 'statement')
  return { ...submits, linksTo: `s_${doing.command.talkId}` }
}

/** One statement for everybody on a list, kept under the list's own receipt. */
async function registerRoster(doing: Doing, post: HeldPost): Promise<Done> {
  const { tx, addressId, command } = doing
  const receipt = await agreeToRoster(tx, { addressId, by: post, version: command.version })
  if (receipt) await recordConsent(doing, 'statement', 'roster-statement', receipt)
  return { ring: 'import-roster' }
}

async function inviteOperator({ tx, seal, command }: Doing, post: HeldPost) {
  await makeInvite(tx, seal, {
    code: command.talkId,
    role: 'village-operator',
    area: post.area,
    name: String(command.answers['operator-name']),
    madeBy: `post:${post.id}`,
    madeByPost: post.id,
  })
  return { linksTo: `u_${command.talkId}` }
}

/** Invites within the area of the officer's own post, and to none of the branch's own. */
async function inviteOfficial({ tx, seal, command }: Doing, post: HeldPost) {
  const { role, area } = invitedTo(command.answers)
  must(isInArea(area, post.area), 'an area of one’s own')
  await makeInvite(tx, seal, {
    ...{ code: command.talkId, role, area },
    name: String(command.answers['invited-name']),
    madeBy: `post:${post.id}`,
    madeByPost: post.id,
  })
  return { linksTo: `u_${command.talkId}` }
}

/** Ends the post of an operator, or takes back the invite; only ever in the head's own village. */
async function revokeOperator({ tx, command }: Doing, post: HeldPost) {
  const within = { role: 'village-operator', area: post.area } as const
  await revokeHolder(tx, String(command.answers['stopped-operator']), `post:${post.id}`, within)
  return undefined
}

async function insertSubmission({ tx, seal, addressId, command }: Doing) {
  const { rows } = await tx.query<{ id: number }>(
    `INSERT INTO submission
       (receipt, address_id, command, flow, flow_version, language, started_on, answers)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (receipt) DO NOTHING RETURNING id`,
    [
      command.talkId,
      addressId,
      command.do,
      command.flow,
      command.version,
      command.language,
      command.startedOn,
      seal.sealWords(JSON.stringify(command.answers), answersPlace(command.talkId)),
    ],
  )
  return rows[0]?.id
}

/**
 * Keeps what was said, unless it is what this talk
 * said last: an answer changed elsewhere repeats it.
 */
async function recordConsent(
  { tx, addressId, command }: Doing,
  kind: string,
  step: string,
  receipt = command.talkId,
) {
  await tx.query(
    `INSERT INTO consent (address_id, kind, given, wording, language, receipt)
     SELECT $1, $2, $3, $4, $5, $6
      WHERE NOT EXISTS (
        SELECT FROM (SELECT given, wording FROM consent
                      WHERE address_id = $1 AND kind = $2 AND receipt = $6
                      ORDER BY id DESC LIMIT 1) AS last
         WHERE last.given = $3 AND last.wording = $4)`,
    [
      addressId,
      kind,
      command.answers[step] === 'ya',
      must(command.wordings[step], `wording of ${step}`),
      command.language,
      receipt,
    ],
  )
  return undefined
}

async function recordCampaignConsent(doing: Doing) {
  const given = doing.command.answers['campaign-consent'] === 'ya'
  await doing.tx.query(
    'UPDATE address SET campaigns_at = CASE WHEN $2 THEN now() END WHERE id = $1',
    [doing.addressId, given],
  )
  return recordConsent(doing, 'campaign', 'campaign-consent')
}

async function ticket({ tx, seal, addressId, command }: Doing, reason: string) {
  const words = JSON.stringify(command.answers)
  await openTicket(tx, seal, addressId, { reason, flow: command.flow, words })
  return undefined
}

async function setStopped({ tx, addressId }: Doing, stopped: boolean) {
  await tx.query('UPDATE address SET stopped_at = CASE WHEN $2 THEN now() END WHERE id = $1', [
    addressId,
    stopped,
  ])
  if (stopped) await takeBackAll(tx, addressId)
  return undefined
}

async function setLanguage({ tx, addressId, command }: Doing) {
  await tx.query('UPDATE address SET language = $2 WHERE id = $1', [addressId, command.language])
  return undefined
}
