// The gate: what is not for villagers is walked only by somebody whose post allows it right now.
import type { Flow } from '../flow.ts'
import { type Post, readPost } from '../posts.ts'
import { mayUse } from '../roles.ts'
import { NeedsFacts } from './needs.ts'
import type { Turning } from './state.ts'

/** How somebody stands before a flow: in, without the post for it, or with a PIN to type first. */
export type Gate = 'open' | 'refused' | 'locked' | 'shut'

/** Thrown where a talk is walked that the person may not have. */
export class Barred extends Error {
  readonly gate: Exclude<Gate, 'open'>

  constructor(gate: Exclude<Gate, 'open'>) {
    super('a talk is barred')
    this.gate = gate
  }
}

/** Whether the person may walk this flow now. Asks nothing of anybody about villagers' flows. */
export function gateOf(turn: Turning, flow: Flow): Gate {
  if (flow.for === 'villager') return 'open'
  const post = findPost(turn)
  if (!post || !mayUse(post.role, flow.for)) return 'refused'
  const check = turn.facts['pin-check']
  if (!flow.pin || check === 'right') return 'open'
  if (post.lock === 'shut' || check === 'shut') return 'shut'
  return post.lock === 'idle' ? 'locked' : 'open'
}

/** Throws Barred unless the gate of this flow is open. */
export function passGate(turn: Turning, flow: Flow) {
  const gate = gateOf(turn, flow)
  if (gate !== 'open') throw new Barred(gate)
}

/** The post of whoever talks, as the registry told it in this very turn. */
export function findPost(turn: Turning): Post | undefined {
  if (!('post' in turn.facts)) throw new NeedsFacts(['post'])
  return readPost(turn.facts.post)
}
