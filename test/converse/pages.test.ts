// One-time pages: a sensitive answer comes by a link that works once, for one person, for a while.
import type { Hono } from 'hono'
import { expect, test, vi } from 'vitest'
import type { Channel } from '../../src/channels/channel.ts'
import { createClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { createPages } from '../../src/converse/pages.ts'
import { createConverse } from '../../src/converse.ts'
import { sayPhrase } from '../../src/core/phrase.ts'
import { createLog } from '../../src/log.ts'
import { handleOf } from '../../src/registry/addresses.ts'
import { openOutbound } from '../../src/registry/turns.ts'
import type { Runtime } from '../../src/runtime.ts'
import { oneTimePage } from '../../src/web/one-time-page.ts'
import { openStage, seal } from '../registry/stage.ts'

const { db, book } = await openStage()
const clock = createClock('Asia/Makassar')
const capabilities = { buttons: false, sharesPhone: false, maxText: 4_096, forbidsSensitive: true }
const strict = { name: 'strict', capabilities } as Channel
const runtime: Runtime = {
  config: readConfig({ PUBLIC_URL: 'https://sapa.example.id' }),
  log: createLog('silent'),
  ...{ clock, db, seal, book, ring: () => undefined, channels: new Map([['strict', strict]]) },
}
const { receive } = createConverse(runtime)
const say = (language: string, id: string) => sayPhrase(book, language, id)
const site: Hono = oneTimePage(createPages(runtime, receive), say)

let count = 0

/** Somebody new who talks. */
function meet() {
  count += 1
  const address = `person-${count}`
  let said = 0
  return {
    say: async (words: string) => {
      said += 1
      const at = new Date().toISOString()
      const one = { channel: 'strict', address, externalId: `m${said}`, kind: 'text' as const }
      await receive([{ ...one, words, at }])
    },
    /** What the bot said, oldest first. */
    heard: async () => {
      const { rows } = await db.pool.query<{ purpose: string; body: Buffer }>(
        `SELECT o.purpose, o.body FROM outbound o JOIN address a ON a.id = o.address_id
          WHERE a.channel = 'strict' AND a.handle = $1 ORDER BY o.id`,
        [handleOf(seal, { channel: 'strict', address })],
      )
      return rows.map((row) => openOutbound(seal, row.purpose, row.body).text)
    },
    /** What is kept of the words this person sent, as sealed or as nothing. */
    kept: async () => {
      const { rows } = await db.pool.query<{ kind: string; words: Buffer | null }>(
        `SELECT i.kind, i.words FROM inbound i JOIN address a ON a.id = i.address_id
          WHERE a.channel = 'strict' AND a.handle = $1 ORDER BY i.id`,
        [handleOf(seal, { channel: 'strict', address })],
      )
      return rows.map(({ kind, words }) => `${kind} ${words ? 'kept' : 'gone'}`)
    },
  }
}

type Person = ReturnType<typeof meet>

const openings = ['daftar', 'ya, saya setuju', 'ya', '1', 'belum pernah', '12 Maret 1985']

/** Brings somebody to the question for the NIK; the path of the page's link. */
async function reachNik(person: Person): Promise<string> {
  for (const words of openings) await person.say(words)
  return linkIn(await person.heard())
}

function linkIn(heard: string[]): string {
  const links = heard.flatMap(
    (text) => /https:\/\/sapa\.example\.id(\/isi\/\S+)/.exec(text)?.[1] ?? [],
  )
  return links.at(-1) ?? 'no link'
}

function post(path: string, words: string) {
  const body = new URLSearchParams({ words })
  return site.request(path, { method: 'POST', body })
}

const nik = '6303055203850001'
const askedName = 'Siapa nama lengkap Anda, seperti di KTP?'

test('the answer goes on with the very conversation, once', async () => {
  const siti = meet()
  const path = await reachNik(siti)
  const page = await site.request(path)
  const html = await page.text()
  expect(page.status).toBe(200)
  expect(html).toContain('Berapa NIK Anda?')
  expect(html).toContain('inputmode="numeric"')
  expect(html).not.toContain('<script')
  expect(page.headers.get('cache-control')).toBe('no-store')
  expect((await post(path, nik)).status).toBe(200)
  expect((await siti.heard()).at(-1)?.trim()).toBe(askedName)
  expect((await siti.kept()).at(-1)).toBe('page gone')
  const before = (await siti.heard()).length
  expect((await post(path, nik)).status).toBe(410)
  expect((await site.request(path)).status).toBe(410)
  expect((await siti.heard()).length).toBe(before)
})

test('sent twice in the same moment it is heard once', async () => {
  const siti = meet()
  const path = await reachNik(siti)
  await Promise.all([post(path, nik), post(path, nik), post(path, nik)])
  const heard = await siti.heard()
  expect(heard.filter((text) => text.trim() === askedName)).toHaveLength(1)
  expect((await siti.kept()).filter((one) => one.startsWith('page'))).toHaveLength(1)
})

test('what is no NIK is said on the page, and the link stays good', async () => {
  const siti = meet()
  const path = await reachNik(siti)
  const wrong = await post(path, '63030552<b>')
  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toMatch(/role="alert">[^<]*NIK/)
  expect((await post(path, nik)).status).toBe(200)
  expect((await siti.heard()).at(-1)?.trim()).toBe(askedName)
})

test('a link is worth nothing after KEMBALI, and a new one comes with the question', async () => {
  const siti = meet()
  const path = await reachNik(siti)
  await siti.say('kembali')
  expect((await site.request(path)).status).toBe(410)
  await siti.say('12 Maret 1985')
  const other = linkIn(await siti.heard())
  expect((await post(path, nik)).status).toBe(410)
  expect((await post(other, nik)).status).toBe(200)
})

test('a link is worth nothing after its time', async () => {
  const siti = meet()
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 15 * 60_000 - 2_000 })
  const path = await reachNik(siti)
  expect((await site.request(path)).status).toBe(200)
  vi.useRealTimers()
  expect((await site.request(path)).status).toBe(410)
  expect((await post(path, nik)).status).toBe(410)
})

test('a link opens nobody else’s talk, and none can be made', async () => {
  const [siti, ani] = [meet(), meet()]
  const path = await reachNik(siti)
  const other = await reachNik(ani)
  const token = path.slice('/isi/'.length)
  const forged = [
    'x',
    token.slice(0, -2),
    `${token}AA`,
    token.slice(0, 20) + other.slice('/isi/'.length + 20),
    Buffer.from('1 0000000000 99999999999').toString('base64url'),
    ...Array.from({ length: 40 }, (_, i) => {
      const bytes = Buffer.from(token, 'base64url')
      bytes[i] = (bytes[i] ?? 0) ^ 1
      return bytes.toString('base64url')
    }),
  ]
  for (const one of forged) expect((await post(`/isi/${one}`, nik)).status).toBe(410)
  await post(path, nik)
  expect((await ani.heard()).at(-1)).toContain(other)
})

test('a NIK that was typed into the chat is neither taken nor kept', async () => {
  const siti = meet()
  await reachNik(siti)
  await siti.say(nik)
  expect((await siti.kept()).at(-1)).toBe('text gone')
  expect((await siti.heard()).join()).not.toContain(askedName)
})

test('the page is small', async () => {
  const path = await reachNik(meet())
  const html = await (await site.request(path)).text()
  const style = new URL('../../src/web/form.css', import.meta.url)
  const { size } = await import('node:fs').then(({ statSync }) => statSync(style))
  expect(html.length + size).toBeLessThan(15_000)
})
