// Fifty thousand messages through the real limiter against a strict Telegram, in virtual time.
import { expect, test } from 'vitest'
import { SendError } from '../../src/channels/channel.ts'
import { type Clock, createLimiter } from '../../src/channels/telegram/limiter.ts'
import { Meter, usualLimits } from '../support/fake-bot-api/faults.ts'
import { createRandom } from '../support/simulate/random.ts'

/** Time that goes on to whatever is due next, once nothing else is under way. */
function createCrowdClock() {
  let nowMs = 0
  const timers: { at: number; done: () => void }[] = []
  const after = (delayMs: number, done: () => void) => {
    const at = nowMs + delayMs
    let index = timers.length
    while (index > 0 && (timers[index - 1]?.at ?? 0) > at) index -= 1
    timers.splice(index, 0, { at, done })
  }
  const settle = async () => {
    for (let i = 0; i < 12; i++) await Promise.resolve()
  }
  return {
    clock: { now: () => nowMs, after } satisfies Clock,
    wait: (delayMs: number) => new Promise<void>((resolve) => after(delayMs, resolve)),
    run: async () => {
      for (await settle(); timers.length > 0; await settle()) {
        const next = timers.shift()
        nowMs = next?.at ?? nowMs
        next?.done()
      }
    },
  }
}

const people = 50_000
const senders = 16
const [leastMs, mostMs] = [25, 55]

/** Telegram counts a message when it arrives; now and then it wants everybody to stay away. */
function createTelegramOf(storms: number[]) {
  const meter = new Meter(usualLimits)
  const times: number[] = []
  let stormUntil = 0
  return {
    ...{ meter, times },
    take: (chat: number, now: number) => {
      if (storms.length > 0 && times.length >= (storms[0] as number)) {
        storms.shift()
        stormUntil = now + 5_000
      }
      if (now < stormUntil) return stormUntil - now
      meter.count(chat, now)
      times.push(now)
      return undefined
    },
  }
}

async function sendAll(storms: number[]) {
  const { clock, wait, run } = createCrowdClock()
  const limiter = createLimiter(clock)
  const telegram = createTelegramOf(storms)
  const random = createRandom(7)
  const told = new Map<number, number>()
  let next = 0
  const tell = async (chat: number) => {
    for (;;) {
      const answered = await limiter.enter(String(chat)).catch((error: SendError) => error)
      if (answered instanceof SendError) {
        await wait((answered.retryMs ?? 0) + 50)
        continue
      }
      const travelMs = random.int(leastMs, mostMs)
      await wait(travelMs / 2)
      const awayMs = telegram.take(chat, clock.now())
      await wait(travelMs / 2)
      if (awayMs !== undefined) limiter.pause(awayMs)
      answered()
      if (awayMs !== undefined) continue
      told.set(chat, (told.get(chat) ?? 0) + 1)
      return
    }
  }
  const send = async () => {
    while (next < people) {
      next += 1
      await tell(next)
    }
  }
  const all = Promise.all(Array.from({ length: senders }, send))
  await run()
  await all
  return { ...telegram, told, seconds: clock.now() / 1_000 }
}

test('everybody is told once, at the pace that Telegram allows and never above it', async () => {
  const { meter, times, told, seconds } = await sendAll([])
  expect([told.size, times.length, meter.refusals]).toEqual([people, people, 0])
  const spans = times.slice(30).map((at, i) => at - (times[i] ?? 0))
  expect(Math.min(...spans.slice(0, 10_000))).toBeGreaterThanOrEqual(1_000)
  // An answer is on its way for so long: a message in a second and that can be no more than thirty.
  const allowed = (30 * seconds) / (1 + (leastMs + mostMs) / 2 / 1_000)
  expect(people / allowed).toBeGreaterThan(0.97)
})

test('whoever is sent away comes back when they may, and nobody is missed for it', async () => {
  const { meter, told } = await sendAll([300, 9_000, 9_100, 40_000])
  expect([told.size, meter.refusals, meter.earlyReturns]).toEqual([people, 0, 0])
  expect([...told.values()].every((times) => times === 1)).toBe(true)
})
