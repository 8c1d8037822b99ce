// The bot's number on the test server, and the keys of a phone that was linked to it.
import { initAuthCreds } from '@whiskeysockets/baileys'

/** The bot's own number on that server. */
export const botNumber = '15550000001'

/** Keys as they are after a phone was linked: the server cannot link one. */
export function linkedCreds(): Record<string, unknown> {
  const empty = new Uint8Array(32)
  const account = { details: empty, accountSignature: empty, deviceSignature: empty }
  const me = { id: `${botNumber}:0@s.whatsapp.net`, name: 'bot' }
  return { ...initAuthCreds(), me, account, accountSyncCounter: 1 }
}
