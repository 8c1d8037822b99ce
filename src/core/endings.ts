// What an officer may say when a membership ends, or goes on: reasons, days and months.
import type { Book } from './book.ts'
import { addMonths, firstDayOf, isDay, monthOf } from './calendar.ts'

const prefix = 'ended-because-'

/** The reasons that flows/notices.yaml has words for, by the end of their name. */
export function endReasons({ phrases }: Pick<Book, 'phrases'>): string[] {
  const ids = [...phrases.keys()].filter((id) => id.startsWith(prefix))
  return ids.map((id) => id.slice(prefix.length))
}

/** The reason for an end that follows from why somebody left a post: an answer `leave-reason`. */
export function endReasonOf(leaveReason: string): string {
  if (leaveReason === 'died') return 'died'
  return leaveReason === 'moved-away' ? 'moved' : 'left-office'
}

/** What is wrong with an end that an officer gave; nothing where it may be recorded. */
export function findEndingFault(
  book: Pick<Book, 'phrases'>,
  { reason, on }: { reason: string; on: string },
  today: string,
): 'end-reason-unknown' | 'end-day-unclear' | 'end-day-coming' | undefined {
  if (!endReasons(book).includes(reason)) return 'end-reason-unknown'
  if (!isDay(on) || on < '2014') return 'end-day-unclear'
  return on > today ? 'end-day-coming' : undefined
}

/** What is wrong with the month from which a membership goes on; nothing where it may. */
export function findResumeFault(
  fromMonth: string,
  endedOn: string,
  today: string,
): 'resume-month-unclear' | 'resume-month-early' | 'resume-month-far' | undefined {
  if (!isDay(firstDayOf(fromMonth))) return 'resume-month-unclear'
  if (fromMonth <= monthOf(endedOn)) return 'resume-month-early'
  return fromMonth > addMonths(monthOf(today), 1) ? 'resume-month-far' : undefined
}
