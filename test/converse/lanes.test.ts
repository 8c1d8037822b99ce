// Lanes: what is handed over is done once, in order for each name, in batches when there is a crowd.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLanes } from '../../src/converse/lanes.ts'

interface Item {
  name: string
  number: number
}

/** Lanes that write down what they did; each batch takes as many ticks as its first number says. */
function createRecorder(laneCount: number, batchSize: number, smallestShare = 1) {
  const batches: Item[][] = []
  const underWay = new Set<string>()
  const clashes: string[] = []
  const lanes = createLanes<Item>({
    laneCount,
    batchSize,
    smallestShare,
    nameOf: (item) => item.name,
    work: async (items) => {
      const names = new Set(items.map((item) => item.name))
      for (const name of names) if (underWay.has(name)) clashes.push(name)
      for (const name of names) underWay.add(name)
      for (let tick = (items[0]?.number ?? 0) % 4; tick > 0; tick--) await new Promise(setImmediate)
      for (const name of names) underWay.delete(name)
      batches.push(items)
    },
  })
  return { lanes, batches, clashes }
}

const names = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 60 })

test('each is done once, in order for its name, never in two lanes at once', async () => {
  await fc.assert(
    fc.asyncProperty(names, fc.integer({ min: 1, max: 4 }), async (given, laneCount) => {
      const { lanes, batches, clashes } = createRecorder(laneCount, 7, given.length % 9)
      const items = given.map((name, number) => ({ name, number }))
      const pushed = items.map(async (item) => {
        if (item.number % 3 === 0) await new Promise(setImmediate)
        await lanes.push(item)
      })
      await Promise.all(pushed)
      await lanes.idle()
      const done = batches.flat()
      expect(clashes).toEqual([])
      expect(done.map((item) => item.number).sort((a, b) => a - b)).toEqual(given.map((_, i) => i))
      for (const batch of batches) expect(batch.length).toBeLessThanOrEqual(7)
    }),
    { numRuns: 200 },
  )
})

test('those of one name that are handed over in order stay in order', async () => {
  const { lanes, batches } = createRecorder(3, 5)
  await Promise.all(
    Array.from({ length: 40 }, (_, number) => lanes.push({ name: `n${number % 3}`, number })),
  )
  for (const name of ['n0', 'n1', 'n2']) {
    const numbers = batches.flat().flatMap((item) => (item.name === name ? [item.number] : []))
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
  }
})

test('a few travel together, a crowd is shared among the lanes', async () => {
  const { lanes, batches } = createRecorder(2, 7, 4)
  const pushAll = async (count: number) => {
    await Promise.all(
      Array.from({ length: count }, (_, number) => lanes.push({ name: `n${number}`, number })),
    )
    await lanes.idle()
    return batches.splice(0).map((batch) => batch.length)
  }
  expect(await pushAll(4)).toEqual([4])
  expect(await pushAll(10)).toEqual([5, 5])
  expect(await pushAll(16)).toEqual([7, 7, 2])
})

test('a batch that fails is the failure of each in it, and the lane goes on', async () => {
  const lanes = createLanes<number>({
    laneCount: 1,
    batchSize: 2,
    smallestShare: 1,
    nameOf: String,
    work: async (items) => {
      if (items.includes(1)) throw new Error('one')
    },
  })
  const results = await Promise.allSettled([1, 2, 3].map((item) => lanes.push(item)))
  expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected', 'fulfilled'])
})
