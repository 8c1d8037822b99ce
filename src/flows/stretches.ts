// Finds where the questions of a flow follow each other whatever is answered.
import { forks, type Step, type Stretch } from '../core/flow.ts'

/** Finds the stretches among the steps of a flow, by the place where each begins. */
export function findStretches(steps: Step[]): Map<number, Stretch> {
  const stretches = new Map<number, Stretch>()
  let place = 0
  while (place < steps.length) {
    const stretch = stretchFrom(steps, place)
    if (stretch.parts.size > 1) stretches.set(place, stretch)
    place += Math.max(1, stretch.parts.size)
  }
  return stretches
}

function stretchFrom(steps: Step[], from: number): Stretch {
  const parts = new Map<number, { asks: string; after: number }>()
  let asks = ''
  for (let place = from; ; place++) {
    const step = steps[place]
    if (step?.does !== 'ask' || forks(step)) return { length: asks.length, parts }
    asks += `${step.id} `
    parts.set(asks.length, { asks, after: place + 1 })
  }
}
