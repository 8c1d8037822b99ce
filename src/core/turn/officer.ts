// A person of the branch talks through the bot. Meanwhile the bot is silent and forgets nothing.
import { officerSilenceMinutes } from '../limits.ts'
import { askAgain } from './move.ts'
import { findGlobal } from './openings.ts'
import type { Turning } from './state.ts'
import { phrase, tellPhrase } from './tell.ts'

/** The global words with which a person sends the officer away and has the bot back. */
const goesBack = ['menu', 'batal', 'lanjut']

/** Takes what goes between the person and an officer; false when the bot is to answer. */
export function takeOfficer(turn: Turning): boolean {
  if (turn.inbound.kind === 'officer') hearOfficer(turn)
  else if (turn.inbound.kind === 'officer-left') leaveOfficer(turn)
  else return isForOfficer(turn)
  return true
}

/** Says what an officer says; the first time also that it is a person who speaks now. */
function hearOfficer(turn: Turning) {
  const { session, inbound } = turn
  if (session.officerAt === undefined) tellPhrase(turn, 'officer-joins')
  session.officerAt = turn.now.second
  sayAsOfficer(turn, inbound.words)
}

/**
 * The officer's last words, if any; then the bot goes on with the very question it had asked. Where
 * the officer never talked, it is one answer, and what the bot asks stands as it stood.
 */
function leaveOfficer(turn: Turning) {
  const [about = ''] = turn.inbound.words.split(' ', 1)
  const words = turn.inbound.words.slice(about.length + 1)
  if (turn.session.officerAt === undefined) {
    const id = about === 'accident' ? 'accident-answered' : 'ticket-answered'
    const { operator } = turn.book.branch
    if (words !== '') turn.replies.push({ text: phrase(turn, id, { operator, answer: words }) })
    return
  }
  if (words !== '') sayAsOfficer(turn, words)
  goOnWithout(turn, 'officer-leaves')
}

/**
 * Whether the message is the officer's to answer, so that the bot says nothing. Buttons, links and
 * BERHENTI bring the bot back; so does the next message once the officer was silent for too long.
 * What no officer gets to see either, such as a photo, has its one kind answer as always.
 */
function isForOfficer(turn: Turning): boolean {
  const { session, inbound, now } = turn
  if (session.officerAt === undefined) return false
  const word = inbound.kind === 'text' ? findGlobal(turn) : undefined
  if (inbound.kind === 'press' || inbound.kind === 'start' || word === 'berhenti') {
    delete session.officerAt
  }
  if (session.officerAt === undefined || inbound.kind !== 'text') return false
  turn.forOfficer = true
  if (word !== undefined && goesBack.includes(word)) goOnWithout(turn, 'officer-sent-away')
  else if (now.second - session.officerAt > officerSilenceMinutes * 60) {
    goOnWithout(turn, 'officer-silent')
  }
  return true
}

function sayAsOfficer(turn: Turning, words: string) {
  turn.replies.push({ text: phrase(turn, 'officer-says', { words }) })
}

function goOnWithout(turn: Turning, how: string) {
  delete turn.session.officerAt
  tellPhrase(turn, how)
  const { talk } = turn.session
  if (talk && turn.book.flows.has(talk.flow)) askAgain(turn)
}
