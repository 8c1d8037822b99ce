// What must hold after every turn, whatever anybody sends.
import { isDeepStrictEqual } from 'node:util'
import { fold } from '../../../src/core/answers/normalise.ts'
import { isUnanswered } from '../../../src/core/kept-answers.ts'
import {
  callHintEverySeconds,
  hintEverySeconds,
  maxMessagesPerMinute,
  maxWordsLength,
} from '../../../src/core/limits.ts'
import type { Outbound } from '../../../src/core/message.ts'
import { readPost } from '../../../src/core/posts.ts'
import { mayUse } from '../../../src/core/roles.ts'
import type { Session, Talk } from '../../../src/core/session.ts'
import { answersOf } from '../answers-of.ts'
import { findCut } from '../carried.ts'
import { checkHeard, checkSensitive } from './answer-rules.ts'
import type { Conversation, Turned } from './conversation.ts'
import { demand } from './demand.ts'
import type { Persona } from './persona.ts'
import { checkReplayed } from './replayed.ts'
import { checkSubmission } from './submission-rules.ts'
import { zoo } from './writing.ts'

/** What is done because somebody agreed to it. */
const agreed = new Set(['record-consent', 'submit-enrolment'])

/** Questions after which nothing is asked: eligibility and explain end by leading on to a talk. */
const lastQuestions = new Set(['join', 'next'])

/** Longest text that every channel carries, in UTF-16 units, and most bytes behind a button. */
const mostUnits = 4_096
const mostPressBytes = 64

/** A session is read and written at every turn: it stays short. */
const mostSessionUnits = 16_000

/** Checks one turn; throws an Error with the rule that does not hold. */
export function checkTurn(talk: Conversation, turned: Turned, persona: Persona) {
  const { result, read } = turned
  const { session } = result
  demand(result.replies.length > 0 || mayBeSilent(turned), 'every message is answered')
  for (const reply of result.replies) {
    checkReply(reply)
    demand(findCut(reply).length === 0, 'every channel carries the whole reply')
    checkHidden(reply, session, persona, talk)
  }
  const { flow } = session.talk ?? {}
  demand(!flow || read.book.flows.has(flow) || isUntouched(turned), 'the talk is in a flow')
  checkKept(turned)
  demand(!result.forOfficer || answersNothing(turned), 'what is said to an officer answers nothing')
  checkPost(turned)
  checkHeard(turned)
  checkSensitive(turned)
  checkReplayed(turned)
  checkUnseen(turned)
  demand(turned.written.length <= mostSessionUnits, 'a session stays short')
  for (const command of result.commands) {
    if (command.do === 'record-consent') {
      demand(command.answers.consent === 'ya', 'consent is recorded once it was given')
    }
    if (command.do === 'submit-enrolment') checkSubmission(talk, turned, command)
  }
}

/**
 * A talk with answers goes on or waits until it ends, is cancelled, or everything is erased; the last
 * question of a talk may also lead on to another.
 */
function checkKept(turned: Turned) {
  const { before, asked, result, read } = turned
  if (result.commands.some((command) => command.do === 'erase-data')) return
  const isOther = result.commands.some((command) => command.do === 'import-roster')
  const anew = findBegunAnew(turned)
  const kept = new Set(talksOf(result.session).map(({ id }) => id))
  const flows = talksOf(result.session).map(({ flow }) => flow)
  demand(new Set(flows).size === flows.length, 'no flow has two talks at once')
  const ended = new Set(result.outcomes.map(({ flow }) => flow))
  for (const { id, flow, answers } of talksOf(before)) {
    if (isUnanswered(answers) || ended.has(flow) || !read.book.flows.has(flow)) continue
    if (isBarred(turned, flow) || flow === anew || (isOther && isAboutList(flow))) continue
    const ledOn = id === before.talk?.id && asked?.flow === flow && lastQuestions.has(asked.id)
    demand(ledOn || kept.has(id), `the answers for ${flow} are kept`)
  }
}

/** Nobody agrees to what they cannot have read. */
function checkUnseen({ now, sent, asked, result, read }: Turned) {
  const ask = asked && read.book.flows.get(asked.flow)?.asks.get(asked.id)
  if (!now.unseen || sent.kind !== 'text' || !ask?.exact) return
  const done = result.commands.map((command) => command.do)
  demand(!done.some((one) => agreed.has(one)), 'nobody agrees to what they cannot have read')
}

function answersNothing({ before, result }: Turned): boolean {
  const earlier = answersOf(before.talk)
  const answers = Object.entries(answersOf(result.session.talk))
  return answers.every(([id, value]) => earlier[id] === value)
}

/** What was said of one list says nothing of the next one. */
function isAboutList(flow: string): boolean {
  return flow === 'official/roster-confirm' || flow === 'official/roster-complete'
}

/** The flow whose talk begins anew: a link with a code, what a job made ready, another list. */
function findBegunAnew({ sent, result }: Turned): string | undefined {
  if (sent.kind === 'open') return sent.words.split(' ')[0]
  if (sent.kind === 'document') return 'official/roster'
  const isLink = sent.kind === 'start' && /^[a-z]_/.test(sent.words)
  return isLink ? result.session.talk?.flow : undefined
}

function isUntouched({ before, result }: Turned): boolean {
  return isDeepStrictEqual(result.session.talk, before.talk)
}

/** The post for it is gone. */
function isBarred({ read, facts }: Turned, name: string): boolean {
  const audience = read.book.flows.get(name)?.for ?? 'villager'
  const post = readPost(facts.post)
  return audience !== 'villager' && !(post && mayUse(post.role, audience))
}

/** Nothing is asked, told or done in a talk whose person has no post for it. */
function checkPost(turned: Turned) {
  const { result, read } = turned
  const { talk } = result.session
  const isWalked = result.replies.length > 0 && talk !== undefined
  if (isWalked && isBarred(turned, talk.flow)) {
    demand(isUntouched(turned), 'nobody is in a talk without the post for it')
  }
  for (const { flow, post } of result.commands) {
    demand(!isBarred(turned, flow), 'nothing is done without the post for it')
    const needsPost = read.book.flows.get(flow)?.for !== 'villager'
    demand((post !== undefined) === needsPost, 'a command names the post it is done under')
  }
}

function talksOf({ talk, paused }: Session): Talk[] {
  const waiting = [paused ?? []].flat().map((one) => one.talk)
  return talk ? [talk, ...waiting] : waiting
}

/** Only a double tap, a flood, and a second hint within half a minute stay without an answer. */
function mayBeSilent({ sent, before, now, result }: Turned): boolean {
  if (result.forOfficer || sent.kind === 'officer-left') return true
  const { talk } = before
  // Told once already that the answer came first.
  if (now.unseen && talk?.unseen && talk.unseen === (talk.pending?.about ?? talk.asked)) return true
  const minute = Math.floor(now.second / 60)
  const count = before.pace?.[0] === minute ? before.pace[1] + 1 : 1
  if (count > maxMessagesPerMinute + 1) return true
  if (sent.kind === 'press') {
    if (sent.words === before.ended) return true
    const [id = '', step = '', key = ''] = sent.words.split('.')
    return talk?.id === id && answersOf(talk)[step] === key
  }
  if (sent.kind === 'call') {
    return before.calledAt !== undefined && now.second - before.calledAt < callHintEverySeconds
  }
  const isWords =
    sent.kind === 'page' || sent.kind === 'text' || sent.kind === 'phone' || sent.kind === 'start'
  const isRead = isWords && sent.words.length <= maxWordsLength && fold(sent.words) !== ''
  const isHinted = before.hintedAt !== undefined && now.second - before.hintedAt < hintEverySeconds
  return isHinted && !isRead && sent.kind !== 'start'
}

function checkReply({ text: told, choices = [], page }: Outbound) {
  const text = page ? told.replace('{link}', 'https://contoh.example/isi/x') : told
  demand(text.trim() !== '', 'no reply is empty')
  demand(text.length <= mostUnits, 'a reply fits into one message')
  const own = zoo.reduce(
    (words, each) => (each.includes('{') ? words.replace(each, '') : words),
    text,
  )
  demand(!/\{[\w-]*\}|undefined|(?<![A-Za-z])NaN|RpNaN|\[object/.test(own), 'every blank is filled')
  for (const { label, press } of choices) {
    demand(label.trim() !== '', 'every button says something')
    demand(Buffer.byteLength(press) <= mostPressBytes, 'a button sends 64 bytes at most')
  }
  const presses = new Set(choices.map(({ press }) => press))
  demand(presses.size === choices.length, 'every button sends something else')
}

/** NIK, phone and mother's name are never shown in full, unless said where they do not belong. */
function checkHidden(reply: Outbound, session: Session, persona: Persona, talk: Conversation) {
  const shown = [reply.text, ...(reply.choices ?? []).map(({ label }) => label)].join('\n')
  const digits = shown.replace(/[\s.+-]/g, '')
  const { nik, phone, 'mother-name': motherName } = persona.answers
  const numbers = [String(nik), String(phone).slice(3)]
  for (const [id, value] of sensitiveAnswers(session, talk)) {
    if (id === 'nik' || id.endsWith('pin')) numbers.push(String(value))
    if (id.endsWith('phone') && value !== '') numbers.push(String(value).slice(3))
  }
  demand(!numbers.some((number) => digits.includes(number)), 'numbers of people stay hidden')
  demand(!shown.includes(String(motherName)), "the mother's name stays hidden")
}

function sensitiveAnswers(session: Session, talk: Conversation) {
  const flow = session.talk && talk.read.book.flows.get(session.talk.flow)
  const answers = Object.entries(answersOf(session.talk))
  return answers.filter(([id]) => flow?.asks.get(id)?.sensitive)
}
