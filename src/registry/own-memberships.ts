// Which memberships are those of a chat: what was registered in it, and what its person agreed to.
import { keptForChat } from './merged.ts'

const isSentOrAgreed = `(s.address_id = a.id AND s.command = 'submit-enrolment')
  OR (s.command = 'enrol-resident' AND s.person_id = a.person_id)`

/**
 * The condition that the submission `s` belongs to the chat `a`, as SQL: it was sent from there or
 * stands for what was, or an agent registered its person, who has agreed in this chat.
 */
export const isOfChat = `(${isSentOrAgreed} OR s.id = ANY (${keptForChat}))`

/** The same of what is reminded of in the chat `a`: of two made one, only where the one was sent. */
export const isRemindedIn = `(${isSentOrAgreed})`

/**
 * Another chat of the person of the chat `a`, as SQL: one in which they have agreed themselves and
 * which has not blocked the bot. Where several people registered in the chat it is nobody's.
 */
export const otherChat = `
  SELECT o.id, o.language, o.stopped_at FROM address o
   WHERE o.person_id = coalesce(a.person_id, (
           SELECT min(s.person_id) FROM submission s
            WHERE s.address_id = a.id AND s.command = 'submit-enrolment'
           HAVING count(DISTINCT s.person_id) = 1))
     AND o.id <> a.id AND o.blocked_at IS NULL AND o.merged_into IS NULL
     AND (SELECT c.given FROM consent c WHERE c.address_id = o.id AND c.kind = 'registration'
           ORDER BY c.id DESC LIMIT 1)
   ORDER BY o.id DESC LIMIT 1`
