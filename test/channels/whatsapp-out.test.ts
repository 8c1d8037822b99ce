// The WhatsApp channel over the double: what goes out.
import { describe, expect, it, vi } from 'vitest'
import { linked, outbound, outcomeOf, until } from '../support/whatsapp/stage.ts'
import { useStages } from '../support/whatsapp/use-stages.ts'

const stageWith = useStages()

const someone = '6281200000001@s.whatsapp.net'
const lid = '98765432101234@lid'

describe('what goes out', () => {
  it('is typed, sent, and has the same id at each try, another for another message', async () => {
    const stage = stageWith(linked)
    const channel = await stage.connected()
    const first = await channel.send(someone, ...outbound('a'))
    expect(first).toMatch(/^3EB0[0-9A-F]{18}$/)
    expect(await channel.send(someone, ...outbound('a'))).toBe(first)
    expect(await channel.send(someone, ...outbound('b'))).not.toBe(first)
    expect(stage.fake.sent).toHaveLength(2)
    expect(stage.fake.typing).toEqual([someone, someone, someone])
  })

  it('is on its way once it was typed, and the server has it only after that was noted', async () => {
    const stage = stageWith(linked)
    const channel = await stage.connected()
    const seen: number[][] = []
    await channel.send(someone, ...outbound('a'), async () => {
      seen.push([stage.fake.typing.length, stage.fake.sent.length])
    })
    expect([seen, stage.fake.sent.length]).toEqual([[[1, 0]], 1])
  })

  it('shows choices as numbered lines', async () => {
    const stage = stageWith(linked)
    const channel = await stage.connected()
    const choices = [
      { label: 'Ya', press: 'y' },
      { label: 'Tidak', press: 'n' },
    ]
    await channel.send(someone, { text: 'Setuju?', choices }, { key: 'a', class: 'reply' })
    expect(stage.fake.sent[0]?.content).toEqual({ text: 'Setuju?\n\n1. Ya\n2. Tidak' })
  })

  it('a file goes with the words, before them when they are long; one that is missing is left out', async () => {
    const stage = stageWith(linked)
    const channel = await stage.connected()
    const file = 'stage.ts'
    const sending = (key: string) => ({ key, class: 'reply' as const })
    await channel.send(someone, { text: 'Kartu', file }, sending('a'))
    await channel.send(someone, { text: 'x'.repeat(1_025), picture: file }, sending('b'))
    await channel.send(someone, { text: 'Kartu', file: 'nowhere.pdf' }, sending('c'))
    const seen = stage.fake.sent.map(({ content: { text, attached } }) => [
      text.length,
      attached?.kind,
      attached?.name,
    ])
    expect(seen).toEqual([
      [5, 'file', file],
      [0, 'picture', file],
      [1_025, undefined, undefined],
      [5, undefined, undefined],
    ])
  })

  it('a line that breaks: perhaps sent, tried again, shown once', async () => {
    const stage = stageWith(linked)
    const channel = await stage.connected()
    stage.fake.next('breaks')
    const begunAt = performance.now()
    expect(await outcomeOf(channel.send(someone, ...outbound('a')))).toMatchObject({
      reason: 'unreachable',
      isFinal: false,
      maybeSent: true,
    })
    // The end of the line is heard, not the end of the patience.
    expect(performance.now() - begunAt).toBeLessThan(10_000)
    await until(() => channel.state() === 'connected' && stage.fake.isConnected(), 'again')
    await channel.send(someone, ...outbound('a'))
    expect(stage.fake.sent).toHaveLength(1)
  })

  it.each(['no-ack', 'lost'] as const)('%s within 20 seconds: tried again', async (fate) => {
    const stage = stageWith(linked)
    const channel = await stage.connected({ leaseSeconds: 60 })
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    stage.fake.next(fate)
    const outcome = outcomeOf(channel.send(someone, ...outbound('a')))
    let isSettled = false
    void outcome.then(() => {
      isSettled = true
    })
    while (vi.getTimerCount() === 0) await new Promise(setImmediate)
    await vi.advanceTimersByTimeAsync(19_900)
    expect(isSettled).toBe(false)
    await vi.advanceTimersByTimeAsync(200)
    expect(await outcome).toMatchObject({ reason: 'unreachable', maybeSent: true, isFinal: false })
    vi.useRealTimers()
    await channel.send(someone, ...outbound('a'))
    expect(stage.fake.sent).toHaveLength(1)
  })

  it('463: what the bot begins waits, an officer is told, answers go on', async () => {
    const stage = stageWith(linked)
    const channel = await stage.connected()
    stage.fake.next({ refuse: '463' })
    const waits = { reason: 'slow-down', isFinal: false, initiatedOnly: true }
    const begin = (key: string) => outcomeOf(channel.send(someone, ...outbound(key, 'reminder')))
    expect(await begin('a')).toMatchObject(waits)
    expect([...stage.memory.alarms.keys()]).toEqual(['time-locked'])
    expect(await begin('b')).toMatchObject(waits)
    expect(stage.fake.arrivals).toHaveLength(1)
    expect(await outcomeOf(channel.send(someone, ...outbound('c')))).toMatch(/^3EB0/)
    // WhatsApp tells when it is over.
    stage.fake.listener().timeLock(false, undefined)
    await until(() => stage.memory.alarms.size === 0, 'over')
    expect(await begin('a')).toMatch(/^3EB0/)
  })

  it('463 for an answer: a visible failure, never tried again', async () => {
    const stage = stageWith(linked)
    const channel = await stage.connected()
    stage.fake.next({ refuse: '463' })
    expect(await outcomeOf(channel.send(someone, ...outbound('a')))).toMatchObject({
      reason: 'refused',
      isFinal: true,
    })
  })

  it.each([
    ['479', 'unreachable', false],
    ['500', 'unreachable', false],
    ['400', 'refused', true],
  ])('refused with %s', async (refuse, reason, isFinal) => {
    const stage = stageWith(linked)
    const channel = await stage.connected()
    stage.fake.next({ refuse })
    expect(await outcomeOf(channel.send(someone, ...outbound('a')))).toMatchObject({
      reason,
      isFinal,
    })
  })

  it('without a connection nothing is tried, and the whole channel waits', async () => {
    const stage = stageWith(linked)
    stage.fake.refuse(503)
    const channel = stage.channel()
    await until(() => channel.state() === 'unreachable', 'unreachable')
    expect(await outcomeOf(channel.send(someone, ...outbound('a')))).toMatchObject({
      reason: 'unreachable',
      wholeChannel: true,
      maybeSent: false,
    })
  })

  it('is sent where the person wrote from last', async () => {
    const stage = stageWith(linked)
    const channel = await stage.connected()
    await channel.send(lid, ...outbound('a'))
    expect(stage.fake.sent[0]?.to).toBe(lid)
  })

  it('a phone that could not read a message gets it again, with what was attached', async () => {
    const stage = stageWith(linked)
    await stage.connected()
    stage.memory.sent.set('3EB0AA', { text: 'Halo', choices: [{ label: 'Ya', press: 'y' }] })
    stage.memory.sent.set('3EB0BB', { text: 'Kartu', file: 'stage.ts' })
    expect(await stage.fake.askAgain('3EB0AA')).toEqual({ text: 'Halo\n\n1. Ya' })
    expect((await stage.fake.askAgain('3EB0BB'))?.attached?.name).toBe('stage.ts')
    expect(await stage.fake.askAgain('3EB0CC')).toBeUndefined()
  })

  it('delivered, read and late failures are noted; one told too early is told again', async () => {
    const stage = stageWith(linked)
    await stage.connected()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { listener } = stage.fake
    const at = new Date('2026-11-21T08:00:00Z')
    listener().delivery({ messageId: 'A', state: 'delivered', at })
    listener().delivery({ messageId: 'A', state: 'read', at })
    listener().ack({ messageId: 'B', error: '421' })
    listener().ack({ messageId: 'C' })
    expect(stage.memory.deliveries).toEqual([])
    await vi.advanceTimersByTimeAsync(2_000)
    expect(
      stage.memory.deliveries.map(({ messageId, state, reason }) => [messageId, state, reason]),
    ).toEqual([
      ['A', 'delivered', undefined],
      ['A', 'read', undefined],
      ['B', 'failed', '421'],
    ])
  })
})
