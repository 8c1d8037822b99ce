// A few lanes that share what waits and do it in batches, in order.

/** How the lanes are laid out. */
export interface LaneOptions<Item> {
  laneCount: number
  /** Most items of one batch. */
  batchSize: number
  /** Items with the same name are never under way in two lanes, so they keep their order. */
  nameOf: (item: Item) => string
  /** Does a batch; its failure is the failure of every item in it. */
  work: (items: Item[]) => Promise<void>
}

/** Lanes that take work. */
export interface Lanes<Item> {
  /** Resolves when the item's batch was done. */
  push(item: Item): Promise<void>
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
}

interface Waiting<Item> {
  item: Item
  name: string
  resolve: () => void
  reject: (error: unknown) => void
}

/**
 * Makes lanes. One that is free takes its share of all that waits or is under way, so that a few
 * go at once and a crowd goes in large batches.
 */
export function createLanes<Item>(options: LaneOptions<Item>): Lanes<Item> {
  let waiting: Waiting<Item>[] = []
  /** The names under way, in each lane that works. */
  const underWay = new Map<Promise<void>, Set<string>>()
  let pushedCount = 0
  let isStarting = false

  function takeBatch(): Waiting<Item>[] {
    const share = Math.min(options.batchSize, Math.ceil(pushedCount / options.laneCount))
    const batch: Waiting<Item>[] = []
    const left: Waiting<Item>[] = []
    for (const one of waiting) {
      const isElsewhere = [...underWay.values()].some((names) => names.has(one.name))
      if (batch.length < share && !isElsewhere) batch.push(one)
      else left.push(one)
    }
    waiting = left
    return batch
  }

  function start() {
    isStarting = false
    while (underWay.size < options.laneCount) {
      const batch = takeBatch()
      if (batch.length === 0) return
      const done: Promise<void> = run(batch).then(() => {
        underWay.delete(done)
        start()
      })
      underWay.set(done, new Set(batch.map((one) => one.name)))
    }
  }

  async function run(batch: Waiting<Item>[]) {
    try {
      await options.work(batch.map((one) => one.item))
      for (const one of batch) one.resolve()
    } catch (error) {
      for (const one of batch) one.reject(error)
    }
    pushedCount -= batch.length
    // Whoever heard of it may have more to say at once: that travels together.
    await new Promise(setImmediate)
  }

  return {
    push: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, name: options.nameOf(item), resolve, reject })
        pushedCount += 1
        // After this tick, so that messages handed over together travel together.
        if (!isStarting) queueMicrotask(start)
        isStarting = true
      }),
    idle: async () => {
      while (underWay.size > 0 || waiting.length > 0) await Promise.all(underWay.keys())
    },
  }
}
