// Polling Telegram: nothing is confirmed before it is kept, whatever fails meanwhile.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startTelegramServer } from '@openclaw/crabline'
import { Api } from 'grammy'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type FakeBotApi, startFakeBotApi } from '../support/fake-bot-api.ts'
import { asReply } from '../support/sending.ts'
import { createStage, type Stage } from '../support/telegram-stage.ts'

let stage: Stage

beforeEach(async () => {
  stage = await createStage()
})
afterEach(() => stage.close())

const words = () => stage.kept.map((inbound) => inbound.words)

describe('polling', () => {
  test('confirms an update only after it was kept', async () => {
    let keepNow: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      keepNow = resolve
    })
    const channel = stage.telegram()
    await channel.start(async (inbounds) => {
      await held
      await stage.keep(inbounds)
    })
    const { update_id } = stage.fake.chat(11).say('halo')
    await pause(300)
    expect(stage.fake.updates.acked).toEqual([])
    keepNow()
    await stage.fake.waitForAck([update_id])
    expect(words()).toEqual(['halo'])
  })

  test('tells the link to a talk with a code in it, once the name of the bot is known', async () => {
    const channel = stage.telegram()
    expect(channel.linkTo?.('u_7K3M292QXA')).toBeUndefined()
    await channel.start(stage.keep)
    const link = () => channel.linkTo?.('u_7K3M292QXA')
    await expect.poll(link).toBe('https://t.me/sapa_fake_bot?start=u_7K3M292QXA')
  })

  test('what could not be kept comes again, and says so meanwhile', async () => {
    let failures = 3
    const states: string[] = []
    const channel = stage.telegram()
    await channel.start(async (inbounds) => {
      states.push(channel.state())
      if (failures-- > 0) throw new Error('the database is away')
      await stage.keep(inbounds)
    })
    const { update_id } = stage.fake.chat(11).say('halo')
    await stage.fake.waitForAck([update_id])
    expect(words()).toEqual(['halo'])
    expect(states.slice(1)).toEqual(['not-kept', 'not-kept', 'not-kept'])
    await stage.untilState(channel, 'ready')
    expect(stage.logged.join()).not.toContain('halo')
  })

  test('a process that died while keeping leaves everything to the next one', async () => {
    const ids = ['satu', 'dua', 'tiga'].map((text) => stage.fake.chat(11).say(text).update_id)
    let die: () => void = () => undefined
    const first = stage.telegram()
    await first.start(
      () =>
        new Promise((_, reject) => {
          die = () => reject(new Error('killed'))
        }),
    )
    expect(stage.fake.updates.acked).toEqual([])
    await stage.telegram().start(stage.keep)
    await stage.fake.waitForAck(ids)
    expect(words()).toEqual(['satu', 'dua', 'tiga'])
    die()
  })

  test('drains a long queue in order, a hundred at a time', async () => {
    const ids = Array.from(
      { length: 230 },
      (_, i) => stage.fake.chat(11).say(`pesan ${i}`).update_id,
    )
    await stage.telegram().start(stage.keep)
    await stage.fake.waitForAck(ids)
    expect(stage.batches).toEqual([100, 100, 30])
    expect(words()).toEqual(ids.map((_, i) => `pesan ${i}`))
    expect(stage.fake.updates.acked).toEqual(ids)
  })

  test('hands an album and repeats of one update over once', async () => {
    const ani = stage.fake.chat(11)
    for (let i = 0; i < 10; i++) ani.photo({ media_group_id: '77' })
    stage.fake.updates.redeliver(ani.say('ya'), 5)
    await stage.telegram().start(stage.keep)
    await stage.until(() => stage.fake.updates.pending() === 0, 'everything taken')
    expect(stage.kept.map(({ kind }) => kind)).toEqual(['photo', 'text'])
  })

  test('goes on after a quiet week, when Telegram starts at any number', async () => {
    const ani = stage.fake.chat(11)
    const first = ani.say('minggu lalu')
    let third: number | undefined
    await stage.telegram().start(async (inbounds) => {
      await stage.keep(inbounds)
      // The next one comes while this one is being kept: asking behind the old ids would lose it.
      if (inbounds[0]?.words === 'minggu ini') third = ani.say('lagi').update_id
    })
    await stage.fake.waitForAck([first.update_id])
    stage.fake.updates.jumpTo(77)
    ani.say('minggu ini')
    await stage.until(() => third !== undefined, 'the third')
    await stage.fake.waitForAck([third ?? 0])
    expect(words()).toEqual(['minggu lalu', 'minggu ini', 'lagi'])
  })

  test('confirms the last batch when it is stopped, and takes nothing after that', async () => {
    const channel = stage.telegram({ longPollSeconds: 25 })
    await channel.start(stage.keep)
    const { update_id } = stage.fake.chat(11).say('halo')
    await stage.until(() => stage.kept.length === 1, 'one kept')
    const startedAt = Date.now()
    await channel.stop()
    expect(Date.now() - startedAt).toBeLessThan(1_000)
    expect(stage.fake.updates.acked).toEqual([update_id])
    expect(channel.state()).toBe('stopped')
    stage.fake.chat(11).say('masih di sana?')
    await pause(100)
    expect(words()).toEqual(['halo'])
  })

  test('gives way to another poller, says so, and comes back', async () => {
    const channel = stage.telegram({ backOff: { firstMs: 200, mostMs: 400 } })
    await channel.start(stage.keep)
    const thief = new Api(stage.fake.token, { apiRoot: stage.fake.apiRoot })
    await pause(50)
    await thief.getUpdates({ timeout: 0 })
    await stage.untilState(channel, 'taken')
    expect(stage.logged.some((line) => line.startsWith('error another process'))).toBe(true)
    await stage.untilState(channel, 'ready')
    stage.fake.chat(11).say('halo')
    await stage.until(() => stage.kept.length === 1, 'one kept')
  })

  test('takes a webhook away that another start left behind', async () => {
    const api = new Api(stage.fake.token, { apiRoot: stage.fake.apiRoot })
    await api.setWebhook('http://127.0.0.1:9/')
    const { update_id } = stage.fake.chat(11).say('halo')
    const channel = stage.telegram()
    await channel.start(stage.keep)
    await stage.fake.waitForAck([update_id])
    expect(channel.state()).toBe('ready')
  })

  test('a revoked token stops it without ending it', async () => {
    stage.fake.revokeToken()
    const channel = stage.telegram({ backOff: { firstMs: 30, mostMs: 1_000 } })
    await channel.start(stage.keep)
    expect(channel.state()).toBe('unauthorised')
    await pause(500)
    expect(stage.fake.calls).toHaveLength(1)
    expect(stage.logged.some((line) => line.startsWith('error Telegram refuses'))).toBe(true)
    expect(stage.logged.join()).not.toContain(stage.fake.token)
    stage.fake.revokeToken(false)
    await stage.untilState(channel, 'ready')
  })

  test('starts without Telegram in reach and listens as soon as it is', async () => {
    const port = Number(new URL(stage.fake.apiRoot).port)
    await stage.fake.close()
    const channel = stage.telegram()
    await channel.start(stage.keep)
    expect(channel.state()).toBe('unreachable')
    const back = await startFakeBotApi({ port })
    stage.atEnd(() => back.close())
    await stage.untilState(channel, 'ready')
  })

  const troubles: [what: string, fault: Parameters<FakeBotApi['failNext']>[1], state: string][] = [
    ['a proxy’s page', { status: 502, body: '<html>Bad Gateway</html>' }, 'unreachable'],
    ['JSON that means nothing', { body: '{}' }, 'unreachable'],
    ['no result', { body: '{"ok":true}' }, 'unreachable'],
    ['Telegram’s own trouble', { status: 500, description: 'Internal' }, 'unreachable'],
    ['a cut line', {}, 'unreachable'],
    ['a line cut after the answer was made', { afterEffect: true }, 'unreachable'],
    ['a pause', { status: 429, parameters: { retry_after: 1 } }, 'paused'],
  ]
  test.each(troubles)('survives %s and loses nothing', async (_what, fault, state) => {
    const states: string[] = []
    const channel = stage.telegram()
    stage.fake.failNext('getUpdates', fault)
    await channel.start(stage.keep)
    states.push(channel.state())
    const { update_id } = stage.fake.chat(11).say('halo')
    await stage.fake.waitForAck([update_id])
    expect(states).toEqual([state])
    expect(words()).toEqual(['halo'])
    await stage.untilState(channel, 'ready')
  })
})

test('talks through a Bot API server that nobody here wrote', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'telegram-'))
  stage.atEnd(() => rm(folder, { recursive: true }))
  const recorderPath = path.join(folder, 'record.jsonl')
  const server = await startTelegramServer({ host: '127.0.0.1', recorderPath })
  stage.atEnd(() => server.close())
  const { botToken, endpoints, adminToken } = server.manifest
  const channel = stage.telegram({ token: botToken, apiRoot: endpoints.apiRoot })
  const answered = new Promise<string>((resolve, reject) => {
    channel
      .start(async (inbounds) => {
        await stage.keep(inbounds)
        const choices = [{ label: 'Daftar', press: 'menu:daftar' }]
        const message = { text: 'Apa yang Anda perlukan?', choices }
        channel.send(inbounds[0]?.address ?? '', message, asReply).then(resolve, reject)
      })
      .catch(reject)
  })
  const response = await fetch(endpoints.adminInboundUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-crabline-admin-token': adminToken },
    body: JSON.stringify({ chatId: '4242', text: 'halo' }),
  })
  expect(response.status).toBe(200)
  expect(Number(await answered)).toBeGreaterThan(0)
  expect(stage.kept).toMatchObject([{ address: '4242', kind: 'text', words: 'halo' }])
  expect(channel.state()).toBe('ready')
})
