// People on Telegram, with the real channel against the fake Bot API, for the contract suite.
import type { Harness } from '../contract.ts'
import type { Update } from '../fake-bot-api/types.ts'

/** Telegram: buttons, photos, voice notes, and a way to block the bot. */
export const harness: Harness = {
  name: 'telegram',
  can: ['press', 'send', 'block'],
  // Telegram's apps cut what is longer into several messages.
  longest: 4_096,
  open({ fake }, number) {
    const person = fake.chat(80_000 + number)
    let last: Update | undefined
    const keep = (update: Update) => {
      last = update
    }
    // Buttons stay on an old screen after the bot took them away.
    const seen = new Map<string, number>()
    const look = () =>
      person.replies().map(({ text, choices, messageId, file }) => {
        for (const label of choices) seen.set(label, messageId)
        return { text, labels: choices, file }
      })
    return {
      start: () => keep(person.start()),
      say: (words) => keep(person.say(words)),
      again: () => last && fake.updates.redeliver(last),
      press: (label) => {
        look()
        keep(person.press(label, seen.get(label)))
      },
      send: (kind) => keep(kind === 'photo' ? person.photo() : person.voice()),
      block: (isBlocked) => person.block(isBlocked),
      replies: async () => look(),
      close: () => undefined,
    }
  },
}
