// A registry of the WhatsApp channel in memory: one for each number, shared by its processes.
import { randomUUID } from 'node:crypto'
import type { WhatsAppStore } from '../../../src/channels/whatsapp/index.ts'
import type { WaDelivery, WaKeyChanges } from '../../../src/channels/whatsapp/port.ts'
import type { Outbound } from '../../../src/core/message.ts'

/** What the registry holds, for tests to look at and to change. */
export interface Memory {
  creds: unknown
  keys: Map<string, unknown>
  lease: { holder: string; fence: number; until: number }
  alarms: Map<string, string>
  addresses: Map<string, string>
  deliveries: WaDelivery[]
  sent: Map<string, Outbound>
  initiated: Date[]
  /** How many writes were refused because of the fence. */
  fencedCount: number
  /** Every call is refused while this holds, as when the database is away. */
  isAway: boolean
}

/** Nothing is kept, nobody owns the number. */
export function emptyMemory(creds?: unknown): Memory {
  return {
    creds,
    keys: new Map(),
    lease: { holder: '', fence: 0, until: 0 },
    alarms: new Map(),
    addresses: new Map(),
    deliveries: [],
    sent: new Map(),
    initiated: [],
    fencedCount: 0,
    isAway: false,
  }
}

/** What a test's registry throws for keys that cannot be read. */
export class Unreadable extends Error {}

/** A process' view of the registry; `now` is the database's clock in ms. */
export function memoryStore(memory: Memory, now: () => number): WhatsAppStore {
  const holder = randomUUID()
  const reach = () => {
    if (memory.isAway) throw new Error('no database')
  }
  return {
    ...leaseOf(memory, holder, now, reach),
    ...authOf(memory, reach),
    settleAddress: async ({ id, alsoKnownAs }) => {
      reach()
      const address =
        memory.addresses.get(id) ?? (alsoKnownAs && memory.addresses.get(alsoKnownAs)) ?? id
      for (const one of [id, alsoKnownAs]) if (one) memory.addresses.set(one, address)
      return address
    },
    isKnown: async (id) => memory.addresses.has(id),
    findReplyId: async (address) => address,
    noteDelivery: async (delivery) => memory.deliveries.push(delivery) > 0,
    findSentMessage: async (id) => memory.sent.get(id),
    countInitiated: async (since) => memory.initiated.filter((at) => at >= since).length,
    raiseAlarm: async (kind, detail = '') => void memory.alarms.set(kind, detail),
    closeAlarm: async (kind) => void memory.alarms.delete(kind),
    readAlarm: async (kind) => memory.alarms.get(kind),
  }
}

function leaseOf(memory: Memory, holder: string, now: () => number, reach: () => void) {
  const isOurs = (fence: number) =>
    memory.lease.holder === holder && memory.lease.fence === fence && memory.lease.until > now()
  return {
    lease: {
      take: async (seconds: number) => {
        reach()
        if (memory.lease.until > now() && memory.lease.holder !== holder) return undefined
        const fence = memory.lease.fence + 1
        memory.lease = { holder, fence, until: now() + seconds * 1000 }
        return fence
      },
      renew: async (fence: number, seconds: number) => {
        reach()
        if (!isOurs(fence)) return false
        memory.lease.until = now() + seconds * 1000
        return true
      },
      end: async (fence: number) => {
        if (isOurs(fence)) memory.lease.until = 0
      },
    },
  }
}

function authOf(memory: Memory, reach: () => void) {
  return {
    isUnreadable: (error: unknown) => error instanceof Unreadable,
    readCreds: async () => {
      reach()
      if (memory.creds instanceof Unreadable) throw memory.creds
      return memory.creds
    },
    readKeys: async (kind: string, ids: string[]) => {
      reach()
      const found = ids.map((id) => [id, memory.keys.get(`${kind} ${id}`)] as const)
      return Object.fromEntries(found.filter(([, value]) => value !== undefined))
    },
    writeKeys: async (fence: number, { creds, keys = {} }: WaKeyChanges) => {
      reach()
      if (fence !== memory.lease.fence) {
        memory.fencedCount += 1
        throw new Error('fenced')
      }
      if (creds) memory.creds = creds
      for (const [kind, byId] of Object.entries(keys)) {
        for (const [id, value] of Object.entries(byId)) {
          if (value === null) memory.keys.delete(`${kind} ${id}`)
          else memory.keys.set(`${kind} ${id}`, value)
        }
      }
    },
  }
}
