// Limits of the conversation, each with its reason.

/** Longest text that is read, in UTF-16 units: an answer of a page is a mistake or an attack. */
export const maxWordsLength = 1_000

/** Messages of one address answered in a minute: a person on a slow line sends a burst of 15. */
export const maxMessagesPerMinute = 30

/** Seconds between two hints about photos and the like: an album of ten gets one answer. */
export const hintEverySeconds = 30

/** Minutes that the link to a one-time page is good for. */
export const pageMinutes = 15

/** Seconds between two answers to calls: who rings again and again is told once a day. */
export const callHintEverySeconds = 24 * 60 * 60

/** Minutes of an officer's silence after which the bot helps again; what was said is kept. */
export const officerSilenceMinutes = 30

/** Longest words of an officer, in UTF-16 units: with what stands before them it is one message. */
export const maxOfficerWords = 3_000

/** Hours that somebody may wait for an officer before an alarm says so: the same working day. */
export const ticketPatienceHours = 8

/** A submission of one address a day: a family shares a phone; a list goes to the village head. */
export const maxSubmissionsPerDay = 3

/** Whole-message words are looked up only in texts up to this length, in UTF-16 units. */
export const maxWholeMessageLength = 60

/** Minutes after which somebody with a post types their PIN again: a phone lies about. */
export const idleMinutes = 10

/** Hours that an invite is good for. */
export const inviteHours = 72

/** Tries with codes that one address may make in an hour; a code is copied wrong once or twice. */
export const maxTriesPerHour = 5

/** Tries with one code, by whomever: it was passed around, or it is being guessed. */
export const maxTriesPerCode = 50

/** Wrong tries of everybody in a minute from which somebody guesses with many addresses. */
export const alarmingTriesPerMinute = 100

/** Wrong PINs in a row after which only a new invite opens a post again. */
export const wrongPinsAllowed = 5

/** Residents whom one agent registers in a day: a long day of talks, each of some minutes. */
export const maxResidentsPerDay = 60

/** Residents whom an agent sees one by one, newest first: more is no list to read on a phone. */
export const mostResidentsListed = 20

/** People named in one message to a village; the rest are counted. It holds 4,096 characters. */
export const mostPeopleTold = 40

/** People whom one official registers in a day: a village has some dozens, not hundreds. */
export const maxStaffPerDay = 200

/** Minutes that a link into the workplace is good for: long enough to walk from phone to desk. */
export const signInMinutes = 10

/** Minutes without a look after which a browser is signed out of the workplace. */
export const officeIdleMinutes = 30

/** Hours after which a browser is signed out of the workplace whatever it does: a working day. */
export const officeMostHours = 12

/** Minutes for which one PIN opens what is dangerous in the workplace. */
export const pinFreshMinutes = 5

/** Seconds in which an officer takes a decision back: the person is told only after them. */
export const undoSeconds = 10

/** Rows on a page of the workplace. */
export const rowsPerPage = 50

/** Looks at full national numbers that one officer has in an hour: a day's work, no shopping. */
export const revealsPerHour = 120

/** Searches for people that one officer has in an hour. */
export const searchesPerHour = 120
