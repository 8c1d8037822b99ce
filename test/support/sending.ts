// How the tests of channels send: as an answer to somebody who wrote.
import type { Sending } from '../../src/core/message.ts'

/** A reply that is sent for the first time. */
export const asReply: Sending = { key: 'reply:1:0', class: 'reply' }
