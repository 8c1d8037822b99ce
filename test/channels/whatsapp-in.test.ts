// The WhatsApp channel over the double: what comes in.
import { describe, expect, it, vi } from 'vitest'
import { createPerson, rawMessage, voice } from '../support/fake-whatsapp/person.ts'
import { linked, until } from '../support/whatsapp/stage.ts'
import { useStages } from '../support/whatsapp/use-stages.ts'

const stageWith = useStages()

const someone = '6281200000001@s.whatsapp.net'
const lid = '98765432101234@lid'

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
