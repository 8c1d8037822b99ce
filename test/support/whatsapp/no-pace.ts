// Sends as fast as it can, for tests that are not about the pace.
import { realClock } from '../../../src/channels/whatsapp/clock.ts'
import { createPace, type Pace } from '../../../src/channels/whatsapp/pace.ts'

/** No typing, no breath, and as many chats at once as there are. */
export const noPace: Pace = { turn: (_isReply, work) => work(), typingMs: () => 0 }

/** One chat at a time, but without typing and breath. */
export function quickPace(): Pace {
  return { ...createPace({ ...realClock, wait: async () => undefined }), typingMs: () => 0 }
}
