// Villagers on WhatsApp by the real client: a server that nobody here wrote as a platform.
import { encode } from '../../../src/channels/whatsapp/encode.ts'
import { preciseNow, startServer } from '../whatsapp/crabline.ts'
import { inHurry } from './child-program.ts'
import type { Platform } from './platform.ts'

/** Something that a villager said, under the id that it had. */
interface Said {
  number: number
  words: string
  id: string
  /** When it was known whether a program has it, and whether one has. */
  handedAt: number
  isQueued: boolean
}

/** What a program has had for so long, in ms, is kept: only a kill before that may take it. */
const keptWithinMs = 15_000

/** No program connects so soon, in ms, after it was born: what is handed over until then is gone. */
const unbornMs = 500

/** The platform, and what only this one can tell. */
export interface WhatsAppPlatform extends Platform {
  /** How many messages a kill took. */
  lostCount(): number
}

/** Villagers on a WhatsApp of their own; the phone has still to be linked. */
export async function startWhatsApp(): Promise<WhatsAppPlatform> {
  const server = await startServer()
  const said: Said[] = []
  const saidAgain = new Set<string>()
  const lost = new Set<string>()
  const address = (number: number) => `62813000${20_000 + number}@s.whatsapp.net`
  let work = Promise.resolve()

  const say = (number: number, words: string) => {
    // In the order in which it was said.
    work = work.then(async () => {
      const { id, delivery } = await server.say(address(number), words)
      const isQueued = delivery === 'queued'
      said.push({ number, words, id, handedAt: preciseNow(), isQueued })
    })
    return work
  }
  /** When a program had it; what was queued, it had at its first sign of life. */
  const hadAt = ({ handedAt, isQueued }: Said) =>
    isQueued ? server.signsOfLife.find((at) => at > handedAt) : handedAt
  const shownTo = (number: number) => server.shown.filter(({ to }) => to === address(number))

  return {
    settings: {
      WHATSAPP: 'baileys',
      WHATSAPP_ACCEPT_RISK: 'yes',
      WHATSAPP_WS_URL: server.url,
      // On a busy machine a short silence is no dead line.
      KEEP_ALIVE_MS: '15000',
    },
    // A dead owner's number is free again soon.
    script: inHurry,
    showsOnce: true,
    address,
    say: (number, words) => {
      void say(number, words)
      // The server takes no id twice, and never brings again what a program had.
      return () => undefined
    },
    told: (number) => shownTo(number).map(({ text, at }) => ({ text, at })),
    toldAt: () => server.shown.map(({ at }) => at),
    show: (message) =>
      encode(message)
        .map(({ text }) => text)
        .join('\n'),
    acked: () =>
      said.filter((one) => hadAt(one) !== undefined && !lost.has(one.id)).map(({ id }) => id),
    idOf: (externalId) => externalId,
    sayAgainWhatIsLost: async (kept, bornAt) => {
      await work
      for (const one of [...said]) {
        const at = hadAt(one)
        if (at === undefined || at >= bornAt + unbornMs) continue
        if (kept.has(one.id) || saidAgain.has(one.id)) continue
        saidAgain.add(one.id)
        if (bornAt - at < keptWithinMs) lost.add(one.id)
        await say(one.number, one.words)
      }
    },
    reorder: () => undefined,
    close: () => server.close(),
    lostCount: () => lost.size,
  }
}
