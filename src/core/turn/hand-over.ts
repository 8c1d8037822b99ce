// Hands over what a talk asks to be done, with the answers that it rests on.
import type { Value } from '../answers/reading.ts'
import type { Do, Flow } from '../flow.ts'
import { findAnswer } from '../kept-answers.ts'
import { must } from '../must.ts'
import { readInvite } from '../posts.ts'
import { menuOf } from '../roles.ts'
import type { Talk } from '../session.ts'
import { findPost } from './gate.ts'
import type { Turning } from './state.ts'
import { findRoad, seeAnswers } from './walk.ts'

/** The flows that talk about a list that was sent. */
const listFlows = ['official/roster-confirm', 'official/roster-complete']

/** What some commands change in the conversation itself. */
const coreEffects: Record<string, (turn: Turning, talk: Talk) => void> = {
  'set-language': (turn, { answers }) => {
    turn.session.language = String(findAnswer(answers, 'language'))
  },
  'redeem-invite': (turn, { facts }) => {
    const { role } = must(readInvite(facts?.invite), 'an invite')
    turn.session.menu = menuOf(role)
  },
  'erase-data': (turn) => {
    delete turn.session.paused
  },
  // What was said of one list says nothing of the next one.
  'import-roster': ({ session }) => {
    const left = (session.paused ?? []).filter((one) => !listFlows.includes(one.talk.flow))
    if (left.length > 0) session.paused = left
    else delete session.paused
  },
}

/** Hands a command over with the answers on the road, and what it changes in the talk itself. */
export function handOver(turn: Turning, flow: Flow, talk: Talk, step: Do) {
  const answers: Record<string, Value> = {}
  const wordings: Record<string, string> = {}
  const given = seeAnswers(turn, talk.answers)
  for (const ask of findRoad(turn, flow, talk)) {
    answers[ask.id] = must(given[ask.id], `answer ${ask.id}`)
    wordings[ask.id] = ask.version[turn.session.language] ?? must(ask.version.id, 'a wording')
  }
  coreEffects[step.id]?.(turn, talk)
  const post = flow.for === 'villager' ? undefined : must(findPost(turn), 'a post')
  turn.commands.push({
    do: step.id,
    flow: flow.name,
    version: flow.version,
    talkId: talk.id,
    startedOn: talk.on,
    language: turn.session.language,
    answers,
    wordings,
    ...(post && { post: { id: post.id, role: post.role, area: post.area } }),
  })
}
