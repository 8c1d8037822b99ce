// Telegram's limits as Telegram counts them: at its own end of a line of uncertain length.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Clock, createLimiter } from '../../src/channels/telegram/limiter.ts'

/** Time that passes only when everything else has come to rest. */
class VirtualClock implements Clock {
  private nowMs = 0
  private timers: { at: number; done: () => void }[] = []

  now(): number {
    return this.nowMs
  }
  after(delayMs: number, done: () => void): void {
    this.timers.push({ at: this.nowMs + delayMs, done })
  }
  wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.after(delayMs, resolve))
  }
  async run(): Promise<void> {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve))
      const next = this.timers.sort((a, b) => a.at - b.at).shift()
      if (!next) return
      this.nowMs = next.at
      next.done()
    }
  }
}

interface Journey {
  chat: number
  toMs: number
  backMs: number
}

/** Sends every message, one at a time to each chat, and notes when Telegram got it. */
async function arrivals(journeys: Journey[]): Promise<{ chat: number; at: number }[]> {
  const clock = new VirtualClock()
  const limiter = createLimiter(clock)
  const arrived: { chat: number; at: number }[] = []
  const sendTo = async (chat: number) => {
    for (const { toMs, backMs } of journeys.filter((journey) => journey.chat === chat)) {
      const answered = await limiter.enter(String(chat))
      await clock.wait(toMs)
      arrived.push({ chat, at: clock.now() })
      await clock.wait(backMs)
      answered()
    }
  }
  const chats = [...new Set(journeys.map(({ chat }) => chat))]
  const all = Promise.all(chats.map(sendTo))
  await clock.run()
  await all
  return arrived
}

const lag = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3_000 }))
const journey = (chats: number) =>
  fc.record({ chat: fc.integer({ min: 1, max: chats }), toMs: lag, backMs: lag })

test('Telegram never gets more than thirty messages in a second', async () => {
  const many = fc.array(journey(200), { minLength: 100, maxLength: 200 })
  await fc.assert(
    fc.asyncProperty(many, async (journeys) => {
      const times = (await arrivals(journeys)).map(({ at }) => at)
      expect(times).toHaveLength(journeys.length)
      const spans = times.slice(30).map((at, i) => at - (times[i] ?? 0))
      expect(Math.min(1_000, ...spans)).toBe(1_000)
    }),
    { numRuns: 25 },
  )
})

test('on a steady line hardly anything is lost to the way there and back', async () => {
  const journeys = Array.from({ length: 900 }, (_, chat) => {
    return { chat, toMs: 5 + (chat % 7), backMs: 20 + ((chat * 13) % 25) }
  })
  const times = (await arrivals(journeys)).map(({ at }) => at)
  const spans = times.slice(30).map((at, i) => at - (times[i] ?? 0))
  expect(Math.min(...spans)).toBeGreaterThanOrEqual(1_000)
  // They come thirty at a time: from the first of one burst to the first of another.
  const seconds = ((times[870] ?? 0) - (times[300] ?? 0)) / 1_000
  expect(570 / seconds).toBeGreaterThan(0.97 * 30)
})

test('who was told to slow down waits a full second after each answer again', async () => {
  const clock = new VirtualClock()
  const limiter = createLimiter(clock)
  const send = async (count: number) => {
    const one = async (chat: number) => {
      const answered = await limiter.enter(String(chat))
      await clock.wait(40)
      answered()
    }
    const all = Promise.all(Array.from({ length: count }, (_, chat) => one(chat)))
    await clock.run()
    await all
  }
  await send(150)
  const before = clock.now()
  await send(60)
  const quick = clock.now() - before
  limiter.pause(0)
  const again = clock.now()
  await send(60)
  expect(quick).toBeLessThan(clock.now() - again)
})

test('one chat never gets more than five at once and one a second after that', async () => {
  const many = fc.array(journey(2), { minLength: 20, maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(many, async (journeys) => {
      const arrived = await arrivals(journeys)
      for (const chat of [1, 2]) {
        const times = arrived.filter((one) => one.chat === chat).map(({ at }) => at)
        // A bucket of five that refills by one a second holds k messages in any k − 5 seconds.
        times.forEach((at, i) => {
          times.slice(i + 1).forEach((later, more) => {
            expect(later - at).toBeGreaterThanOrEqual((more + 2 - 5) * 1_000)
          })
        })
      }
    }),
    { numRuns: 25 },
  )
})

test('where nothing is in the way, thirty go at once and the next ones a second later', async () => {
  const journeys = Array.from({ length: 90 }, (_, chat) => ({ chat, toMs: 0, backMs: 0 }))
  const times = (await arrivals(journeys)).map(({ at }) => at)
  expect(times).toEqual(journeys.map((_, i) => Math.floor(i / 30) * 1_000))
})

test('one chat gets five at once, then one a second', async () => {
  const journeys = Array.from({ length: 8 }, () => ({ chat: 1, toMs: 0, backMs: 0 }))
  const times = (await arrivals(journeys)).map(({ at }) => at)
  expect(times).toEqual([0, 0, 0, 0, 0, 1_000, 2_000, 3_000])
})

test('a pause refuses at once, says how long, and also those who were already waiting', async () => {
  const clock = new VirtualClock()
  const limiter = createLimiter(clock)
  const leave = await Promise.all(
    Array.from({ length: 30 }, (_, chat) => limiter.enter(String(chat))),
  )
  const waiting = limiter.enter('31').catch((error: unknown) => error)
  limiter.pause(7_000)
  limiter.pause(1_000)
  await expect(limiter.enter('32')).rejects.toMatchObject({
    reason: 'slow-down',
    retryMs: 7_000,
    wholeChannel: true,
  })
  for (const answered of leave) answered()
  await clock.run()
  expect(await waiting).toMatchObject({ reason: 'slow-down', retryMs: 6_000 })
  expect(limiter.isPaused()).toBe(true)
  await Promise.all([clock.wait(6_000), clock.run()])
  expect(limiter.isPaused()).toBe(false)
  const again = Array.from({ length: 30 }, (_, chat) => limiter.enter(`again ${chat}`))
  expect(await Promise.all(again)).toHaveLength(30)
})

test('a refused message does not use up the room of the next one', async () => {
  const clock = new VirtualClock()
  const limiter = createLimiter(clock)
  for (let round = 0; round < 40; round++) {
    limiter.pause(100)
    await limiter.enter('1').catch(() => undefined)
    await Promise.all([clock.wait(100), clock.run()])
  }
  const entered = Array.from({ length: 30 }, (_, chat) => limiter.enter(`other ${chat}`))
  expect(await Promise.all(entered)).toHaveLength(30)
  expect(clock.now()).toBe(4_000)
})
