// Queues campaigns in batches: judges everybody at that moment, never far ahead of the sender.

import type { CampaignGround } from '../campaigns/ground.ts'
import { prepareCampaign, showCampaignProgress } from '../campaigns/prepare.ts'
import { judge } from '../core/outreach/judge.ts'
import { variantOf } from '../core/outreach/pace.ts'
import { sayCampaign } from '../core/outreach/words.ts'
import { getFigure } from '../core/rates.ts'
import { dayStartMs, localDay } from '../core/reminders/local-time.ts'
import { listToPrepare } from '../registry/campaign-chats.ts'
import {
  type CampaignSending,
  type ChosenPerson,
  openAddressNames,
  putOff,
  queueCampaign,
  readRoom,
  skipPeople,
  takeChosen,
} from '../registry/campaign-people.ts'
import type { Campaign } from '../registry/campaigns.ts'
import { begin, findCampaign, listSendingCampaigns, stepCampaign } from '../registry/campaigns.ts'
import type { Tx } from '../registry/database.ts'
import { countInitiated } from '../registry/deliveries.ts'
import type { Runtime } from '../runtime.ts'
import { defineJob } from './job.ts'

/** People of one transaction. */
const batchSize = 500

/** Most messages of one campaign that wait to be sent: a pause has no more to take back. */
const mostWaiting = 2 * batchSize

/** Over the linked WhatsApp's cap of a day: looked at again so late, in ms. */
const cappedMs = 60 * 60_000

const dayMs = 24 * 60 * 60_000

/** Looks often: whoever waits, and for what, stands in the rows. */
export const sendCampaign = defineJob({
  name: 'send-campaign',
  concurrency: 1,
  role: 'work',
  every: { everyMs: 5_000 },
  run: async (runtime) => {
    const atMs = runtime.clock.now().second * 1000
    await prepareAll(runtime, atMs)
    for (const id of await listSendingCampaigns(runtime.db.pool, atMs)) {
      while ((await queueBatch(runtime, id, atMs)) === 'more') {}
      await showProgressOf(runtime, id)
    }
  },
})

/** What officers have composed or started in their chats. */
async function prepareAll(runtime: Runtime, atMs: number) {
  const { db, seal } = runtime
  for (const { id } of await listToPrepare(db.pool)) {
    await db.transaction(async (tx) => {
      // Another process may have been quicker.
      await findCampaign(tx, id, true)
      const campaign = (await listToPrepare(tx)).find((one) => one.id === id)
      if (campaign) await prepareCampaign(tx, seal, groundOf(runtime), campaign, atMs)
    })
    ringAll(runtime)
  }
}

async function showProgressOf(runtime: Runtime, id: number) {
  const { db, seal } = runtime
  const campaign = await findCampaign(db.pool, id)
  const addressId = campaign?.addressId
  if (!campaign || addressId === undefined) return
  await showCampaignProgress(db.pool, seal, groundOf(runtime), { ...campaign, addressId })
  ringAll(runtime)
}

function groundOf({ book, channels, config }: Runtime): CampaignGround {
  const names = new Set(channels.keys())
  return { book, channels: names, whatsappDailyCap: config.WHATSAPP_DAILY_CAP }
}

function ringAll({ channels, ring }: Runtime) {
  for (const channel of channels.keys()) ring('send-messages', { channel })
}

/** Queues one batch in one transaction; `more` when the next one may follow at once. */
async function queueBatch(runtime: Runtime, id: number, atMs: number): Promise<'more' | 'enough'> {
  const judged = await runtime.db.transaction(async (tx) => {
    // One batch at a time of all campaigns: two must not write to one person on one day.
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('send-campaign'))`)
    const found = await findCampaign(tx, id, true)
    if (!found) return 0
    const state = found.state === 'scheduled' ? await begin(tx, found) : found.state
    if (state !== 'canary' && state !== 'running') return 0
    const campaign = { ...found, state }
    const limit = await findLimit(runtime, tx, campaign, atMs)
    if (limit <= 0) return 0
    const people = await takeChosen(tx, id, atMs, limit)
    if (people.length > 0) await keepVerdicts(runtime, tx, campaign, people, atMs)
    return people.length
  })
  if (judged === 0) return 'enough'
  ringAll(runtime)
  return 'more'
}

/** How many more may be queued now; a campaign in which everybody has their end is closed. */
async function findLimit(runtime: Runtime, tx: Tx, campaign: Campaign, atMs: number) {
  const { book } = runtime
  const { zone } = book.branch
  const on = localDay(zone, atMs)
  const room = await readRoom(tx, campaign.id, dayStartMs(zone, atMs))
  if (room.chosen + room.queued === 0) {
    await stepCampaign(tx, campaign.id, 'close', 'program')
    return 0
  }
  const canaryLeft =
    campaign.state === 'canary' ? campaign.canarySize - room.begun : Number.POSITIVE_INFINITY
  const budgetLeft = getFigure(book.rates, 'campaign-daily-budget', on) - room.today
  return Math.min(batchSize, mostWaiting - room.queued, canaryLeft, budgetLeft)
}

async function keepVerdicts(
  runtime: Runtime,
  tx: Tx,
  campaign: Campaign,
  people: ChosenPerson[],
  atMs: number,
) {
  const { book, channels } = runtime
  const known = new Set(channels.keys())
  let whatsappLeft = await countWhatsappLeft(runtime, tx, atMs)
  const sends: (ChosenPerson & { zone: string })[] = []
  const skips: { addressId: number; reason: string }[] = []
  const waits: { addressId: number; untilMs: number }[] = []
  for (const person of people) {
    const { addressId, villageCode } = person
    const zone = villageCode ? book.places.zone(villageCode) : book.branch.zone
    const verdict = judge({ ...person, zone }, known, atMs, book.rates)
    if (verdict.does === 'skip') skips.push({ addressId, reason: verdict.reason })
    else if (verdict.does === 'wait') waits.push({ addressId, untilMs: atMs + verdict.delayMs })
    else if (person.channel === 'whatsapp' && whatsappLeft <= 0) {
      waits.push({ addressId, untilMs: atMs + cappedMs })
    } else {
      if (person.channel === 'whatsapp') whatsappLeft -= 1
      sends.push({ ...person, zone })
    }
  }
  await skipPeople(tx, campaign.id, skips)
  await putOff(tx, campaign.id, waits)
  await queueSends(runtime, tx, campaign, sends, atMs)
}

/** How many more messages the linked WhatsApp may begin today. */
async function countWhatsappLeft({ config, channels }: Runtime, tx: Tx, atMs: number) {
  if (!channels.has('whatsapp')) return 0
  return config.WHATSAPP_DAILY_CAP - (await countInitiated(tx, 'whatsapp', new Date(atMs - dayMs)))
}

async function queueSends(
  { book, seal }: Runtime,
  tx: Tx,
  { id, message }: Campaign,
  sends: (ChosenPerson & { zone: string })[],
  atMs: number,
) {
  if (sends.length === 0) return
  const names = await openAddressNames(
    tx,
    seal,
    sends.map(({ addressId }) => addressId),
  )
  const sendings = sends.map((one): CampaignSending => {
    const { addressId, zone } = one
    const variant = variantOf(one.ordinal, message.wordings.length)
    const name = names.get(addressId)
    const to = { ...one, ...(name && { name }) }
    const words = sayCampaign(book, message, variant, to, localDay(zone, atMs))
    return { addressId, zone, variant, message: words }
  })
  await queueCampaign(tx, seal, id, sendings, atMs)
}
