// Which memberships are those of a chat: what was registered in it, and what its person agreed to.

/**
 * The condition that the submission `s` belongs to the chat `a`, as SQL: it was sent from there, or
 * an agent registered its person, who has agreed in this chat.
 */
export const isOfChat = `(
  (s.address_id = a.id AND s.command = 'submit-enrolment')
  OR (s.command = 'enrol-resident' AND s.person_id = a.person_id))`
