// Files that people send on Telegram, and messages that are changed as long work goes on.
import { inspect } from 'node:util'
import { Api } from 'grammy'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SendError } from '../../src/channels/channel.ts'
import { fetchFile } from '../../src/channels/telegram/fetch-file.ts'
import { readSentFile } from '../../src/core/answers/document.ts'
import type { Fault } from '../support/fake-bot-api/types.ts'
import { asReply } from '../support/sending.ts'
import { createStage, type Stage } from '../support/telegram-stage.ts'

let stage: Stage

beforeEach(async () => {
  stage = await createStage()
})
afterEach(() => stage.close())

const content = Buffer.from('NIK;Nama\r\n')

/** A file that somebody sent, as the program was told of it. */
async function send(bytes: Uint8Array, sizeBytes?: number) {
  const channel = stage.telegram()
  await channel.start(stage.keep)
  stage.fake.chat(11).document('daftar perangkat desa.csv', bytes, sizeBytes)
  await stage.until(() => stage.kept.length === 1, 'the file')
  const kept = stage.kept[0]
  const fetching = (maxBytes: number) => {
    const { handle } = readSentFile(kept?.words ?? '')
    if (!channel.fetchFile) throw new Error('Telegram has files')
    return channel.fetchFile(handle, maxBytes)
  }
  return { kept, fetching }
}

async function failure(fetching: Promise<unknown> | undefined): Promise<SendError> {
  const error = await fetching?.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof SendError) return error
  throw new Error('not a SendError')
}

describe('a file', () => {
  test('comes in with where it is and its name, and is fetched whole', async () => {
    const { kept, fetching } = await send(content)
    expect(kept?.kind).toBe('document')
    expect(readSentFile(kept?.words ?? '').name).toBe('daftar perangkat desa.csv')
    expect(await fetching(1_000)).toEqual(content)
  })

  test('that Telegram says is too large is not asked for', async () => {
    const { fetching } = await send(content, 1_001)
    expect(await fetching(1_000)).toBeUndefined()
    expect(stage.fake.fetched).toEqual([])
  })

  test('that Telegram itself cannot give is too large as well', async () => {
    const { fetching } = await send(content, 21 * 1024 * 1024)
    expect(await fetching(30 * 1024 * 1024)).toBeUndefined()
  })

  test('whose size is a lie is counted as it comes', async () => {
    const { fetching } = await send(Buffer.alloc(2_000_000, 65), 10)
    expect(await fetching(1_000_000)).toBeUndefined()
    expect(stage.fake.fetched).toHaveLength(1)
    expect(await fetching(2_000_000)).toHaveLength(2_000_000)
  })

  test('that nobody has is not asked for again', async () => {
    const channel = stage.telegram()
    const error = await failure(channel.fetchFile?.('file-999', 1_000))
    expect([error.reason, error.retryMs]).toEqual(['refused', undefined])
  })

  test.each([
    ['whose place is empty', { status: 404 }],
    ['that lies elsewhere', { status: 302 }],
    ['whose line breaks', {}],
  ])('%s is worth another try, and is had then', async (_, fault) => {
    const { fetching } = await send(content)
    stage.fake.failNext('file', fault)
    const error = await failure(fetching(1_000))
    expect(error.reason).toBe('unreachable')
    expect(error.retryMs).toBeGreaterThan(0)
    // Whoever sends us elsewhere is not followed.
    expect(stage.fake.fetched).toHaveLength(1)
    expect(await fetching(1_000)).toEqual(content)
  })

  test('that takes too long is given up, and is worth another try', async () => {
    const { kept } = await send(content)
    const { token, apiRoot } = stage.fake
    stage.fake.failNext('file', { hangs: true })
    const options = { api: new Api(token, { apiRoot }), token, apiRoot, timeoutMs: 200 }
    const error = await failure(fetchFile(options, readSentFile(kept?.words ?? '').handle, 1_000))
    expect(error.reason).toBe('unreachable')
    expect(error.retryMs).toBeGreaterThan(0)
  })

  test.each<Fault>([{ status: 404 }, { status: 302 }, { hangs: true }])(
    'that fails names the token nowhere (%j)',
    async (fault) => {
      const { kept } = await send(content)
      const { token, apiRoot } = stage.fake
      stage.fake.failNext('file', fault)
      const options = { api: new Api(token, { apiRoot }), token, apiRoot, timeoutMs: 200 }
      const error = await failure(fetchFile(options, readSentFile(kept?.words ?? '').handle, 1_000))
      const secret = token.split(':')[1] ?? token
      expect(inspect(error, { depth: 9 })).not.toContain(secret)
      expect(stage.logged.join()).not.toContain(secret)
    },
  )
})

describe('a message that is changed', () => {
  test('stays one message, and the same words again are no failure', async () => {
    const ani = stage.fake.chat(11)
    const channel = stage.telegram()
    const id = await channel.send('11', { text: 'Sedang membaca.', isChanged: true }, asReply)
    await channel.edit?.('11', id, { text: 'Sedang kami catat.' })
    await channel.edit?.('11', id, { text: 'Sedang kami catat.' })
    expect(ani.replies().map(({ text }) => text)).toEqual(['Sedang kami catat.'])
  })

  test('that the person has deleted cannot be changed, and nobody tries for ever', async () => {
    stage.fake.chat(11)
    const channel = stage.telegram()
    const error = await failure(channel.edit?.('11', '999', { text: 'Sedang kami catat.' }))
    expect([error.reason, error.retryMs]).toEqual(['refused', undefined])
  })
})
