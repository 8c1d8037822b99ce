// The fake Bot API: failing on purpose, limits, and calling a webhook.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { api, fake, refusal, startForEachTest } from './stage.ts'

startForEachTest()

describe('failing on purpose', () => {
  test('answers as told, as often as told, to the calls it was told', async () => {
    fake.chat(11)
    fake.chat(12)
    const description = 'Too Many Requests: retry after 7'
    const when = ({ chat_id }: Record<string, unknown>) => chat_id === 11
    const parameters = { retry_after: 7 }
    fake.failNext('sendMessage', { status: 429, description, parameters, times: 2, when })
    expect(await refusal(api.sendMessage(12, 'a'))).toBe('accepted')
    expect(await refusal(api.sendMessage(11, 'a'))).toBe(`429 ${description}`)
    expect(await refusal(api.sendMessage(11, 'a'))).toBe(`429 ${description}`)
    expect(await refusal(api.sendMessage(11, 'a'))).toBe('accepted')
  })

  test('cuts the line before or after the message was taken', async () => {
    const ani = fake.chat(11)
    fake.failNext('sendMessage', {})
    expect(await refusal(api.sendMessage(11, 'hilang'))).toBe('no answer')
    expect(ani.replies()).toEqual([])
    fake.failNext('sendMessage', { afterEffect: true })
    expect(await refusal(api.sendMessage(11, 'sampai'))).toBe('no answer')
    expect(ani.replies().map(({ text }) => text)).toEqual(['sampai'])
    expect(fake.calls.map(({ hadEffect }) => hadEffect)).toEqual([false, true])
  })

  test('answers with a proxy’s page, is slow, and refuses a revoked token', async () => {
    fake.failNext('getMe', { status: 502, body: '<html>Bad Gateway</html>' })
    expect(await refusal(api.getMe())).toBe('no answer')
    fake.delay('getMe', 120)
    const startedAt = Date.now()
    await api.getMe()
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(115)
    fake.revokeToken()
    expect(await refusal(api.getMe())).toBe('401 Unauthorized')
  })

  test('holds the limits and counts who comes back too soon', async () => {
    fake.chat(11)
    const meter = fake.limit({ chatBurst: 2 })
    const answers = []
    for (let i = 0; i < 4; i++) answers.push(await refusal(api.sendMessage(11, `pesan ${i}`)))
    expect(answers.map((answer) => answer.slice(0, 8))).toEqual([
      'accepted',
      'accepted',
      '429 Too ',
      '429 Too ',
    ])
    expect([meter.refusals, meter.earlyReturns]).toEqual([1, 1])
  })

  test('lets thirty messages a second through, over all chats', async () => {
    for (let id = 1; id <= 40; id++) fake.chat(id)
    fake.limit()
    const calls = Array.from({ length: 40 }, (_, i) => refusal(api.sendMessage(i + 1, 'kabar')))
    const accepted = (await Promise.all(calls)).filter((answer) => answer === 'accepted')
    expect(accepted).toHaveLength(30)
  })
})

describe('webhook', () => {
  test('calls with the secret, one chat in order, again until it hears 2xx', async () => {
    const heard: { secret: unknown; id: number }[] = []
    let refuse = 2
    const bot = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const { update_id: id } = JSON.parse(Buffer.concat(chunks).toString()) as {
        update_id: number
      }
      heard.push({ secret: request.headers['x-telegram-bot-api-secret-token'], id })
      response.writeHead(refuse-- > 0 ? 503 : 200).end()
    })
    await new Promise<void>((resolve) => bot.listen(0, '127.0.0.1', resolve))
    const { port } = bot.address() as AddressInfo
    await api.setWebhook(`http://127.0.0.1:${port}/hook`, { secret_token: 'rahasia' })
    const ani = fake.chat(11)
    const ids = [ani.say('satu'), ani.say('dua')].map(({ update_id }) => update_id)
    await fake.waitForAck(ids)
    expect(heard.map(({ id }) => id)).toEqual([ids[0], ids[0], ids[0], ids[1]])
    expect(heard.every(({ secret }) => secret === 'rahasia')).toBe(true)
    expect((await api.getWebhookInfo()).pending_update_count).toBe(0)
    fake.updates.copies = 3
    const third = ani.say('tiga')
    await fake.waitForAck([third.update_id])
    expect(heard.filter(({ id }) => id === third.update_id)).toHaveLength(3)
    bot.close()
  })

  test('refuses a secret that cannot be a header', async () => {
    const call = api.setWebhook('http://127.0.0.1:9/', { secret_token: 'ada spasi' })
    expect(await refusal(call)).toMatch(/unallowed characters/)
  })
})
