// Villagers talk while the program is killed again and again, and the platform tells things twice.
import { setTimeout as pause } from 'node:timers/promises'
import type { Moments } from './moments.ts'
import type { Moment } from './postgres-proxy.ts'
import type { Stage } from './stage.ts'
import { talk, type Villager } from './villager.ts'

/** What happens on a tour. */
export interface Tour {
  /**
   * The last of them begins late, so that a submission is left for the end; of four the third
   * begins after the kills that nobody chose, so that there is talk left for those at named moments.
   */
  villagers: Villager[]
  /** The program is killed at each of them, in this order. */
  moments: Moments
  /** Kills at moments that nobody chose, before all others. */
  randomKills: number
  /** Of everything that is left to chance. */
  seed: number
  /** Other faults, by the number of kills at named moments after which they come. */
  others?: Map<number, () => Promise<void>>
}

/** Runs a tour until everybody has their answers; from each kill to the next answer, in ms. */
export async function tour(stage: Stage, plan: Tour): Promise<number[]> {
  const { villagers, moments, randomKills, others } = plan
  const chance = createChance(plan.seed)
  const killsBefore = stage.program.kills.length
  await stage.program.start()
  let isOver = false
  // Whoever is left without an answer is found by the judge, who knows more of it.
  const begin = (one: Villager) => talk(stage.platform, one, () => isOver).catch(() => undefined)
  const thirdAt = Math.min(2, villagers.length - 1)
  const talks = villagers.slice(0, thirdAt).map(begin)
  try {
    let killsAt = 0
    const kill = async (moment: Moment) => {
      await stage.killAt(moment)
      shake(stage, villagers, chance)
      killsAt += 1
      await others?.get(killsAt)?.()
    }
    for (let kills = 0; kills < randomKills; kills++) {
      await pause(200 + 3_000 * chance())
      await stage.killNow()
      shake(stage, villagers, chance)
    }
    talks.push(...villagers.slice(thirdAt, -1).map(begin))
    for (const moment of moments.talking) await kill(moment)
    talks.push(...villagers.slice(-1).map(begin))
    for (const moment of [...moments.beginning, ...moments.submitting]) await kill(moment)
    await Promise.all(talks)
  } finally {
    isOver = true
  }
  await stage.settle()
  stage.program.kill()
  await stage.program.gone()
  return findGaps(stage, stage.program.kills.slice(killsBefore))
}

/** From each kill that was not followed by another at once, to the next message to anybody. */
function findGaps({ platform }: Stage, kills: number[]): number[] {
  const told = platform.toldAt()
  return kills.flatMap((kill, index) => {
    const next = told.find((at) => at > kill)
    const until = kills[index + 1] ?? Number.POSITIVE_INFINITY
    return next && next < until ? [next - kill] : []
  })
}

/** Old messages come again, once or thrice, and everything in another order. */
function shake({ platform }: Stage, villagers: Villager[], chance: () => number) {
  for (const { again } of villagers)
    again[Math.floor(chance() * again.length)]?.(chance() < 0.5 ? 1 : 3)
  platform.reorder(chance)
}

/** Numbers from 0 to below 1 that are the same for the same seed (mulberry32). */
function createChance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
