// How figures are taken: rounds side by side, CPU time of this process, medians.

/** What a figure has to reach. */
export interface Goal {
  /** What is compared: the ratio to the floor of the same round, or the figure itself. */
  of: 'ratio' | 'figure'
  atLeast?: number
  atMost?: number
  /** Not asked for, but hoped for. */
  reach?: number
}

/** One line of a benchmark: a figure for each round, and its floor in the same rounds. */
export interface Row {
  what: string
  unit: string
  rounds: number[]
  floor?: number[]
  goal?: Goal
}

/** One benchmark: returns its rows; throws when an answer was wrong. */
export type Benchmark = () => Promise<Row[]>

/** The middle one; the mean of the two middle ones when their number is even. */
export function median(numbers: number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** The number that `share` (0 to 1) of the numbers do not exceed. */
export function percentile(numbers: number[], share: number): number {
  const sorted = [...numbers].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** Median over the rounds of figure by floor. */
export function ratioOf(row: Row): number | undefined {
  const { floor } = row
  return floor && median(row.rounds.map((figure, round) => figure / (floor[round] ?? Number.NaN)))
}

/** Whether the goal is met; undefined where there is none. */
export function meets({ goal, ...row }: Row): boolean | undefined {
  if (!goal) return undefined
  const figure = goal.of === 'ratio' ? (ratioOf(row) ?? Number.NaN) : median(row.rounds)
  const { atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY } = goal
  return figure >= atLeast && figure <= atMost
}

/**
 * Runs contestants in turn for several rounds, each time in another order, and gives each one's
 * figures. `warmUps` more rounds come first and are not counted.
 */
export async function takeRounds(
  rounds: number,
  contestants: (() => number | Promise<number>)[],
  warmUps = 1,
): Promise<number[][]> {
  const figures: number[][] = contestants.map(() => [])
  for (let round = -warmUps; round < rounds; round++) {
    for (let turn = 0; turn < contestants.length; turn++) {
      const index = (turn + round + warmUps) % contestants.length
      const figure = await contestants[index]?.()
      if (round >= 0) figures[index]?.push(figure ?? Number.NaN)
    }
  }
  return figures
}

/** How often per CPU-second of this process `count` things were done by `work`. */
export async function perCpuSecond(count: number, work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return count / ((user + system) / 1_000_000)
}

/** How often per second `count` things were done by `work`. */
export async function perSecond(count: number, work: () => Promise<void>): Promise<number> {
  const before = performance.now()
  await work()
  return count / ((performance.now() - before) / 1_000)
}

/** Throws unless the two are the same: a fast wrong answer is worth nothing. */
export function mustEqual(found: unknown, wanted: unknown, what: string) {
  if (found !== wanted) throw new Error(`${what}: ${String(found)} instead of ${String(wanted)}`)
}

/** The most that this process holds above what it held at the start, in MB. */
export function watchMemory() {
  const before = process.memoryUsage.rss()
  let most = before
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss())
  }, 50)
  return {
    stop: () => {
      clearInterval(timer)
      return (most - before) / 1_000_000
    },
  }
}
