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

/** A submission of one address a day: a family shares a phone; a list goes to the village head. */
export const maxSubmissionsPerDay = 3

/** Whole-message words are looked up only in texts up to this length, in UTF-16 units. */
export const maxWholeMessageLength = 60
