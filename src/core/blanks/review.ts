// Blanks about registrations that an officer decides on, and the lists to choose from.
import type { Blank, List, TalkContext } from '../context.ts'
import { must } from '../must.ts'
import { type ReviewCard, type ReviewLine, readReviewCard, readReviewQueue } from '../review.ts'
import { say, showDay } from './show.ts'

const aboutCard = { uses: ['submission'], needs: ['review-card'] }

/** How many wait, who is looked at, and how many come after. */
export const reviewBlanks: Record<string, Blank> = {
  review_count: {
    uses: [],
    needs: ['review-queue'],
    show: ({ facts }) => String(readReviewQueue(facts['review-queue']).count),
  },
  review_card: { ...aboutCard, show: (talk) => showCard(talk, cardOf(talk)) },
  review_name: { ...aboutCard, show: (talk) => nameOf(cardOf(talk)) },
  review_left: {
    uses: ['submission'],
    needs: ['review-left'],
    show: ({ facts }) => String(facts['review-left']),
  },
}

/** Registrations that wait, the oldest first: whose, where, and what is odd, in short. */
export const reviewList: List = {
  needs: ['review-queue'],
  options: (talk) =>
    readReviewQueue(talk.facts['review-queue']).lines.map((one) => {
      return { key: one.key, label: labelOf(talk, one) }
    }),
}

/** What can be done with the one that was chosen: without a record there is nothing to accept. */
export const reviewStepList: List = {
  needs: ['review-card'],
  options: (talk) => {
    const mayAccept = readReviewCard(talk.facts['review-card'])?.mayAccept === true
    const keys = [...(mayAccept ? ['accept'] : []), 'refuse', 'ask', 'leave']
    return keys.map((key) => ({ key, label: say(talk, `review-step-${key}`) }))
  },
}

const reasonStart = 'reason-'

/** Why somebody is refused, in the words that the person reads. */
export const refusalList: List = {
  options: (talk) =>
    [...talk.book.phrases.keys()]
      .filter((id) => id.startsWith(reasonStart))
      .map((id) => ({ key: id.slice(reasonStart.length), label: say(talk, id) })),
}

function labelOf(talk: TalkContext, { receipt, name, village, odd }: ReviewLine): string {
  const [firstName = ''] = name.split(' ')
  const [first, ...others] = odd.map((reason) => say(talk, `odd-${reason}-short`))
  const count = String(others.length)
  const short =
    first && others.length > 0 ? say(talk, 'review-more-odd', { first, count }) : (first ?? '')
  const place = village || say(talk, 'review-no-village')
  return [firstName || receipt, place, short].filter((part) => part !== '').join(' · ')
}

function cardOf(talk: TalkContext): ReviewCard {
  return must(readReviewCard(talk.facts['review-card']), 'a registration that waits')
}

/** Of whom no name is known, the receipt stands for it. */
function nameOf({ name, receipt }: ReviewCard): string {
  return name || receipt
}

function showCard(talk: TalkContext, one: ReviewCard): string {
  const { nik, cohort, position, occupation, receipt, createdOn } = one
  const as = cohort ? `${position}, ${say(talk, `cohort-${cohort}`)}` : occupation || '–'
  const village = one.place || say(talk, 'review-no-village')
  const fills = { as, village, on: showDay(talk, createdOn), receipt }
  return [
    say(talk, 'review-name', { name: nameOf(one), nik: nik || '–' }),
    say(talk, `review-lead-${one.way}`, fills),
    '',
    ...showOdd(talk, one),
    ...one.said.map((words) => say(talk, 'review-said', { words })),
    say(talk, 'review-at-office'),
  ].join('\n')
}

function showOdd(talk: TalkContext, { odd, differs, twice }: ReviewCard): string[] {
  if (odd.length === 0 && twice === 0) return [say(talk, 'odd-nothing')]
  const found = odd.map((reason) => {
    const details = reason === 'nik-differs' ? differs.map((one) => `odd-nik-${one}`) : []
    return [`odd-${reason}`, ...details].map((id) => say(talk, id)).join(' ')
  })
  const others = twice > 0 ? [say(talk, 'odd-twice', { count: String(twice) })] : []
  return [...found, ...others].map((words) => say(talk, 'review-odd', { words }))
}
