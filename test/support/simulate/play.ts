// Plays one enrolment by somebody patient, with whatever a test wants to happen in between.
import { must } from '../../../src/core/must.ts'
import { sayPhrase } from '../../../src/core/phrase.ts'
import type { Command } from '../../../src/core/turn/state.ts'
import { type Conversation, send } from './conversation.ts'
import { goOnPatiently } from './patient.ts'
import type { Persona } from './persona.ts'
import type { Random } from './random.ts'

const mostTurns = 150

/** Goes on patiently until `isThere`, or until an enrolment ends; throws when neither comes. */
export function playUntil(
  talk: Conversation,
  persona: Persona,
  random: Random,
  isThere: (talk: Conversation) => boolean,
) {
  for (let turns = 0; turns < mostTurns; turns++) {
    if (isThere(talk)) return
    talk.second += 20
    const { result } = send(talk, goOnPatiently(talk, persona, random), random)
    if (result.outcomes.some(({ flow }) => flow === 'villager/enrol')) return
  }
  throw new Error('the enrolment never ends')
}

/** Goes on patiently to the end; gives back what was sent off. */
export function playToEnd(talk: Conversation, persona: Persona, random: Random): Command {
  playUntil(talk, persona, random, () => false)
  const commands = talk.turned.at(-1)?.result.commands
  return must(
    commands?.find((command) => command.do === 'submit-enrolment'),
    'a registration that was sent',
  )
}

/** Says a word of the person's own in between. */
export function say(talk: Conversation, words: string, random: Random) {
  talk.second += 20
  return send(talk, { kind: 'text', words }, random)
}

/** UBAH, and the answer `id` out of the list. */
export function askToChange(talk: Conversation, id: string, random: Random) {
  say(talk, 'UBAH', random)
  const name = sayPhrase(talk.read.book, talk.session.language, `answer-${id}`)
  const choice = talk.sight.choices.find(({ label }) => label.startsWith(`${name}: `))
  talk.second += 20
  return send(talk, { kind: 'press', words: must(choice, `${id} to change`).press }, random)
}

/** The words of every reply so far. */
export function repliesOf(talk: Conversation) {
  return talk.turned.flatMap(({ result }) => result.replies)
}
