// Being called by the Cloud API: only who knows the secret is heard, and 200 means that it is kept.
import { createHmac, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { type Program, startProgram } from '../../src/program.ts'
import { type CloudStage, createCloudStage, verifyToken } from '../support/cloud-stage.ts'
import { sign } from '../support/fake-cloud-api/deliveries.ts'
import { payloadOf } from '../support/fake-cloud-api/person.ts'
import { freshDatabase } from '../support/postgres.ts'

const secret = '0123456789abcdef0123456789abcdef'
const phoneId = '100000000000001'

/** A call as an attacker may make it. */
interface Call {
  body?: string | Uint8Array
  headers?: Record<string, string>
  method?: string
  path?: string
}

const payload = payloadOf(phoneId, {
  contacts: [{ profile: { name: 'Siti 🌺' }, wa_id: '6280000000011' }],
  messages: [
    {
      from: '6280000000011',
      id: 'wamid.1',
      timestamp: '1795248000',
      type: 'text',
      text: { body: 'halo 🙏 é "a/b"' },
    },
  ],
})
// As the platform writes it: everything outside ASCII and each slash is escaped.
const body = JSON.stringify(payload)
  .replaceAll('/', '\\/')
  .replace(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
const right = sign(secret, body)
const digest = right.slice('sha256='.length)
const by = (key: string, what: string | Uint8Array = body, kind = 'sha256') =>
  createHmac(kind, key).update(what).digest('hex')
const signed = (signature: string): Call => ({ headers: { 'x-hub-signature-256': signature } })
const changed = (text: string): Call => ({ ...signed(right), body: text })
const swap = (at: number) =>
  `${digest.slice(0, at)}${digest[at] === '0' ? '1' : '0'}${digest.slice(at + 1)}`

const forged: [what: string, call: Call][] = [
  ['no signature', {}],
  ['an empty one', signed('')],
  ['its name only', signed('sha256=')],
  ['zeros', signed(`sha256=${'0'.repeat(64)}`)],
  ['anything', signed(`sha256=${randomBytes(32).toString('hex')}`)],
  ['its beginning', signed(right.slice(0, -1))],
  ['half of it', signed(right.slice(0, 39))],
  ['more than it', signed(`${right}0`)],
  ['it twice', signed(`${right}, ${right}`)],
  ['it with a wrong one before it', signed(`sha256=${'0'.repeat(64)},${right}`)],
  ['its first letter changed', signed(`sha256=${swap(0)}`)],
  ['its last letter changed', signed(`sha256=${swap(63)}`)],
  ['it in capitals', signed(`sha256=${digest.toUpperCase()}`)],
  ['its name in capitals', signed(`SHA256=${digest}`)],
  ['it without its name', signed(digest)],
  ['it with another name', signed(`sha1=${digest}`)],
  ['it in base64', signed(`sha256=${Buffer.from(digest, 'hex').toString('base64')}`)],
  ['quotes around it', signed(`"${right}"`)],
  ['a space in it', signed(`sha256= ${digest}`)],
  ['sha1', signed(`sha1=${by(secret, body, 'sha1')}`)],
  ['sha1 under its name', signed(`sha256=${by(secret, body, 'sha1')}`)],
  ['sha512 under its name', signed(`sha256=${by(secret, body, 'sha512')}`)],
  ['another secret', signed(`sha256=${by('0123456789abcdef0123456789abcdee')}`)],
  ['an empty secret', signed(`sha256=${by('')}`)],
  ['the secret in capitals', signed(`sha256=${by(secret.toUpperCase())}`)],
  ['the secret as bytes', signed(`sha256=${by(Buffer.from(secret, 'hex').toString('latin1'))}`)],
  ['the verify token as secret', signed(`sha256=${by(verifyToken)}`)],
  ['the phone’s id as secret', signed(`sha256=${by(phoneId)}`)],
  ['a plain hash', signed(`sha256=${by('', body)}`)],
  ['the old header', { headers: { 'x-hub-signature': right } }],
  ['it in the query', { path: `/whatsapp?x-hub-signature-256=${right}` }],
  ['JSON written anew', changed(JSON.stringify(payload))],
  ['the emoji as itself', changed(body.replace('\\ud83d\\ude4f', '🙏'))],
  ['a letter changed', changed(body.replace('halo', 'hal0'))],
  ['another id', changed(body.replace('wamid.1', 'wamid.2'))],
  ['a line break at the end', changed(`${body}\n`)],
  ['a space before it', changed(` ${body}`)],
  ['its last byte gone', changed(body.slice(0, -1))],
  ['a mark at its beginning', changed(`\uFEFF${body}`)],
  ['PUT', { ...signed(right), method: 'PUT' }],
  ['another path', { ...signed(right), path: '/whatsapp/x' }],
]

describe('in the real program', () => {
  let program: Program
  let folder: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'webhook-'))
    const config = readConfig({
      DATABASE_URL: await freshDatabase(),
      SECRET_KEY: randomBytes(32).toString('base64'),
      DATA_DIR: folder,
      PORT: '0',
      LOG_LEVEL: 'silent',
      WHATSAPP: 'cloud',
      WHATSAPP_CLOUD_API_ROOT: 'http://127.0.0.1:1',
      WHATSAPP_CLOUD_PHONE_ID: phoneId,
      WHATSAPP_CLOUD_TOKEN: 'EAAinvented-token-of-nobody',
      WHATSAPP_CLOUD_APP_SECRET: secret,
      WHATSAPP_CLOUD_VERIFY_TOKEN: verifyToken,
    })
    program = await startProgram(config, () => undefined)
  })
  afterAll(async () => {
    await program?.stop()
    rmSync(folder, { recursive: true })
  })

  async function call({ path = '/whatsapp', ...given }: Call): Promise<number> {
    const init = { method: 'POST', body, ...given }
    const response = await fetch(`http://127.0.0.1:${program.port}${path}`, init)
    await response.arrayBuffer()
    return response.status
  }
  async function countRows(): Promise<object> {
    const { rows } = await program.runtime.db.pool.query(
      `SELECT (SELECT count(*)::int FROM address) AS addresses,
              (SELECT count(*)::int FROM inbound) AS inbounds,
              (SELECT count(*)::int FROM outbound) AS outbounds`,
    )
    return rows[0]
  }
  const nothing = { addresses: 0, inbounds: 0, outbounds: 0 }

  test.each(forged)('%s changes nothing', async (_what, given) => {
    const status = await call(given)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
    expect(await countRows()).toEqual(nothing)
  })

  test('there are forty of them', () => {
    expect(forged.length).toBeGreaterThanOrEqual(40)
  })

  test('the right one is kept, once', async () => {
    expect(await countRows()).toEqual(nothing)
    expect(await call(signed(right))).toBe(200)
    const kept = await countRows()
    expect(kept).toMatchObject({ addresses: 1, inbounds: 1 })
    expect(await call(signed(right))).toBe(200)
    expect(await countRows()).toEqual(kept)
  })

  test('the state stands at /readyz', async () => {
    const response = await fetch(`http://127.0.0.1:${program.port}/readyz`)
    expect(await response.json()).toHaveProperty('whatsapp-cloud')
  })

  test('what is too large is not even read', async () => {
    const large = `{"a":"${'a'.repeat(3 * 1024 * 1024)}"}`
    expect(await call({ body: large, ...signed(sign(secret, large)) })).toBe(413)
  })
})

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
    await new Promise((resolve) => setTimeout(resolve, 80))
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
    expect(stage.alarms).toEqual(['whatsapp-cloud-account 131042', 'whatsapp-cloud-account 131031'])
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
