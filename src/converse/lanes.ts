// A few lanes that share what waits and do it in batches, in order.

/** How the lanes are laid out. */
export interface LaneOptions<Item> {
  laneCount: number
  /** Most items of one batch. */
  batchSize: number
  /** A lane leaves no fewer than so many to the others: small batches cost more than they save. */
  smallestShare: number
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

interface State<Item> {
  options: LaneOptions<Item>
  waiting: Waiting<Item>[]
  /** The names under way, in each lane that works. */
  underWay: Map<Promise<void>, Set<string>>
  /** How many items wait or are under way. */
  pushedCount: number
  isStarting: boolean
}

/**
 * Makes lanes. One that is free takes its share of all that waits or is under way, so that a few
 * go at once and a crowd goes in large batches.
 */
export function createLanes<Item>(options: LaneOptions<Item>): Lanes<Item> {
  const state: State<Item> = {
    options,
    waiting: [],
    underWay: new Map(),
    pushedCount: 0,
    isStarting: false,
  }
  return {
    push: (item) =>
      new Promise((resolve, reject) => {
        state.waiting.push({ item, name: options.nameOf(item), resolve, reject })
        state.pushedCount += 1
        // After this tick, so that messages handed over together travel together.
        if (!state.isStarting) queueMicrotask(() => start(state))
        state.isStarting = true
      }),
    idle: async () => {
      while (state.underWay.size > 0 || state.waiting.length > 0) {
        await Promise.all(state.underWay.keys())
      }
    },
  }
}

function start<Item>(state: State<Item>) {
  state.isStarting = false
  while (state.underWay.size < state.options.laneCount) {
    const batch = takeBatch(state)
    if (batch.length === 0) return
    const done: Promise<void> = run(state, batch).then(() => {
      state.underWay.delete(done)
      start(state)
    })
    state.underWay.set(done, new Set(batch.map((one) => one.name)))
  }
}

function takeBatch<Item>(state: State<Item>): Waiting<Item>[] {
  const { batchSize, laneCount, smallestShare } = state.options
  const fairShare = Math.ceil(state.pushedCount / laneCount)
  const share = Math.min(batchSize, Math.max(smallestShare, fairShare))
  const batch: Waiting<Item>[] = []
  const left: Waiting<Item>[] = []
  for (const one of state.waiting) {
    const isElsewhere = [...state.underWay.values()].some((names) => names.has(one.name))
    if (batch.length < share && !isElsewhere) batch.push(one)
    else left.push(one)
  }
  state.waiting = left
  return batch
}

async function run<Item>(state: State<Item>, batch: Waiting<Item>[]) {
  try {
    await state.options.work(batch.map((one) => one.item))
    for (const one of batch) one.resolve()
  } catch (error) {
    for (const one of batch) one.reject(error)
  }
  state.pushedCount -= batch.length
  // Whoever heard of it may have more to say at once: that travels together.
  await new Promise(setImmediate)
}
