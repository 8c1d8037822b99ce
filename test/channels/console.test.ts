// The terminal chat over a real socket.
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Channel } from '../../src/channels/channel.ts'
import { type Client, createClient } from '../../src/channels/console/client.ts'
import { createConsole } from '../../src/channels/console/index.ts'
import { talkSocketPath } from '../../src/channels/console/socket-path.ts'
import { numbered } from '../../src/channels/numbered.ts'
import type { Inbound } from '../../src/core/message.ts'
import { bubble, wrap } from '../../src/talk.ts'
import { asReply } from '../support/sending.ts'

let folder = ''
let socketPath = ''
const opened: { channels: Channel[]; clients: Client[] } = { channels: [], clients: [] }

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'talk-'))
  socketPath = talkSocketPath(folder)
})

afterEach(async () => {
  for (const client of opened.clients.splice(0)) client.close()
  for (const channel of opened.channels.splice(0)) await channel.stop()
  rmSync(folder, { recursive: true })
})

const inboxDir = () => join(folder, 'talk-files')

/** A channel that keeps what comes; `fails` says how many times it cannot. */
async function listen(fails = 0) {
  const received: Inbound[] = []
  let failures = 0
  const channel = createConsole({ socketPath, inboxDir: inboxDir(), ackWithinMs: 300 })
  opened.channels.push(channel)
  await channel.start(async (inbounds) => {
    failures += 1
    if (failures <= fails) throw new Error('nothing can be kept')
    received.push(...inbounds)
  })
  return { channel, received }
}

function talkAs(as: string) {
  const shown: string[] = []
  const reached: boolean[] = []
  const client = createClient({
    socketPath,
    as,
    show: (text) => shown.push(text),
    onReach: (isReached) => reached.push(isReached),
    retryMs: 30,
  })
  opened.clients.push(client)
  return { client, shown, reached }
}

test('what is typed arrives in order, and an empty line is a start', async () => {
  const { received } = await listen()
  const { client } = talkAs('siti')
  for (const words of ['', ' daftar ', '1']) client.say(words)
  await vi.waitFor(() => expect(client.countUnkept()).toBe(0), 60_000)
  expect(
    received.map(({ channel, address, kind, words }) => [channel, address, kind, words]),
  ).toEqual([
    ['console', 'siti', 'start', ''],
    ['console', 'siti', 'text', 'daftar'],
    ['console', 'siti', 'text', '1'],
  ])
})

test('what could not be kept is sent again with its id, before what was typed later', async () => {
  const { received } = await listen(1)
  const { client } = talkAs('siti')
  client.say('satu')
  client.say('dua')
  await vi.waitFor(() => expect(client.countUnkept()).toBe(0), 60_000)
  expect(received.map(({ words }) => words)).toEqual(['satu', 'dua'])
  expect(new Set(received.map(({ externalId }) => externalId)).size).toBe(2)
})

test('what is typed while the program is away arrives when it comes back', async () => {
  const { client, reached } = talkAs('siti')
  client.say('halo')
  await vi.waitFor(() => expect(reached).toEqual([false]), 60_000)
  const first = await listen()
  await vi.waitFor(() => expect(first.received).toHaveLength(1), 60_000)
  await first.channel.stop()
  client.say('masih di sini')
  const second = await listen()
  await vi.waitFor(
    () => expect(second.received.map(({ words }) => words)).toEqual(['masih di sini']),
    60_000,
  )
  expect(reached).toEqual([false, true, false, true])
})

test('a message is sent when the right terminal has shown it', async () => {
  const { channel } = await listen()
  const siti = talkAs('siti')
  const budi = talkAs('budi')
  await vi.waitFor(() => expect([siti.reached, budi.reached]).toEqual([[true], [true]]), 60_000)
  const choices = [{ label: 'Ya', press: 'y' }]
  await vi.waitFor(() => channel.send('siti', { text: 'Setuju?', choices }, asReply), 60_000)
  expect(siti.shown).toEqual(['Setuju?\n\n1. Ya'])
  expect(budi.shown).toEqual([])
})

test('a message to nobody, or to a terminal that hangs, is to be tried again', async () => {
  const { channel } = await listen()
  const away = { reason: 'unreachable', retryMs: 5_000 }
  await expect(channel.send('siti', { text: 'Halo' }, asReply)).rejects.toMatchObject(away)
  const deaf = connect(socketPath, () => deaf.write('{"as":"siti"}\n'))
  await vi.waitFor(
    () =>
      expect(channel.send('siti', { text: 'Halo' }, asReply)).rejects.toMatchObject({
        ...away,
        maybeSent: true,
      }),
    60_000,
  )
  deaf.destroy()
})

test('nonsense on the socket harms nobody', async () => {
  const { received } = await listen()
  const socket = connect(socketPath).resume()
  const lines = [
    '{',
    '[]',
    'null',
    '{"as":"../x"}',
    '{"id":"12345678","words":"x"}',
    '{"as":"siti"}',
  ]
  socket.write(
    `${[...lines, '{"id":5,"words":"x"}', '{"id":"12345678","words":"ya"}'].join('\n')}\n`,
  )
  await vi.waitFor(() => expect(received.map(({ words }) => words)).toEqual(['ya']), 60_000)
  socket.on('error', () => {})
  const cut = new Promise((resolve) => socket.on('close', resolve))
  socket.write('x'.repeat(100_000))
  await cut
})

test('the socket is its owner’s only, a left-over file is replaced, a second program refused', async () => {
  writeFileSync(socketPath, '')
  const { channel } = await listen()
  expect(statSync(socketPath).mode & 0o777).toBe(0o600)
  expect(channel.state()).toBe('ready')
  const second = createConsole({ socketPath, inboxDir: inboxDir() })
  await expect(second.start(async () => {})).rejects.toThrow('another program')
  await channel.stop()
  expect(channel.state()).toBe('stopped')
})

test('a path too long for a socket is put elsewhere, and Windows has its pipe', () => {
  const long = `/${'folder/'.repeat(20)}`
  expect(talkSocketPath('/srv/sapa', 'linux')).toBe('/srv/sapa/talk.sock')
  expect(talkSocketPath(long, 'linux').length).toBeLessThan(100)
  expect(talkSocketPath(long, 'linux')).toBe(talkSocketPath(`${long}.`, 'linux'))
  expect(talkSocketPath('/srv/sapa', 'win32')).toMatch(/^\\\\\.\\pipe\\sapa-desa-\w{16}$/)
})

test('choices are a numbered list', () => {
  expect(numbered({ text: 'Halo' })).toBe('Halo')
  const choices = ['Ya', 'Tidak'].map((label) => ({ label, press: label }))
  expect(numbered({ text: 'Setuju?', choices })).toBe('Setuju?\n\n1. Ya\n2. Tidak')
})

test.each([
  ['satu dua tiga', 8, ['satu dua', 'tiga']],
  ['satu\n\ndua', 8, ['satu', '', 'dua']],
  ['abcdefghijkl', 5, ['abcde', 'fghij', 'kl']],
  ['', 5, ['']],
])('%j is cut at %i', (text, width, lines) => {
  expect(wrap(text, width)).toEqual(lines)
})

test('a bubble fits its terminal', () => {
  const shape = bubble(`${'kata '.repeat(40)}\n\n1. Ya`, 40)
  expect(Math.max(...shape.split('\n').map((line) => line.length))).toBeLessThanOrEqual(40)
  expect(shape.replace(/[╭│╰\s]+/g, ' ').trim()).toBe(`${'kata '.repeat(40)}1. Ya`)
})
