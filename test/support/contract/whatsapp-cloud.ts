// People on WhatsApp, with the real channel against the fake Cloud API, for the contract suite.
import type { Harness } from '../contract.ts'

/** Those whom the platform knows by number, by business-scoped id, and by both. */
const sorts = ['number', 'user', 'both'] as const

const numbered = /^\d+\. (.+)$/gm

/** The Cloud API: a few choices are buttons, more are a list; photos, voice notes, blocking. */
export const harness: Harness = {
  name: 'whatsapp-cloud',
  can: ['press', 'send', 'block'],
  longest: 4_096,
  open({ cloud }, number) {
    const person = cloud.person(number, sorts[number % sorts.length])
    return {
      // A chat begins with whatever somebody writes, or what the link that they followed says.
      start: () => person.say('halo'),
      say: (words) => person.say(words),
      again: () => person.again(),
      press: (label) => person.press(label),
      send: (kind) => (kind === 'photo' ? person.photo() : person.voice()),
      block: (isBlocked) => {
        person.isBlocked = isBlocked
      },
      replies: async () =>
        person.shown.map(({ text, choices, file }) => {
          const labels = choices.map(({ label }) => label)
          const inWords = [...text.matchAll(numbered)].map(([, label]) => label ?? '')
          return { text, labels: labels.length > 0 ? labels : inWords, file }
        }),
      close: () => undefined,
    }
  },
}
