// People on WhatsApp, over our own double of the client's port, for the contract suite.
import type { Harness } from '../contract.ts'
import { createPerson, photo, voice } from '../fake-whatsapp/person.ts'

/** WhatsApp: no buttons, choices are numbered lines; the first message begins the talk. */
export const harness: Harness = {
  name: 'whatsapp',
  can: ['send'],
  longest: 65_536,
  open({ whatsapp }, number) {
    // Every second one is somebody whose number WhatsApp does not tell.
    const server = number % 2 === 0 ? 'lid' : 's.whatsapp.net'
    const person = createPerson(whatsapp, `6281200${10_000 + number}@${server}`)
    return {
      start: () => person.say('Halo'),
      say: (words) => person.say(words),
      again: () => person.again(),
      send: (kind) => person.send(kind === 'photo' ? photo : voice),
      replies: async () =>
        person.contents().map(({ text, attached }) => ({
          ...{ text, file: attached?.name },
          labels: [...text.matchAll(/^\d+\. (.+)$/gm)].map(([, label]) => label ?? ''),
        })),
      close: () => undefined,
    }
  },
}
