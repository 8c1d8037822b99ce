// Finds where the road of a flow forks, and where questions follow each other whatever is answered.
import type { Step, Stretch } from '../core/flow.ts'

/** Marks the questions at which the road forks, and those with which a stretch begins. */
export function markStretches(steps: Step[]) {
  for (const step of steps) {
    // What leads up or out is never kept as an answer.
    if (step.does === 'ask') step.forks = step.choices.some(({ go }) => go && 'step' in go)
  }
  for (let place = 0; place < steps.length; ) {
    const stretch = stretchFrom(steps, place)
    const first = steps[place]
    if (first?.does === 'ask' && stretch.parts.size > 1) first.stretch = stretch
    place += Math.max(1, stretch.parts.size)
  }
}

function stretchFrom(steps: Step[], from: number): Stretch {
  const parts = new Map<number, { asks: string; after: number }>()
  let asks = ''
  for (let place = from; ; place++) {
    const step = steps[place]
    if (step?.does !== 'ask' || step.forks) return { length: asks.length, parts }
    asks += `${step.id} `
    parts.set(asks.length, { asks, after: place + 1 })
  }
}
