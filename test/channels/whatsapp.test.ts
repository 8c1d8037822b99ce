// The WhatsApp channel over the double: linking, every kind of end, who owns the number.
import { describe, expect, it, vi } from 'vitest'
import { Unreadable } from '../support/whatsapp/memory-store.ts'
import { linked, outbound, outcomeOf, until } from '../support/whatsapp/stage.ts'
import { useStages } from '../support/whatsapp/use-stages.ts'

const stageWith = useStages()

const someone = '6281200000001@s.whatsapp.net'

describe('linking a phone', () => {
  it('shows a code in the terminal and on the page, and the next one in its place', async () => {
    const stage = stageWith()
    const channel = stage.channel()
    await until(() => channel.state() === 'waiting-for-qr', 'a code')
    expect(stage.told).toHaveLength(1)
    const token = /web-link-page (\S+)/.exec(stage.told[0] ?? '')?.[1] ?? ''
    const first = channel.link.find(token)
    expect(first).toMatchObject({ kind: 'qr', svg: expect.stringContaining('<svg') })
    stage.fake.showCode()
    expect(channel.link.find(token)).not.toEqual(first)
    expect(channel.link.find(`${token.slice(0, -1)}!`)).toBeUndefined()
    expect(channel.link.find('')).toBeUndefined()
    await stage.fake.link()
    await until(() => channel.state() === 'connected', 'connected')
    expect(channel.link.find(token)).toEqual({ kind: 'linked' })
    expect(stage.told.at(-1)).toBe('web-link-done')
  })

  it('goes on with the same identity after a restart, without a code', async () => {
    const stage = stageWith()
    const channel = stage.channel()
    await until(() => stage.fake.codes.length > 0, 'a code')
    await stage.fake.link()
    await until(() => channel.state() === 'connected', 'connected')
    await channel.stop()
    await stage.connected()
    expect(stage.fake.codes).toHaveLength(1)
  })

  it('ends after a quarter of an hour', async () => {
    const stage = stageWith()
    const channel = stage.channel()
    await until(() => channel.state() === 'waiting-for-qr', 'a code')
    const token = /web-link-page (\S+)/.exec(stage.told[0] ?? '')?.[1] ?? ''
    // The lease ends too, as it does for whoever was frozen: it is taken again.
    stage.freeze(15 * 60_000)
    await until(() => channel.state() === 'not-linked', 'an end')
    stage.fake.showCode()
    expect(channel.link.find(token)).toEqual({ kind: 'over' })
    expect(stage.told).toHaveLength(1)
  })

  it('by a code to be typed, asked for once', async () => {
    const stage = stageWith()
    const channel = stage.channel({ phone: '6281200000009' })
    await until(() => channel.state() === 'waiting-for-code' && stage.told.length > 0, 'a code')
    stage.fake.showCode()
    expect(stage.fake.codes.filter((code) => code === 'ABCD1234')).toHaveLength(1)
    expect(stage.told[0]).toContain('ABCD-1234')
    await stage.fake.link()
    await until(() => channel.state() === 'connected', 'connected')
  })

  it('a code that nobody typed leaves no number to log in with', async () => {
    const stage = stageWith({ identity: 'half', me: { id: 'bot' }, pairingCode: 'ABCD1234' })
    const channel = stage.channel()
    await until(() => channel.state() === 'waiting-for-qr', 'a code')
    expect(stage.fake.openings[0]?.auth.creds).toEqual({ identity: 'half', registered: false })
  })
})

describe('the end of a connection', () => {
  it.each([408, 428, 503, 500])('%i: connects again', async (code) => {
    const stage = stageWith(linked)
    const channel = await stage.connected()
    stage.fake.close(code)
    await until(() => !stage.fake.isConnected(), 'closed')
    await until(() => channel.state() === 'connected' && stage.fake.isConnected(), 'again')
    expect(stage.memory.alarms.size).toBe(0)
  })

  it.each([
    [401, 'logged-out'],
    [403, 'banned'],
    [405, 'outdated'],
    [411, 'logged-out'],
  ])('%i: stops, tells an officer, and wipes nothing', async (code, state) => {
    const stage = stageWith(linked)
    const channel = await stage.connected()
    stage.fake.close(code)
    await until(() => channel.state() === state, state)
    expect([...stage.memory.alarms.keys()]).toEqual([state])
    expect(stage.fake.openings).toHaveLength(1)
    expect(stage.memory.creds).toEqual(linked)
    expect(await outcomeOf(channel.send(someone, ...outbound('a')))).toMatchObject({
      reason: 'unauthorised',
      isFinal: false,
    })
  })

  it('an officer puts an end to the link: the number is offered anew', async () => {
    const stage = stageWith(linked)
    const channel = await stage.connected()
    stage.fake.close(401)
    await until(() => channel.state() === 'logged-out', 'logged out')
    stage.memory.creds = undefined
    stage.memory.lease = { ...stage.memory.lease, fence: stage.memory.lease.fence + 1, until: 0 }
    await until(() => channel.state() === 'waiting-for-qr', 'a new code')
  })

  it('440 while the number is ours: somebody else is linked, and nobody fights', async () => {
    const stage = stageWith(linked)
    const channel = await stage.connected()
    stage.fake.replace()
    await until(() => channel.state() === 'replaced', 'replaced')
    expect([...stage.memory.alarms.keys()]).toEqual(['replaced'])
    expect(stage.fake.openings).toHaveLength(1)
  })

  it('440 because another process took the number: stands by, without alarm', async () => {
    const stage = stageWith(linked)
    const channel = await stage.connected()
    const { fence } = stage.memory.lease
    stage.memory.lease = { holder: 'another', fence: fence + 1, until: performance.now() + 60_000 }
    stage.fake.replace()
    await until(() => channel.state() === 'standby', 'standby')
    expect(stage.memory.alarms.size).toBe(0)
  })

  it('a working connection closes the alarms', async () => {
    const stage = stageWith(linked)
    stage.memory.alarms.set('replaced', '').set('time-locked', '2999-01-01T00:00:00Z')
    await stage.connected()
    await until(() => stage.memory.alarms.size === 1, 'closed')
    expect([...stage.memory.alarms.keys()]).toEqual(['time-locked'])
  })

  it('keys that cannot be read: stops with an alarm, and never asks for a new link', async () => {
    const stage = stageWith(new Unreadable())
    const channel = stage.channel()
    await until(() => channel.state() === 'auth-broken', 'broken')
    expect([...stage.memory.alarms.keys()]).toEqual(['auth-broken'])
    expect(stage.fake.openings).toHaveLength(0)
    expect(stage.fake.codes).toHaveLength(0)
  })

  it('a key that cannot be read in the middle: the same', async () => {
    const stage = stageWith(linked)
    const channel = await stage.connected()
    const broken = vi.spyOn(stage.memory.keys, 'get').mockImplementation(() => {
      throw new Unreadable()
    })
    await stage.fake.openings[0]?.auth.readKeys('session', ['x']).catch(() => undefined)
    await until(() => channel.state() === 'auth-broken', 'broken')
    expect(stage.memory.alarms.has('auth-broken')).toBe(true)
    broken.mockRestore()
  })

  it('starts without waiting for anybody', async () => {
    const stage = stageWith(linked)
    stage.memory.isAway = true
    const channel = stage.channel()
    await until(() => channel.state() === 'unreachable', 'unreachable')
    stage.memory.isAway = false
    await until(() => channel.state() === 'connected', 'connected')
  })
})

describe('two processes', () => {
  it('one connects, the other takes over when it ends, or dies', async () => {
    const stage = stageWith(linked)
    const first = await stage.connected()
    const second = stage.channel()
    await until(() => second.state() === 'standby', 'standby')
    await first.stop()
    await until(() => second.state() === 'connected', 'take-over')
    expect(stage.fake.openings).toHaveLength(2)
  })

  it('one that was frozen sends nothing and writes nothing when it wakes up', async () => {
    const stage = stageWith(linked)
    const frozen = await stage.connected()
    const before = stage.fake.arrivals.length
    stage.freeze(5_000)
    expect(await outcomeOf(frozen.send(someone, ...outbound('a')))).toMatchObject({
      reason: 'unreachable',
      isFinal: false,
    })
    const written = stage.fake.openings[0]?.auth.write({ keys: { session: { a: 1 } } })
    await expect(written).rejects.toThrow('another process owns the number')
    expect(stage.fake.arrivals).toHaveLength(before)
    expect(stage.memory.keys.size).toBe(0)
  })
})
