// Inside the platform's limits, in virtual time.
import { describe, expect, test } from 'vitest'
import { SendError } from '../../src/channels/channel.ts'
import { type Clock, createPace } from '../../src/channels/whatsapp-cloud/pace.ts'

/** A clock that only moves when told, and does what is due on the way. */
function createClock() {
  let now = 1_000
  const due: { at: number; done: () => void }[] = []
  const clock: Clock = {
    now: () => now,
    after: (delayMs, done) => void due.push({ at: now + delayMs, done }),
  }
  const pass = async (delayMs: number) => {
    const end = now + delayMs
    for (;;) {
      await new Promise(setImmediate)
      const next = due.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0]
      if (!next) break
      due.splice(due.indexOf(next), 1)
      now = next.at
      next.done()
    }
    now = end
  }
  return { clock, pass, now: () => now }
}

const refusal = async (entering: Promise<unknown>) => {
  const error = await entering.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return error instanceof SendError ? error : undefined
}

test('never more than so many in any second, however long the answers take', async () => {
  const { clock, pass, now } = createClock()
  const pace = createPace(clock, 20)
  const sentAt: number[] = []
  for (let i = 0; i < 100; i++) {
    void pace.enter(`person ${i}`).then((answered) => {
      sentAt.push(now())
      clock.after((i * 37) % 400, answered)
    })
  }
  await pass(20_000)
  expect(sentAt).toHaveLength(100)
  for (const from of sentAt) {
    expect(sentAt.filter((at) => at >= from && at < from + 1_000).length).toBeLessThanOrEqual(20)
  }
})

describe('one person', () => {
  test('has a burst, then one message in six seconds, and nobody else waits for it', async () => {
    const { clock, pass } = createClock()
    const pace = createPace(clock, 1_000)
    for (let i = 0; i < 40; i++) (await pace.enter('siti'))()
    const refused = await refusal(pace.enter('siti'))
    expect(refused).toMatchObject({ reason: 'slow-down', retryMs: 6_000, wholeChannel: false })
    await expect(pace.enter('budi')).resolves.toBeTypeOf('function')
    await pass(6_000)
    await expect(pace.enter('siti')).resolves.toBeTypeOf('function')
    expect(await refusal(pace.enter('siti'))).toMatchObject({ retryMs: 6_000 })
  })

  test('a short wait is waited here', async () => {
    const { clock, pass, now } = createClock()
    const pace = createPace(clock, 1_000)
    for (let i = 0; i < 40; i++) (await pace.enter('siti'))()
    await pass(5_500)
    let enteredAt = 0
    void pace.enter('siti').then(() => {
      enteredAt = now()
    })
    await pass(2_000)
    expect(enteredAt).toBe(1_000 + 6_000)
  })

  test('who had too much is left alone, each time for longer, until something goes well', async () => {
    const { clock, pass } = createClock()
    const pace = createPace(clock, 1_000)
    expect(pace.pausePair('siti')).toBe(6_000)
    expect(await refusal(pace.enter('siti'))).toMatchObject({ retryMs: 6_000, wholeChannel: false })
    await expect(pace.enter('budi')).resolves.toBeTypeOf('function')
    await pass(6_000)
    await expect(pace.enter('siti')).resolves.toBeTypeOf('function')
    expect(pace.pausePair('siti')).toBe(12_000)
    await pass(12_000)
    pace.wentWell('siti')
    expect(pace.pausePair('siti')).toBe(6_000)
  })
})

describe('a pause', () => {
  test('lets nobody in, also not who waited already', async () => {
    const { clock, pass } = createClock()
    const pace = createPace(clock, 1)
    const answered = await pace.enter('siti')
    const waiting = refusal(pace.enter('budi'))
    pace.pause(5_000)
    answered()
    await pass(1_000)
    expect(await waiting).toMatchObject({ reason: 'slow-down', retryMs: 4_000, wholeChannel: true })
    expect(await refusal(pace.enter('wati'))).toMatchObject({ wholeChannel: true })
    await pass(4_000)
    await expect(pace.enter('wati')).resolves.toBeTypeOf('function')
  })

  test('asked for by several at once is one, and a later one is longer', async () => {
    const { clock, pass } = createClock()
    const pace = createPace(clock, 100)
    pace.pause(5_000)
    pace.pause(5_000)
    await pass(5_000)
    expect(await refusal(pace.enter('a'))).toBeUndefined()
    pace.pause(5_000)
    expect(await refusal(pace.enter('a'))).toMatchObject({ retryMs: 10_000 })
    // One that was under way when the pause began does not end it.
    pace.wentWell('a')
    expect(await refusal(pace.enter('a'))).toMatchObject({ retryMs: 10_000 })
    await pass(10_000)
    pace.wentWell('a')
    pace.pause(5_000)
    expect(await refusal(pace.enter('a'))).toMatchObject({ retryMs: 5_000 })
  })
})
