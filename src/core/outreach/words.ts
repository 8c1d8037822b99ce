// A campaign's message to one person: words filled, the way into a flow, who it is from.
import { benefitBlanks } from '../blanks/benefits.ts'
import { ruleBlanks } from '../blanks/limits.ts'
import { priceBlanks } from '../blanks/prices.ts'
import { recordBlanks } from '../blanks/records.ts'
import type { Book } from '../book.ts'
import type { TalkContext } from '../context.ts'
import type { Document, Outbound } from '../message.ts'
import { must } from '../must.ts'
import { cutWords, fillWords, sayPhrase } from '../phrase.ts'
import { openingPress } from '../turn/opening-press.ts'
import type { CampaignMessage } from './campaign.ts'

/** Figures that may stand in a campaign: they rest on the day alone and follow the rates. */
const figureBlanks = [
  ...['lowest_price_other', 'lowest_price_transport', 'first_month', 'due_day', 'age_from'],
  ...['age_until', 'jkm_full', 'jkm_early', 'jkm_wait', 'scholarship_children'],
  ...['scholarship_max', 'scholarship_wait', 'jht_age', 'prepay_choices', 'report_within'],
  'contacts',
]

const blanks = { ...benefitBlanks, ...priceBlanks, ...ruleBlanks, ...recordBlanks }

/** Everything that may fill the words of a campaign. */
export const campaignFillers = ['name', 'village', ...figureBlanks]

/** Whom a message goes to, as far as its words want to know. */
export interface Addressee {
  language: string
  channel: string
  /** Missing where the chat is of nobody in particular, or of several. */
  name?: string
  villageCode?: string
}

/** Channels on which a button can be pressed; on the others its word is typed. */
const withButtons = ['telegram', 'web']

/** The message in the person's language, on a day `YYYY-MM-DD`; `variant` counts from 0. */
export function sayCampaign(
  book: Book,
  message: CampaignMessage,
  variant: number,
  to: Addressee,
  on: string,
): Outbound {
  const wording = must(message.wordings[variant], 'a wording')
  const language = to.language in wording ? to.language : 'id'
  const say = (id: string, fills = {}) => sayPhrase(book, language, id, fills)
  const talk: TalkContext = { book, answers: {}, on, language, facts: {}, talkId: '' }
  const fill = (blank: string) => {
    if (blank === 'name') return to.name ?? say('campaign-somebody')
    if (blank !== 'village') return blanks[blank]?.show(talk) ?? ''
    return to.villageCode ? book.places.label(to.villageCode) : say('campaign-some-village')
  }
  const way = findWay(book, message, language)
  const isPressed = way !== undefined && withButtons.includes(to.channel)
  const { operator } = book.branch
  const parts = [
    fillWords(cutWords(wording[language] ?? ''), fill).trim(),
    ...(way && !isPressed ? [say('campaign-type-word', { word: way.label })] : []),
    say('campaign-foot', { operator }),
  ]
  return {
    text: parts.join('\n\n'),
    ...(isPressed && { choices: [way] }),
    ...(message.picture && { picture: message.picture }),
    ...(message.file && { file: message.file }),
    ...(message.upload && { document: documentOf(message.upload) }),
    ...(message.template && { template: message.template }),
  }
}

function documentOf({ id, ...rest }: NonNullable<CampaignMessage['upload']>): Document {
  return { source: 'campaign-file', id: String(id), isForAll: true, ...rest }
}

/** Everything that may fill the words, with what it says on a day, in Indonesian. */
export function showFillers(book: Book, on: string): { name: string; shows: string }[] {
  const talk: TalkContext = { book, answers: {}, on, language: 'id', facts: {}, talkId: '' }
  return figureBlanks.map((name) => ({ name, shows: blanks[name]?.show(talk) ?? '' }))
}

function findWay(book: Book, { button }: CampaignMessage, language: string) {
  const flow = button === undefined ? undefined : book.flows.get(button)
  const word = flow?.opensAs[language] ?? flow?.opensAs.id
  return flow && word ? { label: word.toUpperCase(), press: openingPress(flow.name) } : undefined
}
