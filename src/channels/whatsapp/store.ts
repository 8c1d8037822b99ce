// What the WhatsApp channel asks of the registry, for the one number that a program has.
import { randomUUID } from 'node:crypto'
import { endAlarm, listAlarms, raiseAlarm } from '../../registry/alarms.ts'
import { findReplyId, settleAddress } from '../../registry/aliases.ts'
import type { Database } from '../../registry/database.ts'
import { countInitiated, findSentMessage, noteDelivery } from '../../registry/deliveries.ts'
import { findAddressId } from '../../registry/history.ts'
import { endLease, renewLease, takeLease } from '../../registry/leases.ts'
import type { Seal } from '../../registry/seal.ts'
import {
  AuthStateError,
  readCreds,
  readKeys,
  whatsappAccount,
  whatsappLeaseName,
  writeKeys,
} from '../../registry/whatsapp-auth.ts'
import type { WhatsAppStore } from './index.ts'

const channel = 'whatsapp'

/** Opens the registry for the channel; this process is one holder of the number's lease. */
export function openWhatsAppStore(db: Database, seal: Seal): WhatsAppStore {
  const { pool } = db
  const account = whatsappAccount
  const name = whatsappLeaseName(account)
  const holder = randomUUID()
  return {
    lease: {
      take: async (seconds) => (await takeLease(pool, name, holder, seconds))?.fence,
      renew: (fence, seconds) => renewLease(pool, name, holder, fence, seconds),
      end: (fence) => endLease(pool, name, holder, fence),
    },
    readCreds: () => readCreds(pool, seal, account),
    readKeys: (kind, ids) => readKeys(pool, seal, account, kind, ids),
    writeKeys: (fence, changes) => writeKeys(db, seal, account, fence, changes),
    isUnreadable: (error) => error instanceof AuthStateError,
    settleAddress: (ids) => settleAddress(db, seal, channel, ids),
    isKnown: async (id) => (await findAddressId(pool, seal, channel, id)) !== undefined,
    findReplyId: (address) => findReplyId(pool, seal, channel, address),
    noteDelivery: ({ messageId, ...delivery }) => noteDelivery(pool, channel, messageId, delivery),
    findSentMessage: (messageId) => findSentMessage(pool, seal, channel, messageId),
    countInitiated: (since) => countInitiated(pool, channel, since),
    raiseAlarm: (kind, detail) =>
      raiseAlarm(pool, { kind, channel, ...(detail !== undefined && { detail }) }),
    closeAlarm: (kind) => endAlarm(pool, { kind, channel }),
    readAlarm: async (kind) => {
      const open = await listAlarms(pool)
      return open.find((one) => one.kind === kind && one.channel === channel)?.detail
    },
  }
}
