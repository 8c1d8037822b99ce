// Being called by Telegram: only who knows the secret is heard, and 200 means that it is kept.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Telegram } from '../../src/channels/telegram/index.ts'
import { createStage, type Stage } from '../support/telegram-stage.ts'

let stage: Stage

beforeEach(async () => {
  stage = await createStage()
})
afterEach(() => stage.close())

const words = () => stage.kept.map((inbound) => inbound.words)

describe('webhook', () => {
  const secret = 'Rahasia_desa-1'
  let calls: Server
  let url: string

  async function listen(channel: Telegram): Promise<void> {
    calls.on('request', async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const headers = new Headers(request.headers as Record<string, string>)
      const status = await channel.handle(headers, Buffer.concat(chunks))
      response.writeHead(status).end()
    })
    await new Promise<void>((resolve) => calls.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(calls.address() as AddressInfo).port}/telegram`
  }
  async function started(receive = stage.keep): Promise<Telegram> {
    // The port is known only now, so the channel is made when it listens.
    let channel: Telegram | undefined
    const late = { handle: (...call: Parameters<Telegram['handle']>) => channel?.handle(...call) }
    await listen(late as Telegram)
    channel = stage.telegram({ webhook: { url, secret } })
    await channel.start(receive)
    return channel
  }
  beforeEach(() => {
    calls = createServer()
    stage.atEnd(async () => calls.close())
  })

  test('takes what Telegram brings and answers when it is kept', async () => {
    const channel = await started()
    expect(channel.state()).toBe('ready')
    const ids = ['satu', 'dua'].map((text) => stage.fake.chat(11).say(text).update_id)
    await stage.fake.waitForAck(ids)
    expect(words()).toEqual(['satu', 'dua'])
    expect(stage.fake.updates.deliveries.map(({ status }) => status)).toEqual([200, 200])
  })

  test('what could not be kept is brought again', async () => {
    let failures = 2
    await started(async (inbounds) => {
      if (failures-- > 0) throw new Error('the database is away')
      await stage.keep(inbounds)
    })
    const { update_id } = stage.fake.chat(11).say('halo')
    await stage.fake.waitForAck([update_id])
    expect(words()).toEqual(['halo'])
    expect(stage.fake.updates.deliveries.map(({ status }) => status)).toEqual([503, 503, 200])
  })

  test('is set again and again until Telegram took it', async () => {
    stage.fake.failNext('setWebhook', { times: 3 })
    const channel = await started()
    expect(channel.state()).toBe('unreachable')
    await stage.untilState(channel, 'ready')
  })

  test('stays set when the program stops, and the caller is asked to come again', async () => {
    const channel = await started()
    await channel.stop()
    const { update_id } = stage.fake.chat(11).say('halo')
    await stage.until(() => stage.fake.updates.deliveries.length > 0, 'a call')
    expect(stage.fake.updates.deliveries[0]?.status).toBe(503)
    await channel.start(stage.keep)
    await stage.fake.waitForAck([update_id])
  })

  const good = JSON.stringify({
    update_id: 1,
    message: {
      message_id: 1,
      date: 1_795_248_000,
      chat: { id: 11, type: 'private' },
      from: { id: 11, is_bot: false },
      text: 'halo',
    },
  })
  const attempts: [
    what: string,
    given: string | undefined,
    body: string | Uint8Array,
    status: number,
  ][] = [
    ['the secret', secret, good, 200],
    ['no secret', undefined, good, 401],
    ['an empty secret', '', good, 401],
    ['a wrong secret', 'Rahasia_desa-2', good, 401],
    ['its beginning', secret.slice(0, -1), good, 401],
    ['more than it', `${secret}1`, good, 401],
    ['it in small letters', secret.toLowerCase(), good, 401],
    ['it twice', `${secret}, ${secret}`, good, 401],
    ['a wrong secret and too much', 'x', 'a'.repeat(1_048_577), 401],
    ['too much', secret, `{"a":"${'a'.repeat(1_048_576)}"}`, 413],
    ['no JSON', secret, 'halo', 400],
    ['nothing', secret, '', 400],
    ['another JSON', secret, '[1]', 400],
    ['no id', secret, '{"message":{}}', 400],
    ['bytes that are no text', secret, new Uint8Array([0x7b, 0xff, 0x7d]), 400],
    ['ten thousand brackets', secret, '['.repeat(10_000), 400],
    ['an update of an unknown kind', secret, '{"update_id":1,"hologram":{}}', 200],
  ]
  test.each(attempts)('with %s', async (_what, given, body, status) => {
    const channel = await started()
    const headers = new Headers(
      given === undefined ? {} : { 'X-Telegram-Bot-Api-Secret-Token': given },
    )
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
    expect(await channel.handle(headers, bytes)).toBe(status)
    expect(stage.kept.length).toBe(body === good && status === 200 ? 1 : 0)
  })

  test.each(['', 'dua kata', 'x'.repeat(257), 'rahasia!'])('refuses the secret "%s"', (bad) => {
    expect(() => stage.telegram({ webhook: { url: 'https://x', secret: bad } })).toThrow(
      /needs a secret/,
    )
  })

  test('is not there when the bot polls', async () => {
    const headers = new Headers({ 'x-telegram-bot-api-secret-token': '' })
    expect(await stage.telegram().handle(headers, new TextEncoder().encode(good))).toBe(404)
  })
})
