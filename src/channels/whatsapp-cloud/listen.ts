// Hands what a payload brings over to the program: who said what, and what became of ours.
import type { Receive } from '../channel.ts'
import { type Decoded, type Delivery, decode, type Heard } from './decode.ts'

/** What listening needs of the registry. */
export interface ListenOptions {
  phoneId: string
  /** The canonical address of a person who wrote from this id; merges what turns out to be one. */
  settleAddress(known: { id: string; alsoKnownAs?: string }): Promise<string>
  /** Keeps what became of a message of ours; repeated, late and out of order is normal. */
  noteDelivery(delivery: Delivery): Promise<void>
  /** The platform tells what went wrong, with a message of ours or with the account itself. */
  onTrouble(code: number): void
  now(): Date
}

/** The listening half of the channel. */
export interface Listening {
  /** Resolves once all of a payload is kept. Rejects while nobody listens. */
  take(payload: unknown): Promise<void>
  start(receive: Receive): void
  stop(): void
}

/** Makes the listening half of one number. */
export function createListening(options: ListenOptions): Listening {
  const inTurn = createTurns()
  let receive: Receive | undefined
  return {
    start: (receiver) => {
      receive = receiver
    },
    stop: () => {
      receive = undefined
    },
    take: async (payload) => {
      if (!receive) throw new Error('nobody listens')
      const decoded = decode(payload, options.phoneId, options.now())
      await settleAll(decoded, options, receive, inTurn)
      const codes = [...decoded.errors, ...decoded.deliveries.map(({ code }) => code)]
      for (const code of codes) if (code !== undefined) options.onTrouble(code)
    },
  }
}

async function settleAll(
  { heard, moved, deliveries }: Decoded,
  options: ListenOptions,
  receive: Receive,
  inTurn: Turns,
): Promise<void> {
  for (const one of moved) await options.settleAddress(one)
  // Messages of one payload travel together; those of one person never overtake each other.
  const people = [...new Set(heard.map(({ inbound }) => inbound.address))]
  const settled = heard.length > 0 ? inTurn(people, () => keep(heard, options, receive)) : undefined
  await settled
  for (const delivery of deliveries) await options.noteDelivery(delivery)
}

/** Resolves to what must be waited for: the next of the same people may come before it is kept. */
async function keep(heard: Heard[], options: ListenOptions, receive: Receive) {
  const inbounds = []
  for (const { inbound, alsoKnownAs } of heard) {
    const known = { id: inbound.address, ...(alsoKnownAs && { alsoKnownAs }) }
    inbounds.push({ ...inbound, address: await options.settleAddress(known) })
  }
  return { kept: receive(inbounds) }
}

type Turns = (people: string[], work: () => Promise<{ kept: Promise<void> }>) => Promise<void>

/** Does one thing after another for each person; people do not wait for each other. */
function createTurns(): Turns {
  const lasts = new Map<string, Promise<unknown>>()
  return async (people, work) => {
    const before = people.map((one) => lasts.get(one))
    const handing = Promise.allSettled(before).then(work)
    for (const one of people) lasts.set(one, handing)
    try {
      await (await handing).kept
    } finally {
      for (const one of people) if (lasts.get(one) === handing) lasts.delete(one)
    }
  }
}
