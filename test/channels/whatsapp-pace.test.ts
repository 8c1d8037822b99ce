// A person's pace and the breaker, in virtual time.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SendError } from '../../src/channels/channel.ts'
import { createBreaker } from '../../src/channels/whatsapp/breaker.ts'
import { createPace } from '../../src/channels/whatsapp/pace.ts'
import { emptyMemory, memoryStore } from '../support/whatsapp/memory-store.ts'
import { createVirtualClock } from '../support/whatsapp/virtual-clock.ts'

describe('the pace', () => {
  it('takes one chat at a time, with a breath between, answers first', async () => {
    const clock = createVirtualClock()
    const pace = createPace(clock)
    const done: string[] = []
    const take = (name: string, isReply: boolean) =>
      pace.turn(isReply, async () => {
        done.push(`${name} begins ${clock.now()}`)
        await clock.wait(1_000)
        done.push(`${name} ends ${clock.now()}`)
      })
    void take('first', true)
    void take('reminder', false)
    void take('answer', true)
    await clock.pass(10_000)
    expect(done).toEqual([
      'first begins 0',
      'first ends 1000',
      'answer begins 1725',
      'answer ends 2725',
      'reminder begins 3450',
      'reminder ends 4450',
    ])
  })

  it('breathes differently each time, and never not at all', async () => {
    const chances = [0, 1, 0.25]
    const clock = createVirtualClock(() => chances.shift() ?? 0.5)
    const pace = createPace(clock)
    const begun: number[] = []
    for (let i = 0; i < 3; i++) void pace.turn(true, async () => begun.push(clock.now()))
    await clock.pass(5_000)
    expect(begun).toEqual([0, 250, 1_450])
  })

  it('goes on after a failure', async () => {
    const clock = createVirtualClock()
    const pace = createPace(clock)
    await expect(pace.turn(true, () => Promise.reject(new Error('x')))).rejects.toThrow('x')
    const next = pace.turn(true, async () => 'sent')
    await clock.pass(2_000)
    await expect(next).resolves.toBe('sent')
  })

  it('types longer for more words, within what a person waits for', () => {
    const pace = createPace(createVirtualClock())
    expect(pace.typingMs(5)).toBe(500)
    expect(pace.typingMs(100)).toBe(1_200)
    expect(pace.typingMs(4_000)).toBe(2_500)
    const slow = createPace(createVirtualClock(() => 1))
    expect(slow.typingMs(100)).toBeCloseTo(1_560)
  })
})

describe('the breaker', () => {
  beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-11-21T08:00:00Z') }))
  afterEach(() => void vi.useRealTimers())

  const stage = (dailyCap = 20) => {
    const clock = createVirtualClock()
    const memory = emptyMemory()
    const store = memoryStore(memory, () => Date.now())
    return { clock, memory, store, breaker: createBreaker(store, clock, dailyCap) }
  }
  const refusal = async (enter: Promise<void>) => {
    const error = await enter.then(
      () => undefined,
      (thrown: SendError) => thrown,
    )
    if (!error) return undefined
    const { reason, initiatedOnly, retryMs } = error
    expect({ reason, initiatedOnly }).toEqual({ reason: 'slow-down', initiatedOnly: true })
    return retryMs
  }

  it('lets one chat begin, and the next a good while later', async () => {
    const { breaker, clock } = stage()
    expect(await refusal(breaker.enter())).toBeUndefined()
    breaker.began()
    expect(await refusal(breaker.enter())).toBe(60_000)
    await clock.pass(59_999)
    expect(await refusal(breaker.enter())).toBe(1)
    await clock.pass(1)
    expect(await refusal(breaker.enter())).toBeUndefined()
  })

  it('begins no more in any 24 hours than the cap', async () => {
    const { breaker, memory } = stage(2)
    const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000)
    memory.initiated.push(ago(30), ago(23))
    expect(await refusal(breaker.enter())).toBeUndefined()
    memory.initiated.push(ago(1))
    expect(await refusal(breaker.enter())).toBe(30 * 60_000)
    vi.setSystemTime(Date.now() + 3_600_001)
    expect(await refusal(breaker.enter())).toBeUndefined()
  })

  it('a cap of nothing begins nothing', async () => {
    const { breaker } = stage(0)
    expect(await refusal(breaker.enter())).toBe(30 * 60_000)
  })

  it('stops for as long as WhatsApp says, and tells an officer', async () => {
    const { breaker, memory } = stage()
    await breaker.lock(new Date(Date.now() + 3_600_000))
    expect(memory.alarms.get('time-locked')).toBe('2026-11-21T09:00:00.000Z')
    expect(await refusal(breaker.enter())).toBe(3_600_000)
    vi.setSystemTime(Date.now() + 3_600_000)
    expect(await refusal(breaker.enter())).toBeUndefined()
    expect(memory.alarms.has('time-locked')).toBe(false)
  })

  it('stops for a day when WhatsApp does not say, and is not shortened by a second word', async () => {
    const { breaker } = stage()
    await breaker.lock(undefined)
    await breaker.lock(new Date(Date.now() + 1_000))
    expect(await refusal(breaker.enter())).toBe(24 * 3_600_000)
  })

  it('opens again when WhatsApp says so', async () => {
    const { breaker, memory } = stage()
    await breaker.lock(undefined)
    await breaker.unlock()
    expect(await refusal(breaker.enter())).toBeUndefined()
    expect(memory.alarms.size).toBe(0)
  })

  it('is still shut after a restart', async () => {
    const { breaker, clock, store } = stage()
    await breaker.lock(new Date(Date.now() + 60_000))
    const again = createBreaker(store, clock, 20)
    expect(await refusal(again.enter())).toBe(60_000)
  })
})
