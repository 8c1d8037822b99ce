// The words of reminders and news, filled with months, amounts and whom they are about.
import type { Book } from '../book.ts'
import { findPrice } from '../ledger/membership.ts'
import { mostPeopleTold } from '../limits.ts'
import { sayPhrase } from '../phrase.ts'
import { showMonth } from '../show-month.ts'
import { showReceipt } from '../text.ts'
import type { Contact } from './contact.ts'
import type { Asked, Candidate, Reminder } from './plan.ts'

/** What the words need besides the figures. */
export interface Labels {
  /** The receipt of each membership. */
  receipts: ReadonlyMap<number, string>
  /** The name of each of a village's people. */
  names: ReadonlyMap<number, string>
  /** The village as people write it. */
  village: string
}

/** The message, in the contact's language. */
export function sayCandidate(
  book: Book,
  language: string,
  contact: Contact,
  candidate: Candidate,
  labels: Labels,
): string {
  return say(createSpeaker(book, language), contact, candidate, labels, book).replace(/ +$/gm, '')
}

function say(
  speaker: Speaker,
  contact: Contact,
  candidate: Candidate,
  labels: Labels,
  book: Book,
): string {
  if (!('asked' in candidate)) return sayNews(speaker, candidate, labels)
  const isSure = candidate.asked.every((asked) => isPriceSure(contact, asked, book))
  const fills = {
    months: speaker.months(candidate.asked),
    amount: speaker.rupiah(candidate.totalRupiah),
    due: speaker.day(candidate.nominalDueOn),
    sure: isSure ? '' : speaker.say('reminder-unsure'),
  }
  return contact.kind === 'person'
    ? sayToPerson(speaker, candidate, labels, fills)
    : sayToOfficial(speaker, contact.kind, candidate, labels, fills)
}

/** The phrase of each kind of reminder, to a person, to an agent and to a village. */
const phrases: Record<Reminder['kind'], Record<Contact['kind'], string>> = {
  before: { person: 'reminder-before', agent: 'agent-before', village: 'village-before' },
  due: { person: 'reminder-due', agent: 'agent-due', village: 'village-due' },
  asked: { person: 'reminder-asked', agent: 'agent-before', village: 'village-before' },
  late: { person: 'reminder-late', agent: 'agent-late', village: 'village-late' },
  'late-1': { person: 'reminder-late', agent: 'agent-late', village: 'village-late' },
  'late-2': { person: 'reminder-late-again', agent: 'agent-late', village: 'village-late' },
  'maybe-ended': {
    ...{ person: 'reminder-maybe-ended', agent: 'agent-maybe-ended' },
    village: 'village-maybe-ended',
  },
}

type Speaker = ReturnType<typeof createSpeaker>

function createSpeaker(book: Book, language: string) {
  const day = (on: string) => book.readers.date.show(on, language)
  const month = (one: string) => showMonth(book, language, one)
  const { operator } = book.branch
  return {
    day,
    month,
    rupiah: (amount: number) => book.readers.money.show(amount, language),
    months: (asked: Asked[]) => {
      const all = new Set(asked.flatMap(({ months }) => months.map((one) => one.month)))
      return [...all].sort().map(month).join(', ')
    },
    say: (id: string, fills: Record<string, string> = {}) =>
      sayPhrase(book, language, id, { operator, ...fills }),
  }
}

function sayToPerson(
  { say }: Speaker,
  { kind, asked }: Reminder,
  labels: Labels,
  fills: Record<string, string>,
): string {
  const receipts = asked.map(({ id }) => receiptOf(labels, id)).join(', ')
  return say(phrases[kind].person, { ...fills, receipts })
}

function sayToOfficial(
  { say, months, rupiah }: Speaker,
  whom: 'agent' | 'village',
  { kind, asked }: Reminder,
  labels: Labels,
  fills: Record<string, string>,
): string {
  const lines = asked.slice(0, mostPeopleTold).map((one) =>
    say('village-person', {
      name: labels.names.get(one.id) ?? receiptOf(labels, one.id),
      amount: rupiah(one.totalRupiah),
      months: months([one]),
    }),
  )
  const rest = asked.length - lines.length
  if (rest > 0) lines.push(say('village-more', { count: String(rest) }))
  return say(phrases[kind][whom], {
    ...fills,
    ...{ village: labels.village, count: String(asked.length), list: lines.join('\n') },
  })
}

function sayNews(
  { say, month, rupiah }: Speaker,
  news: Exclude<Candidate, Reminder>,
  labels: Labels,
): string {
  if (news.kind === 'price') {
    return say('news-price', {
      from: month(news.fromMonth),
      old: rupiah(news.oldRupiah),
      new: rupiah(news.newRupiah),
    })
  }
  const receipt = receiptOf(labels, news.id)
  if (news.kind === 'jkm-full') {
    return say('news-jkm-full', { receipt, amount: rupiah(news.rupiah) })
  }
  return say('news-scholarship', { receipt, years: String(news.years) })
}

function receiptOf({ receipts }: Labels, id: number): string {
  return showReceipt(receipts.get(id) ?? '')
}

function isPriceSure(contact: Contact, asked: Asked, book: Book): boolean {
  const member = contact.members.find(({ id }) => id === asked.id)
  return asked.months.every(
    ({ month }) => member && findPrice(member.membership, month, book.rates)?.certainty === 'sure',
  )
}
