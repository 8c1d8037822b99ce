// Plans who hears what about contributions, from the rows as they are: said once, whoever looks.
import { getFigure } from '../core/rates.ts'
import {
  type Candidate,
  decide,
  findCandidates,
  findHour,
  type Planned,
  purposesOf,
} from '../core/reminders/plan.ts'
import { sayCandidate } from '../core/reminders/words.ts'
import { showReceipt } from '../core/text.ts'
import { askAboutClaims } from '../registry/claims.ts'
import { type ContactList, type KeptContact, listContacts } from '../registry/contacts.ts'
import { openNames } from '../registry/people.ts'
import {
  countBegun,
  findSaid,
  findUndelivered,
  type KeptSilence,
  keepSilences,
  type OtherChat,
  type PlannedReminder,
  queueReminders,
} from '../registry/reminders.ts'
import { openTicket } from '../registry/tickets.ts'
import type { Runtime } from '../runtime.ts'
import { defineJob } from './job.ts'

/** Contacts of one transaction: chats of people; agents and villages, each with many people. */
const pageSizes = { person: 1_000, resident: 1_000, agent: 50, village: 50 } as const

/**
 * Looks every hour of the day: what is due stands in the rows, so an hour that was missed is made
 * up for by the next, and one that comes twice changes nothing.
 */
export const sendReminders = defineJob({
  name: 'send-reminders',
  concurrency: 1,
  role: 'work',
  every: { pattern: '40 6-19 * * *' },
  run: async (runtime) => {
    const atMs = runtime.clock.now().second * 1000
    let count = 0
    for (const list of ['person', 'resident', 'agent', 'village'] as const) {
      count += await planList(runtime, list, atMs)
    }
    await askAboutOldClaims(runtime)
    if (count === 0) return
    runtime.log.info({ count }, 'reminders were queued')
    for (const channel of runtime.channels.keys()) runtime.ring('send-messages', { channel })
  },
})

/** Plans for every contact of a list; the next page is read while one is planned. */
async function planList(runtime: Runtime, list: ContactList, atMs: number) {
  let count = 0
  let reading = listPage(runtime, list, '')
  for (;;) {
    const page = await reading
    const last = page.at(-1)
    if (!last) return count
    reading = listPage(runtime, list, last.after)
    // Should planning fail first, nobody waits for what was being read.
    reading.catch(() => undefined)
    count += await planPage(runtime, page, atMs)
  }
}

function listPage({ db, book }: Runtime, list: ContactList, after: string) {
  return listContacts(db.pool, list, book.branch.zone, after, pageSizes[list])
}

/** Something that a contact could be told. */
interface Open {
  kept: KeptContact
  zone: string
  /** When it may be told, in ms. */
  hourMs: number
  candidates: Candidate[]
  /** It did not arrive in the chat of the contact. */
  isElsewhere?: true
}

/** Plans and queues what the contacts of a page should hear; how many messages that are. */
async function planPage(runtime: Runtime, page: KeptContact[], atMs: number): Promise<number> {
  const { book, db } = runtime
  const open = page.flatMap((kept): Open[] => {
    if (kept.members.length === 0) return []
    const zone = book.places.zone(kept.villageCode)
    const hourMs = findHour({ zone }, atMs, book.rates)
    const candidates = findCandidates({ ...kept, zone }, hourMs, book.rates)
    return candidates.length > 0 ? [{ kept, zone, hourMs, candidates }] : []
  })
  if (open.length === 0) return 0
  return db.transaction(async (tx) => {
    const said = await findSaid(
      tx,
      open.flatMap(({ candidates }) => candidates.flatMap(purposesOf)),
    )
    const lost = await findUndelivered(tx, said)
    for (const purpose of lost.keys()) said.delete(purpose)
    const aimed = open.map((one) => aim(one, said, lost))
    const begun = await countBegun(
      tx,
      aimed.flatMap(({ kept }) => kept.addressId ?? []),
      atMs,
    )
    const plans = aimed.flatMap((one) => {
      const { addressId, unreachable } = one.kept
      const heard = begun.get(addressId ?? 0) ?? { begunInWeek: 0 }
      const lately = { said, ...heard, ...(unreachable && { unreachable }) }
      const contact = { ...one.kept, zone: one.zone }
      const planned = decide(contact, one.candidates, lately, one.hourMs, book.rates)
      return planned ? [{ ...one, planned }] : []
    })
    return keepPlans(runtime, tx, plans, atMs)
  })
}

/** What comes next goes to the person's other chat where it did not arrive in this one. */
function aim(one: Open, said: Set<string>, lost: Map<string, OtherChat>): Open {
  const next = one.candidates.flatMap(purposesOf).find((purpose) => !said.has(purpose))
  const other = next === undefined ? undefined : lost.get(next)
  if (!other) return one
  const { unreachable: _, ...kept } = one.kept
  return { ...one, kept: { ...kept, ...other }, isElsewhere: true }
}

type Tx = Parameters<typeof findSaid>[0]
type Plan = Open & { planned: Planned }
type Saying = Open & Extract<Planned, { notBeforeMs: number }>

async function keepPlans(runtime: Runtime, tx: Tx, plans: Plan[], atMs: number): Promise<number> {
  const silences = plans.flatMap(findSilences)
  if (silences.length > 0) await keepSilences(tx, silences, atMs)
  const saying = plans.flatMap(({ planned, ...one }) =>
    'silence' in planned ? [] : [{ ...one, ...planned }],
  )
  const names = await openNames(tx, runtime.seal, saying.flatMap(findNamed))
  const reminders = saying.flatMap((one) => toReminder(runtime, one, names))
  if (reminders.length === 0) return 0
  const queued = await queueReminders(tx, runtime.seal, reminders, atMs)
  for (const { kept, candidate, isElsewhere } of saying) {
    // What is said elsewhere was asked about when it was said first.
    if (queued.has(candidate.purpose) && !isElsewhere)
      await askOfficer(runtime, tx, kept, candidate)
  }
  return queued.size
}

function findSilences({ kept, planned }: Plan): KeptSilence[] {
  if (!('silence' in planned)) return []
  const { candidates, silence } = planned
  return candidates.flatMap(purposesOf).map((purpose) => ({ purpose, contact: kept.key, silence }))
}

/** The people whose names a message holds: those of an agent or a village, told to these. */
function findNamed({ kept, candidate }: Saying): number[] {
  if (kept.kind === 'person' || !('asked' in candidate)) return []
  return candidate.asked.map(({ id }) => id)
}

function toReminder(
  { book }: Runtime,
  { kept, zone, candidate, notBeforeMs, isElsewhere }: Saying,
  names: Map<number, string>,
): PlannedReminder[] {
  const { addressId, language, receipts, villageCode } = kept
  if (addressId === undefined) return []
  const labels = { receipts, names, village: book.places.label(villageCode) }
  const text = sayCandidate(book, language, { ...kept, zone }, candidate, labels)
  const purposes = purposesOf(candidate)
  const { purpose } = candidate
  const where = { contact: kept.key, addressId, zone, ...(isElsewhere && { isElsewhere }) }
  return [{ purpose, purposes, text, notBeforeMs, ...where }]
}

/** The words say that an officer checks: one is asked to. */
async function askOfficer({ seal }: Runtime, tx: Tx, kept: KeptContact, candidate: Candidate) {
  if (candidate.kind !== 'maybe-ended' || kept.addressId === undefined) return
  const receipts = candidate.asked.map(({ id }) => showReceipt(kept.receipts.get(id) ?? ''))
  const words = JSON.stringify({ receipts: receipts.join(' ') })
  await openTicket(tx, seal, kept.addressId, { reason: 'maybe-ended', words })
}

async function askAboutOldClaims({ db, seal, book, clock }: Runtime) {
  const days = getFigure(book.rates, 'claim-check-days', clock.today())
  await db.transaction((tx) => askAboutClaims(tx, seal, days))
}
