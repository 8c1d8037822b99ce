// Being called by the Cloud API: 200 means that it is kept, and nothing comes out of order.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type CloudStage, createCloudStage, verifyToken } from '../support/cloud-stage.ts'
import { sign } from '../support/fake-cloud-api/deliveries.ts'
import { payloadOf } from '../support/fake-cloud-api/person.ts'

const secret = '0123456789abcdef0123456789abcdef'
const phoneId = '100000000000001'

describe('the webhook', () => {
  let stage: CloudStage
  beforeEach(async () => {
    stage = await createCloudStage()
  })
  afterEach(() => stage.close())

  const bring = (content: object, text = JSON.stringify(payloadOf(phoneId, { ...content }))) =>
    stage.fake.deliveries.call(text, { 'x-hub-signature-256': sign(secret, text) })
  const words = () => stage.kept.map((inbound) => inbound.words)

  test.each([
    ['no JSON', 'halo'],
    ['nothing', ''],
    ['ten thousand brackets', '['.repeat(10_000)],
    ['bytes that are no text', '\uD83D'],
  ])('%s, signed, is refused and harms nothing', async (_what, text) => {
    const bytes = text === '\uD83D' ? Buffer.from([0x7b, 0xff, 0x7d]) : Buffer.from(text)
    const headers = new Headers({ 'x-hub-signature-256': sign(secret, bytes) })
    expect(await stage.channel.handle(headers, bytes)).toEqual({ status: 400 })
    expect(stage.kept).toEqual([])
  })

  test('what is not for us is received all the same, or it would come for a week', async () => {
    for (const text of ['[]', '{}', '7', 'null', '{"entry":[{"changes":[{"value":{}}]}]}']) {
      expect(await bring({}, text)).toBe(200)
    }
    expect(stage.kept).toEqual([])
  })

  test('what could not be kept is brought again', async () => {
    let failures = 2
    await stage.channel.start(async (inbounds) => {
      if (failures-- > 0) throw new Error('the database is away')
      stage.kept.push(...inbounds)
    })
    stage.fake.person(1).say('halo')
    await stage.fake.deliveries.settled()
    expect(words()).toEqual(['halo'])
    expect(stage.fake.deliveries.made.map(({ status }) => status)).toEqual([503, 503, 200])
  })

  test('nobody hears "received" while nobody listens', async () => {
    await stage.channel.stop()
    stage.fake.person(1).say('halo')
    await vi.waitFor(() => expect(stage.fake.deliveries.made).not.toEqual([]), 60_000)
    await stage.channel.start(async (inbounds) => void stage.kept.push(...inbounds))
    await stage.fake.deliveries.settled()
    expect(words()).toEqual(['halo'])
    expect(stage.fake.deliveries.made[0]?.status).toBe(503)
  })

  test('one person’s messages keep their order, and nobody else waits for them', async () => {
    await stage.close()
    let settleFirst = (): void => undefined
    const first = new Promise<void>((resolve) => {
      settleFirst = resolve
    })
    let count = 0
    stage = await createCloudStage({
      settleAddress: async ({ id }) => {
        count += 1
        if (count === 1) await first
        return id
      },
    })
    const handle = (id: string, from: string) => {
      const said = { id, from, timestamp: '1795248000', type: 'text', text: { body: id } }
      const bytes = Buffer.from(JSON.stringify(payloadOf(phoneId, { messages: [said] })))
      const headers = new Headers({ 'x-hub-signature-256': sign(secret, bytes) })
      return stage.channel.handle(headers, bytes)
    }
    const siti = ['a', 'b', 'c'].map((id) => handle(id, '6280'))
    await handle('x', '6281')
    expect(words()).toEqual(['x'])
    settleFirst()
    expect(await Promise.all(siti)).toEqual([{ status: 200 }, { status: 200 }, { status: 200 }])
    expect(words()).toEqual(['x', 'a', 'b', 'c'])
  })

  test('both ids of a person are settled, and a new number too', async () => {
    const siti = stage.fake.person(1)
    siti.say('halo')
    await stage.fake.deliveries.settled()
    await bring({
      messages: [
        {
          id: 'wamid.s',
          from: siti.waId,
          timestamp: '1795248000',
          type: 'system',
          system: { type: 'user_changed_number', wa_id: '6280000000099' },
        },
      ],
    })
    expect(stage.known).toEqual([
      { id: siti.userId, alsoKnownAs: siti.waId },
      { id: '6280000000099', alsoKnownAs: siti.waId },
    ])
  })

  test('what became of messages is told on: twice, late and in the wrong order', async () => {
    const siti = stage.fake.person(1)
    siti.say('halo')
    const id = await stage.channel.send(siti.userId, { text: 'a' }, stage.asReply())
    const [reply] = siti.shown
    if (!reply) throw new Error('nothing arrived')
    for (const status of ['read', 'sent', 'delivered', 'delivered']) siti.tell(reply, status)
    siti.tell(reply, 'failed', 131049)
    await stage.fake.deliveries.settled()
    expect(stage.deliveries.map((one) => (one as { state: string }).state)).toEqual([
      'read',
      'delivered',
      'delivered',
      'failed',
    ])
    expect(stage.deliveries.at(-1)).toMatchObject({
      providerId: id,
      code: 131049,
      key: 'reply:1:0',
    })
  })

  test('an account that fails later is told to an officer too', async () => {
    const failed = { id: 'wamid.9', status: 'failed', timestamp: '1795248000' }
    await bring({ statuses: [{ ...failed, errors: [{ code: 131042 }] }] })
    await bring({ statuses: [{ ...failed, errors: [{ code: 131026 }] }] })
    await bring({ errors: [{ code: 131031 }] })
    expect(stage.alarms).toEqual(['account-refused 131042', 'account-refused 131031'])
  })

  test('a delivery that could not be kept is told again', async () => {
    await stage.close()
    let failures = 1
    stage = await createCloudStage({
      noteDelivery: async (delivery) => {
        if (failures-- > 0) throw new Error('the database is away')
        stage.deliveries.push(delivery)
      },
    })
    const status = { id: 'wamid.9', status: 'read', timestamp: '1795248000' }
    expect([await bring({ statuses: [status] }), await bring({ statuses: [status] })]).toEqual([
      503, 200,
    ])
    expect(stage.deliveries).toHaveLength(1)
  })
})

describe('the challenge', () => {
  const asked = { 'hub.mode': 'subscribe', 'hub.challenge': '1158201444' }
  let stage: CloudStage
  beforeAll(async () => {
    stage = await createCloudStage()
  })
  afterAll(() => stage.close())

  async function ask(query: Record<string, string>) {
    const response = await fetch(`${stage.fake.deliveries.url}?${new URLSearchParams(query)}`)
    return { status: response.status, text: await response.text(), headers: response.headers }
  }

  test('is given back to who knows the word', async () => {
    const { status, text, headers } = await ask({ ...asked, 'hub.verify_token': verifyToken })
    expect([status, text, headers.get('content-type')]).toEqual([200, '1158201444', 'text/plain'])
  })

  test.each([
    ['no word', {}],
    ['an empty word', { 'hub.verify_token': '' }],
    ['another word', { 'hub.verify_token': `${verifyToken}x` }],
    ['its beginning', { 'hub.verify_token': verifyToken.slice(0, -1) }],
    ['another mode', { 'hub.verify_token': verifyToken, 'hub.mode': 'unsubscribe' }],
    ['a page as challenge', { 'hub.verify_token': verifyToken, 'hub.challenge': '<script>' }],
    ['no challenge', { 'hub.verify_token': verifyToken, 'hub.challenge': '' }],
  ])('is not given back to %s', async (_what, given) => {
    expect(await ask({ ...asked, ...given })).toMatchObject({ status: 403, text: '' })
  })
})
