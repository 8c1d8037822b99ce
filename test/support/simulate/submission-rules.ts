// What must hold whenever a registration is sent off: nobody is enrolled by a slip.
import { commands } from '../../../src/core/commands.ts'
import { checkEnrolment } from '../../../src/core/enrolment.ts'
import { must } from '../../../src/core/must.ts'
import { sayPhrase } from '../../../src/core/phrase.ts'
import { showValue } from '../../../src/core/text.ts'
import type { Command } from '../../../src/core/turn/state.ts'
import type { Conversation, Turned } from './conversation.ts'
import { demand } from './invariants.ts'

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

/** Checks one `submit-enrolment`; throws Broken with the rule that does not hold. */
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
  const said = sent.words.toLowerCase().replace(/[\s.🙏]+$/u, '').trim()
  const label = read.book.flows.get('villager/enrol')?.asks.get('review')?.choices[0]?.label
  const labels = Object.values(label ?? {}).map((words) => words.texts.join('').toLowerCase())
  return read.book.yes.has(said) || labels.includes(said) || /^(pilihan |nomor )?1$/.test(said)
}

function countSent(talk: Conversation, talkId: string): number {
  return talk.turned
    .flatMap(({ result }) => result.commands)
    .filter((one) => one.do === 'submit-enrolment' && one.talkId === talkId).length
}

/** Whatever is sent stood in the last review, word for word: nobody confirms what they never saw. */
function checkShown(talk: Conversation, { read, before, now }: Turned, command: Command) {
  const flow = must(read.book.flows.get(command.flow), 'the flow')
  const last = talk.turned
    .slice(0, -1)
    .flatMap((one) => one.result.replies.map((reply) => ({ one, reply })))
    .findLast(({ one, reply }) =>
      one.read.recognise(reply.text, one.result.session.language).some(({ id }) => id === 'review'),
    )
  const review = must(last, 'a review')
  if (review.one.read !== read || review.one.result.session.language !== before.language) return
  demand(review.one.now.on.slice(0, 7) === now.on.slice(0, 7), 'the review was of this month')
  const context = {
    book: read.book,
    answers: command.answers,
    on: command.startedOn,
    language: before.language,
    facts: {},
    talkId: command.talkId,
  }
  for (const id of Object.keys(command.answers)) {
    if (!read.book.phrases.has(`answer-${id}`)) continue
    const shown = showValue(flow, must(flow.asks.get(id), id), context)
    const line = `${sayPhrase(read.book, before.language, `answer-${id}`)}: ${shown}`
    demand(review.reply.text.split('\n').includes(line), `the review showed ${id}`)
  }
}
