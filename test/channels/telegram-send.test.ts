// Sending to Telegram: what a person sees, what each refusal means, and what only decorates.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SendError } from '../../src/channels/channel.ts'
import { failureOf } from '../support/failure-of.ts'
import type { Fault } from '../support/fake-bot-api/types.ts'
import { asReply } from '../support/sending.ts'
import { createStage, type Stage } from '../support/telegram-stage.ts'

let stage: Stage

beforeEach(async () => {
  stage = await createStage()
})
afterEach(() => stage.close())

const choices = [
  { label: 'Ya, daftarkan', press: 'agree:ya' },
  { label: 'Nanti saja', press: 'agree:tidak' },
]

describe('a message', () => {
  test('arrives with its buttons, and its id comes back', async () => {
    const ani = stage.fake.chat(11)
    const id = await stage.telegram().send('11', { text: 'Daftarkan sekarang?', choices }, asReply)
    expect(ani.replies()).toMatchObject([
      {
        messageId: Number(id),
        text: 'Daftarkan sekarang?',
        choices: ['Ya, daftarkan', 'Nanti saja'],
      },
    ])
  })

  test('takes what the person wrote out of the chat when it says so', async () => {
    const ani = stage.fake.chat(11)
    const channel = stage.telegram()
    await channel.start(stage.keep)
    ani.say('Halo')
    ani.say('6303055203850001')
    await stage.until(() => stage.kept.length === 2, 'both messages')
    const deletes = stage.kept[1]?.externalId ?? ''
    await channel.send('11', { text: 'Siapa nama Anda?', deletes }, asReply)
    await stage.until(() => ani.ownWords().length === 1, 'the number is gone')
    expect(ani.ownWords()).toEqual(['Halo'])
    await channel.send('11', { text: 'Terima kasih', deletes: 'u1' }, asReply)
    expect(ani.ownWords()).toEqual(['Halo'])
  })

  test('asks for the number by a key that is gone with the next message', async () => {
    const ani = stage.fake.chat(11)
    const channel = stage.telegram({ sharePhoneLabel: 'Bagikan nomor saya' })
    expect(channel.capabilities.sharesPhone).toBe(true)
    await channel.start(stage.keep)
    await channel.send('11', { text: 'Nomor HP Anda?', wantsPhone: true }, asReply)
    ani.press('Bagikan nomor saya')
    ani.shareContact('foreign')
    await stage.until(() => stage.kept.length === 2, 'both cards')
    expect(stage.kept.map(({ kind, words }) => [kind, words])).toEqual([
      ['phone', `+${ani.phone}`],
      ['contact', ''],
    ])
    await channel.send('11', { text: 'Terima kasih' }, asReply)
    expect(() => ani.press('Bagikan nomor saya')).toThrow(/no button/)
  })

  test('carries its picture, which goes up only once', async () => {
    const filesDir = await mkdtemp(path.join(tmpdir(), 'files-'))
    stage.atEnd(() => rm(filesDir, { recursive: true }))
    await writeFile(path.join(filesDir, 'kartu.jpg'), 'a picture')
    await writeFile(path.join(filesDir, 'formulir.pdf'), 'a form')
    const ani = stage.fake.chat(11)
    const channel = stage.telegram({ filesDir })
    await channel.send('11', { text: 'Ini kartunya', picture: 'kartu.jpg', choices }, asReply)
    await channel.send('11', { text: 'p'.repeat(2_000), picture: 'kartu.jpg' }, asReply)
    await channel.send('11', { text: 'Formulir', file: 'formulir.pdf' }, asReply)
    await channel.send('11', { text: 'Tanpa gambar', picture: 'hilang.jpg' }, asReply)
    expect(ani.replies().map(({ text }) => text)).toEqual([
      ...['Ini kartunya', '', 'p'.repeat(2_000), 'Formulir', 'Tanpa gambar'],
    ])
    expect(ani.replies()[0]?.choices).toHaveLength(2)
    const sent = stage.fake.calls.map(({ params }) => params.photo ?? params.document)
    expect(sent.map((file) => (file instanceof File ? file.name : file))).toEqual([
      ...['kartu.jpg', 'file-1', undefined, 'formulir.pdf', undefined],
    ])
  })

  test('under way is finished before the channel stops', async () => {
    const ani = stage.fake.chat(11)
    const channel = stage.telegram()
    await channel.start(stage.keep)
    stage.fake.delay('sendMessage', 300)
    const sending = channel.send('11', { text: 'Tunggu' }, asReply)
    await channel.stop()
    expect(ani.replies()).toHaveLength(1)
    await sending
  })
})

describe('a failed send', () => {
  const slow = { status: 429, parameters: { retry_after: 7 } }
  const nobody = { status: 400, description: 'Bad Request: chat not found' }
  const blocked = { status: 403, description: 'Forbidden: bot was blocked by the user' }
  const deleted = { status: 403, description: 'Forbidden: user is deactivated' }
  const tooLong = { status: 400, description: 'Bad Request: message is too long' }
  const malformed = { status: 404, description: 'Not Found' }
  const unknown = { reason: 'unreachable', maybeSent: true, wholeChannel: false }
  const cases: [what: string, fault: Fault, meaning: Partial<SendError>][] = [
    ['blocked', blocked, { reason: 'blocked', retryMs: undefined, wholeChannel: false }],
    ['a deleted account', deleted, { reason: 'gone', retryMs: undefined }],
    ['an unknown chat', nobody, { reason: 'gone', retryMs: undefined }],
    ['a message that cannot be', tooLong, { reason: 'refused', retryMs: undefined }],
    ['a revoked token', { status: 401 }, { reason: 'unauthorised', wholeChannel: true }],
    ['a malformed token', malformed, { reason: 'unauthorised', wholeChannel: true }],
    ['too many', slow, { reason: 'slow-down', retryMs: 7_000, wholeChannel: true }],
    ['a line cut before', {}, unknown as Partial<SendError>],
    ['a line cut after', { afterEffect: true }, unknown as Partial<SendError>],
    ['a proxy’s page', { status: 502, body: '<html>' }, unknown as Partial<SendError>],
    ['Telegram’s own trouble', { status: 500 }, unknown as Partial<SendError>],
    ['an answer without sense', { body: '{}' }, unknown as Partial<SendError>],
  ]
  test.each(cases)('means, after %s', async (_what, fault, meaning) => {
    stage.fake.chat(11)
    const channel = stage.telegram()
    stage.fake.failNext('sendMessage', fault)
    const error = await failureOf(channel.send('11', { text: 'rahasia-kami' }, asReply))
    expect(error).toMatchObject(meaning)
    expect(`${error.stack}`).not.toContain('rahasia-kami')
    expect(`${error.stack}`).not.toContain(stage.fake.token)
  })

  test('with nobody listening there was surely nothing sent', async () => {
    const channel = stage.telegram()
    await stage.fake.close()
    const error = await failureOf(channel.send('11', { text: 'halo' }, asReply))
    expect(error).toMatchObject({ reason: 'unreachable', maybeSent: false, wholeChannel: true })
  })

  test('without an answer ends by itself, and may have been sent', async () => {
    stage.fake.chat(11)
    // Fifteen seconds over the long poll is the rule; a negative one makes the test short.
    const channel = stage.telegram({ longPollSeconds: -14.5 })
    stage.fake.failNext('sendMessage', { hangs: true })
    const error = await failureOf(channel.send('11', { text: 'halo' }, asReply))
    expect(error).toMatchObject({ reason: 'unreachable', maybeSent: true })
  })

  test('is made once: nothing is repeated behind the program’s back', async () => {
    const ani = stage.fake.chat(11)
    stage.fake.failNext('sendMessage', { afterEffect: true })
    await failureOf(stage.telegram().send('11', { text: 'halo' }, asReply))
    await pause(200)
    expect(ani.replies()).toHaveLength(1)
  })

  test('with 429 holds everybody back, without a call, as long as Telegram said', async () => {
    stage.fake.chat(11)
    stage.fake.chat(12)
    const channel = stage.telegram()
    stage.fake.failNext('sendMessage', { status: 429, parameters: { retry_after: 1 } })
    const first = await failureOf(channel.send('11', { text: 'a' }, asReply))
    const second = await failureOf(channel.send('12', { text: 'b' }, asReply))
    expect(second).toMatchObject({ reason: 'slow-down', wholeChannel: true })
    expect(second.retryMs).toBeLessThanOrEqual(first.retryMs ?? 0)
    expect(stage.fake.calls).toHaveLength(1)
    await pause(1_050)
    await channel.send('12', { text: 'b' }, asReply)
  })
})

test('a hundred people are written to inside the limits, and about as fast as they allow', async () => {
  const people = Array.from({ length: 100 }, (_, i) => stage.fake.chat(i + 1))
  const meter = stage.fake.limit()
  const channel = stage.telegram()
  const startedAt = Date.now()
  await Promise.all(
    people.map(({ id }) => channel.send(String(id), { text: 'Kabar desa' }, asReply)),
  )
  const tookMs = Date.now() - startedAt
  expect([meter.refusals, meter.earlyReturns]).toEqual([0, 0])
  expect(people.every((person) => person.replies().length === 1)).toBe(true)
  // Thirty at once, then thirty more after each second: the hundredth goes after three.
  expect(tookMs).toBeGreaterThanOrEqual(3_000)
  expect(tookMs).toBeLessThan(5_000)
})

describe('decorations', () => {
  const commands = [{ command: 'menu', description: 'Menu utama' }]

  test('the commands menu is offered at the start', async () => {
    await stage.telegram({ commands }).start(stage.keep)
    await stage.until(() => stage.fake.commands() !== undefined, 'a menu')
    expect(stage.fake.commands()).toEqual(commands)
  })

  test('a used keyboard goes, what was chosen stays, and the press is answered', async () => {
    const ani = stage.fake.chat(11)
    const channel = stage.telegram()
    await channel.start(stage.keep)
    await channel.send('11', { text: 'Setuju?', choices }, asReply)
    ani.press('Ya, daftarkan')
    await stage.until(() => ani.replies()[0]?.choices.length === 0, 'the keyboard gone')
    expect(ani.replies()[0]?.text).toBe('Setuju?\n\n✓ Ya, daftarkan')
    expect(stage.kept).toMatchObject([{ kind: 'press', words: 'agree:ya' }])
    const answers = stage.fake.calls.filter(({ method }) => method === 'answerCallbackQuery')
    expect(answers.map(({ status }) => status)).toEqual([200])
  })

  test('a keyboard stays while the press could not be kept', async () => {
    const ani = stage.fake.chat(11)
    const channel = stage.telegram()
    let tries = 0
    await channel.start(async () => {
      tries += 1
      throw new Error('the database is away')
    })
    await channel.send('11', { text: 'Setuju?', choices }, asReply)
    ani.press('Ya, daftarkan')
    await stage.until(() => tries > 1, 'two tries')
    expect(ani.replies()[0]?.choices).toHaveLength(2)
  })

  test('under the longest text there is no room for the choice, so only the keyboard goes', async () => {
    const ani = stage.fake.chat(11)
    const channel = stage.telegram()
    await channel.start(stage.keep)
    await channel.send('11', { text: 'x'.repeat(4_090), choices }, asReply)
    ani.press('Nanti saja')
    await stage.until(() => ani.replies()[0]?.choices.length === 0, 'the keyboard gone')
    expect(ani.replies()[0]?.text).toHaveLength(4_090)
  })

  test('none of them does harm when it fails', async () => {
    const ani = stage.fake.chat(11)
    const pretty = ['setMyCommands', 'answerCallbackQuery', 'editMessageText', 'sendChatAction']
    for (const method of pretty) stage.fake.failNext(method, { status: 400, times: 99 })
    const channel = stage.telegram({ commands })
    await channel.start(stage.keep)
    await channel.send('11', { text: 'Setuju?', choices }, asReply)
    const pressed = ani.press('Ya, daftarkan')
    const old = ani.press('Nanti saja', ani.replies()[0]?.messageId)
    stage.fake.expireQueries()
    await stage.fake.waitForAck([pressed.update_id, old.update_id])
    await pause(1_000)
    expect(stage.kept.map(({ words }) => words)).toEqual(['agree:ya', 'agree:tidak'])
    const failed = stage.fake.calls.filter(({ status }) => status === 400)
    expect(new Set(failed.map(({ method }) => method))).toEqual(new Set(pretty))
    expect(channel.state()).toBe('ready')
  })

  test('"typing" is shown to who waits, and not to who has the answer', async () => {
    const channel = stage.telegram()
    await channel.start(async (inbounds) => {
      await stage.keep(inbounds)
      const isWaiting = inbounds.some(({ address }) => address === '12')
      if (isWaiting) await channel.send('12', { text: 'Halo' }, asReply)
    })
    stage.fake.chat(11).say('halo')
    stage.fake.chat(12).say('halo')
    await pause(1_200)
    const typing = stage.fake.calls.filter(({ method }) => method === 'sendChatAction')
    expect(typing.map(({ params }) => params.chat_id)).toEqual([11])
  })

  test('a group is left', async () => {
    await stage.telegram().start(stage.keep)
    const group = stage.fake.group(-500)
    await stage.until(() => group.hasLeft(), 'the group left')
    expect(stage.kept).toEqual([])
  })
})
