// What the Cloud API's channel keeps in the registry: who is who, what arrived, what is wrong.
import { endAlarm, raiseAlarm } from '../../registry/alarms.ts'
import { findReplyId, settleAddress } from '../../registry/aliases.ts'
import type { Database } from '../../registry/database.ts'
import { noteDelivery, noteSentByKey } from '../../registry/deliveries.ts'
import type { Seal } from '../../registry/seal.ts'
import { channelName as channel, type Delivery } from './decode.ts'
import { retryAfterCode } from './errors.ts'
import type { WhatsAppCloudOptions } from './index.ts'

/** The registry as the channel uses it. */
export function openCloudStore(
  db: Database,
  seal: Seal,
): Pick<WhatsAppCloudOptions, 'settleAddress' | 'findReplyId' | 'noteDelivery' | 'alarms'> {
  return {
    settleAddress: (known) => settleAddress(db, seal, channel, known),
    findReplyId: (address) => findReplyId(db.pool, seal, channel, address),
    noteDelivery: (delivery) => keepDelivery(db, delivery),
    alarms: {
      raise: (kind, detail) => raiseAlarm(db.pool, { kind, channel, detail }),
      close: (kind) => endAlarm(db.pool, { kind, channel }),
    },
  }
}

/**
 * A delivery may be told before the answer to the send itself was noted, or although that answer
 * never came: then the key says which message it is. What is no message of ours is let go.
 */
async function keepDelivery(db: Database, { providerId, state, at, code, key }: Delivery) {
  const retryMs = retryAfterCode(code)
  const told = {
    ...{ state, at: new Date(at) },
    ...(code !== undefined && { reason: String(code) }),
    ...(retryMs !== undefined && { retryMs }),
  }
  if (await noteDelivery(db.pool, channel, providerId, told)) return
  if (key === undefined || !(await noteSentByKey(db.pool, channel, key, providerId))) return
  await noteDelivery(db.pool, channel, providerId, told)
}
