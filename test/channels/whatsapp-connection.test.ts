// Who owns the number and what follows each of WhatsApp's codes, in virtual time.
import { describe, expect, it } from 'vitest'
import { createWaits, reactTo } from '../../src/channels/whatsapp/close-codes.ts'
import { takeOwnership } from '../../src/channels/whatsapp/ownership.ts'
import { emptyMemory, type Memory, memoryStore } from '../support/whatsapp/memory-store.ts'
import { createVirtualClock, type VirtualClock } from '../support/whatsapp/virtual-clock.ts'

describe('the waits between tries', () => {
  const waitsOf = (codes: number[], openMs = 0, random = () => 1) => {
    const waits = createWaits(random)
    return codes.map((code) => waits.after(reactTo(code), openMs).delayMs)
  }

  it('double from two seconds to five minutes', () => {
    expect(waitsOf(Array(10).fill(408))).toEqual([
      2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000, 300_000,
    ])
  })

  it('spread out, so that many do not come back together', () => {
    expect(waitsOf([428, 428], 0, () => 0)).toEqual([1_000, 2_000])
  })

  it('begin anew after a connection that held', () => {
    const waits = createWaits(() => 1)
    for (let i = 0; i < 5; i++) waits.after(reactTo(503), 0)
    expect(waits.after(reactTo(503), 60_000).delayMs).toBe(2_000)
    expect(waits.after(reactTo(503), 59_999).delayMs).toBe(4_000)
  })

  it('are none after a phone was linked', () => {
    expect(waitsOf([515, 515])).toEqual([0, 0])
  })

  it('are long for whoever was replaced, and longer each time', () => {
    const minutes = waitsOf([440, 440, 440, 440, 440]).map((ms) => ms / 60_000)
    expect(minutes).toEqual([20, 40, 80, 160, 160])
  })

  it('a bad session is told to an officer after five tries, not before', () => {
    const waits = createWaits(() => 1)
    const told = Array.from({ length: 7 }, () => waits.after(reactTo(500), 0).isAlarming)
    expect(told).toEqual([false, false, false, false, false, true, true])
  })

  it.each([
    [401, 'logged-out'],
    [403, 'banned'],
    [405, 'outdated'],
    [411, 'logged-out'],
  ])('%i stops, with an alarm', (code, kind) => {
    const reaction = reactTo(code)
    expect(reaction).toEqual({ state: kind, next: 'stop', alarm: kind })
    expect(createWaits(() => 1).after(reaction, 0).isAlarming).toBe(true)
  })

  it('a code that nobody knows is tried again', () => {
    expect(reactTo(599)).toEqual(reactTo(408))
    expect(reactTo(Number.NaN)).toEqual(reactTo(408))
  })
})

describe('the owner of the number', () => {
  const take = (memory: Memory, clock: VirtualClock, db = clock) =>
    takeOwnership({ lease: memoryStore(memory, db.now).lease, seconds: 20, clock })

  it('is one, and keeps it as long as it lives', async () => {
    const [memory, clock] = [emptyMemory(), createVirtualClock()]
    const owner = await take(memory, clock)
    expect(await take(memory, clock)).toBeUndefined()
    await clock.pass(10 * 60_000)
    expect(owner?.mayAct()).toBe(true)
    expect(await take(memory, clock)).toBeUndefined()
  })

  it('is followed by another at once when it ends, and within its lease when it dies', async () => {
    const [memory, clock] = [emptyMemory(), createVirtualClock()]
    const first = await take(memory, clock)
    await first?.end()
    const dead = createVirtualClock()
    await take(memory, dead, clock)
    await clock.pass(19_999)
    expect(await take(memory, clock)).toBeUndefined()
    await clock.pass(1)
    expect((await take(memory, clock))?.fence).toBe(3)
  })

  it('that was frozen may do nothing when it wakes up, before it asked anybody', async () => {
    const [memory, clock] = [emptyMemory(), createVirtualClock()]
    const frozen = await take(memory, clock)
    clock.freeze(18_001)
    expect(frozen?.mayAct()).toBe(false)
    expect(await frozen?.confirm()).toBe(false)
    expect(frozen?.lost.aborted).toBe(true)
    // Not even its own lease, which nobody took meanwhile, brings it back.
    expect(frozen?.mayAct()).toBe(false)
  })

  it('stops before another can begin', async () => {
    const [memory, clock] = [emptyMemory(), createVirtualClock()]
    const owner = await take(memory, clock)
    memory.isAway = true
    await clock.pass(18_000)
    expect(owner?.mayAct()).toBe(false)
    memory.isAway = false
    expect(await take(memory, clock)).toBeUndefined()
    await clock.pass(2_000)
    expect((await take(memory, clock))?.fence).toBe(2)
  })

  it('outlives a database that is away for a moment', async () => {
    const [memory, clock] = [emptyMemory(), createVirtualClock()]
    const owner = await take(memory, clock)
    memory.isAway = true
    await clock.pass(12_000)
    memory.isAway = false
    await clock.pass(60_000)
    expect(owner?.mayAct()).toBe(true)
  })

  it('loses the number the moment the database says so', async () => {
    const [memory, clock] = [emptyMemory(), createVirtualClock()]
    const owner = await take(memory, clock)
    memory.lease = { ...memory.lease, fence: memory.lease.fence + 1 }
    expect(owner?.mayAct()).toBe(true)
    expect(await owner?.confirm()).toBe(false)
    expect(owner?.mayAct()).toBe(false)
  })

  it('counts from before the question: a slow answer makes the right no longer', async () => {
    const [memory, clock] = [emptyMemory(), createVirtualClock()]
    const { lease } = memoryStore(memory, clock.now)
    const slow = {
      ...lease,
      take: async (seconds: number) => {
        const fence = await lease.take(seconds)
        await clock.wait(15_000)
        return fence
      },
    }
    const taking = takeOwnership({ lease: slow, seconds: 20, clock })
    await clock.pass(15_000)
    const owner = await taking
    expect(owner?.mayAct()).toBe(true)
    clock.freeze(3_000)
    expect(owner?.mayAct()).toBe(false)
  })
})
