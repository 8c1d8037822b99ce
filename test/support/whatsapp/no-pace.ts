// Sends as fast as it can, for tests that are not about the pace.
import type { Pace } from '../../../src/channels/whatsapp/pace.ts'

/** No typing, no breath, and as many chats at once as there are. */
export const noPace: Pace = { turn: (_isReply, work) => work(), typingMs: () => 0 }
