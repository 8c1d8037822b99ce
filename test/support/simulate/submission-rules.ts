// What must hold whenever a registration is sent off: nobody is enrolled by a slip.
import { commands } from '../../../src/core/commands.ts'
import { checkEnrolment } from '../../../src/core/enrolment.ts'
import { must } from '../../../src/core/must.ts'
import { sayPhrase } from '../../../src/core/phrase.ts'
import { sayWords, showValue } from '../../../src/core/text.ts'
import type { Command } from '../../../src/core/turn/state.ts'
import type { Conversation, Turned } from './conversation.ts'
import { demand } from './demand.ts'

/** Why an officer may have to look; anything else would be a submission nobody knows about. */
const parkReasons = new Set([
  'near-limit',
  'other-payer',
  'member-already',
  'foreigner',
  'too-young',
  'too-old',
  'no-work',
  'not-self-employed',
])

/** Checks one `submit-enrolment`; throws an Error with the rule that does not hold. */
export function checkSubmission(talk: Conversation, turned: Turned, command: Command) {
  const { answers } = command
  const { before, now, read } = turned
  const used = must(commands['submit-enrolment'], 'the command').uses
  demand(answers.consent === 'ya' && answers.review === 'ya', 'sent only after consent and review')
  demand(before.talk?.id === command.talkId, 'the receipt is that of the talk')
  demand(
    used.every((id) => answers[id] !== undefined),
    'nothing is sent with answers missing',
  )
  demand(command.startedOn.slice(0, 7) === now.on.slice(0, 7), 'figures are those of this month')
  demand(isClearYes(turned), 'sent only by a clear yes to the review')
  demand(countSent(talk, command.talkId) === 1, 'a registration is sent once')
  checkShown(talk, turned, command)
  const checked = checkEnrolment(command, read.book)
  demand(checked.ok || parkReasons.has(checked.park), 'what is sent can be enrolled or parked')
}

function isClearYes({ sent, before, read }: Turned): boolean {
  if (sent.kind === 'press') return sent.words === `${before.talk?.id}.review.ya`
  const said = sent.words
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/[\s.🙏]+$/u, '')
    .trim()
  const label = read.book.flows.get('villager/enrol')?.asks.get('review')?.choices[0]?.label
  const labels = Object.values(label ?? {}).map((words) => words.texts.join('').toLowerCase())
  return read.book.yes.has(said) || labels.includes(said) || /^(pilihan |nomor )?1$/.test(said)
}

function countSent(talk: Conversation, talkId: string): number {
  return talk.turned
    .flatMap(({ result }) => result.commands)
    .filter((one) => one.do === 'submit-enrolment' && one.talkId === talkId).length
}

/**
 * Nobody confirms what they never saw: the last review showed every answer that is sent, and each
 * question that rests on other answers was last asked in the words that those answers make.
 */
function checkShown(talk: Conversation, turned: Turned, command: Command) {
  const { book } = turned.read
  const flow = must(book.flows.get(command.flow), 'the flow')
  const context = contextOf(turned, command)
  const review = findLast(talk, turned, command, 'review')
  for (const ask of flow.asks.values()) {
    if (command.answers[ask.id] === undefined || ask.id === 'review') continue
    if (book.phrases.has(`answer-${ask.id}`) && review) {
      const name = sayPhrase(book, context.language, `answer-${ask.id}`)
      const line = `${name}: ${showValue(flow, ask, context)}`
      demand(review.split('\n').includes(line), `the review showed ${ask.id}`)
    }
    const asked = ask.restsOn.length > 0 && findLast(talk, turned, command, ask.id)
    if (!asked) continue
    const now = sayWords(flow, ask.words, context, () => '')
    demand(asked === now, `${ask.id} was answered as it would be asked now`)
  }
}

function contextOf({ read, before }: Turned, { answers, startedOn, talkId }: Command) {
  const { language } = before
  return { book: read.book, answers, on: startedOn, language, facts: {}, talkId }
}

/** The words in which a step was last said; nothing when flows or language have changed since. */
function findLast(talk: Conversation, { read, before }: Turned, command: Command, id: string) {
  for (const { read: then, result } of talk.turned.slice(0, -1).reverse()) {
    const { language } = result.session
    const said = result.replies.findLast((reply) =>
      then
        .recognise(reply.text, language)
        .some((one) => one.id === id && one.flow === command.flow),
    )
    if (!said) continue
    const isSame = then === read && language === before.language
    return isSame && result.session.talk?.id === before.talk?.id ? said.text : undefined
  }
  return undefined
}
