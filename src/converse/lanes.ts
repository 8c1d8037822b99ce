// A few lanes in which pieces of work queue up and are done in batches, in order.

/** How the lanes are laid out. */
export interface LaneOptions<Item> {
  laneCount: number
  batchSize: number
  /** Items with the same name always use the same lane, so they keep their order. */
  laneOf: (item: Item) => string
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
  resolve: () => void
  reject: (error: unknown) => void
}

/** Makes lanes. While a lane works, what comes in waits and goes together next. */
export function createLanes<Item>(options: LaneOptions<Item>): Lanes<Item> {
  const lanes = Array.from({ length: options.laneCount }, () => ({
    waiting: [] as Waiting<Item>[],
    running: undefined as Promise<void> | undefined,
  }))

  async function run(lane: (typeof lanes)[number]) {
    // A tick, so that messages handed over together travel together.
    await Promise.resolve()
    while (lane.waiting.length > 0) {
      const batch = lane.waiting.splice(0, options.batchSize)
      try {
        await options.work(batch.map((one) => one.item))
        for (const one of batch) one.resolve()
      } catch (error) {
        for (const one of batch) one.reject(error)
      }
    }
    lane.running = undefined
  }

  return {
    push: (item) =>
      new Promise((resolve, reject) => {
        const lane = lanes[hash(options.laneOf(item)) % lanes.length] as (typeof lanes)[number]
        lane.waiting.push({ item, resolve, reject })
        lane.running ??= run(lane)
      }),
    idle: async () => {
      await Promise.all(lanes.map((lane) => lane.running))
    },
  }
}

function hash(text: string): number {
  let value = 0
  for (let index = 0; index < text.length; index++) {
    value = (value * 31 + text.charCodeAt(index)) | 0
  }
  return value >>> 0
}
