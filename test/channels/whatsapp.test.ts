// The WhatsApp channel over the double: linking, every kind of end, what comes in and what goes out.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createPerson, rawMessage, voice } from '../support/fake-whatsapp/person.ts'
import { Unreadable } from '../support/whatsapp/memory-store.ts'
import {
  createStage,
  linked,
  outbound,
  outcomeOf,
  type Stage,
  until,
} from '../support/whatsapp/stage.ts'

const stages: Stage[] = []
function stageWith(creds?: unknown): Stage {
  const stage = createStage(creds)
  stages.push(stage)
  return stage
}
afterEach(async () => {
  vi.useRealTimers()
  for (const stage of stages.splice(0)) await stage.close()
})

const someone = '6281200000001@s.whatsapp.net'
const lid = '98765432101234@lid'

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
    expect(channel.link.find(token)).toBeUndefined()
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

describe('what comes in', () => {
  it('500 that were queued are taken in order, each once', async () => {
    const stage = stageWith(linked)
    const person = createPerson(stage.fake, someone)
    for (let i = 0; i < 500; i++) person.say(`pesan ${i}`)
    await stage.connected()
    await until(() => stage.kept.length === 500, 'all of them')
    expect(stage.kept.map(({ words }) => words)).toEqual(
      Array.from({ length: 500 }, (_, i) => `pesan ${i}`),
    )
  })

  it('what cannot be kept is handed over again until it is, before what came later', async () => {
    const stage = stageWith(linked)
    await stage.connected()
    const person = createPerson(stage.fake, someone)
    stage.failNext(2)
    person.say('satu')
    person.say('dua')
    await until(() => stage.kept.length === 2, 'both')
    expect(stage.kept.map(({ words }) => words)).toEqual(['satu', 'dua'])
  })

  it('what came before the end is kept before the end', async () => {
    const stage = stageWith(linked)
    const channel = await stage.connected()
    stage.failNext(3)
    createPerson(stage.fake, someone).say('satu')
    await channel.stop()
    expect(stage.kept.map(({ words }) => words)).toEqual(['satu'])
  })

  it('a person with two ids is one, whichever comes first, and whenever it is told', async () => {
    const stage = stageWith(linked)
    await stage.connected()
    createPerson(stage.fake, lid).say('satu')
    createPerson(stage.fake, someone).send({ conversation: 'dua' }, lid)
    createPerson(stage.fake, someone).say('tiga')
    await until(() => stage.kept.length === 3, 'three')
    expect(stage.kept.map(({ address }) => address)).toEqual([lid, lid, lid])
  })

  it('asks the client for the phone id of whoever has none', async () => {
    const stage = stageWith(linked)
    await stage.connected()
    stage.memory.addresses.set(someone, someone)
    stage.fake.phoneIds.set(lid, someone)
    createPerson(stage.fake, lid).say('satu')
    await until(() => stage.kept.length === 1, 'one')
    expect(stage.kept[0]?.address).toBe(someone)
  })

  it('a mapping that comes later merges whom we know, and keeps nothing of strangers', async () => {
    const stage = stageWith(linked)
    await stage.connected()
    createPerson(stage.fake, lid).say('satu')
    await until(() => stage.kept.length === 1, 'one')
    stage.fake.listener().sameId(lid, someone)
    stage.fake.listener().sameId('55555555555@lid', '6281299999999@s.whatsapp.net')
    await until(() => stage.memory.addresses.has(someone), 'merged')
    expect([...stage.memory.addresses]).toEqual([
      [lid, lid],
      [someone, lid],
    ])
  })

  it('a call is declined, and told with its id', async () => {
    const stage = stageWith(linked)
    await stage.connected()
    createPerson(stage.fake, someone).ring()
    await until(() => stage.kept.length === 1, 'the call')
    expect(stage.kept[0]).toMatchObject({ kind: 'call', address: someone, words: '' })
    expect(stage.kept[0]?.externalId).toBe(`call:${stage.fake.rejectedCalls[0]}`)
  })

  it('a message that could not be opened: answered after a minute, unless it comes after all', async () => {
    const stage = stageWith(linked)
    await stage.connected()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const stub = (id: string) => ({
      ...rawMessage(someone, {}, { id }),
      message: null,
      messageStubType: 2,
    })
    stage.fake.deliver(stub('3AAA'))
    stage.fake.deliver(stub('3BBB'))
    stage.fake.deliver(rawMessage(someone, voice, { id: '3BBB' }))
    await vi.advanceTimersByTimeAsync(60_000)
    vi.useRealTimers()
    await until(() => stage.kept.length === 2, 'two')
    expect(stage.kept.map(({ kind, externalId }) => [kind, externalId])).toEqual([
      ['voice', '3BBB'],
      ['other', 'unread:3AAA'],
    ])
  })
})

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
    expect(await outcomeOf(channel.send(someone, ...outbound('a')))).toMatchObject({
      reason: 'unreachable',
      isFinal: false,
      maybeSent: true,
    })
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
