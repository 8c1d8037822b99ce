// The web chat over real HTTP, with a little bot behind it.
import { randomUUID } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import type { WebOptions } from '../../src/channels/web/index.ts'
import { type LittleBot, startLittleBot, webWords } from '../web/little-bot.ts'
import { cookieOf, findIn, type News, visit } from '../web/visitor.ts'

const waits = { pollMs: 400, replyMs: 1_500, recheckMs: 50 }

const running: LittleBot[] = []

async function start(options: Partial<WebOptions> = {}): Promise<LittleBot> {
  const bot = await startLittleBot({ waits, ...options })
  running.push(bot)
  return bot
}

afterEach(async () => {
  for (const bot of running.splice(0)) await bot.stop()
})

async function newsOf(response: Response): Promise<News> {
  expect(response.status).toBe(200)
  return (await response.json()) as News
}

test('a first visit gives a signed cookie and makes no row', async () => {
  const bot = await start()
  const response = await fetch(bot.url)
  const cookie = response.headers.get('set-cookie') ?? ''
  expect(cookie).toMatch(
    /^percakapan=[\w-]{22}\.[^;]+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/,
  )
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(await response.text()).toContain('name="start"')
  expect(bot.received).toEqual([])
  expect(bot.rows.size).toBe(0)
})

test('the cookie is for https only where the page is reached by https', async () => {
  const bot = await start({ publicUrl: 'https://contoh.example' })
  const cookie = (await fetch(bot.url)).headers.get('set-cookie')
  expect(cookie).toMatch(/^__Host-percakapan=.*; Secure/)
})

test('what is said comes back with its own id, and the answer with its buttons', async () => {
  const bot = await start()
  const siti = await visit(bot.url)
  const mark = findIn(await siti.page(), 'mark')
  const id = randomUUID()
  const posted = await siti.post({ id, words: 'halo' })
  expect([posted.status, await posted.json()]).toEqual([200, { kept: true }])
  const news = await newsOf(await siti.since(mark))
  const rest = news.items.includes('Anda menulis')
    ? news
    : await newsOf(await siti.since(news.mark))
  expect(bot.rows.get(siti.address)).toHaveLength(2)
  expect(news.items).toContain(`id="l-${id}"`)
  expect(rest.items).toContain('Anda menulis: halo')
  expect(rest.choices).toContain('value="menu:again"')
  expect(rest.awaiting).toBe('nothing')
})

test('the same id twice, even at once, is one message', async () => {
  const bot = await start()
  const siti = await visit(bot.url)
  const form = { id: randomUUID(), words: 'halo' }
  await Promise.all([siti.post(form), siti.post(form)])
  await siti.post(form)
  const mine = bot.rows.get(siti.address)?.filter(({ from }) => from === 'person')
  expect(mine).toHaveLength(1)
})

test('a press is shown as its label, a start not at all', async () => {
  const bot = await start()
  const siti = await visit(bot.url)
  await siti.submit({ once: randomUUID(), start: 'kampanye-1' })
  await siti.submit({ once: randomUUID(), press: 'menu:enrol' })
  const page = await siti.page()
  expect(bot.received.map(({ kind, words }) => [kind, words])).toEqual([
    ['start', 'kampanye-1'],
    ['press', 'menu:enrol'],
  ])
  expect(page.match(/class="mine"/g)).toHaveLength(2)
  expect(page).toContain('<p>Daftar</p>')
  expect(page).not.toContain('kampanye-1')
  expect(page).not.toContain('<p>menu:enrol</p>')
})

test('without script the page comes back with the answer', async () => {
  const bot = await start()
  bot.mood.replyMs = 200
  const siti = await visit(bot.url)
  const response = await siti.submit({ once: findIn(await siti.page(), 'once'), words: 'halo' })
  expect([response.status, response.headers.get('location')]).toEqual([303, '/'])
  expect(await siti.page()).toContain('Anda menulis: halo')
})

test('without script, and the bot is slow: the page comes soon and looks again by itself', async () => {
  const bot = await start({ waits: { ...waits, replyMs: 100 } })
  bot.mood.isMute = true
  const siti = await visit(bot.url)
  const before = Date.now()
  await siti.submit({ once: randomUUID(), words: 'halo' })
  expect(Date.now() - before).toBeLessThan(1_000)
  expect(await siti.page()).toContain('http-equiv="refresh"')
})

test('without script an old page sends new words, and the same words only once', async () => {
  const bot = await start()
  const siti = await visit(bot.url)
  const once = findIn(await siti.page(), 'once')
  await siti.submit({ once, words: 'satu' })
  await siti.submit({ once, words: 'satu' })
  await siti.submit({ once, words: 'dua' })
  const mine = bot.rows.get(siti.address)?.filter(({ from }) => from === 'person')
  expect(mine?.map(({ text }) => text)).toEqual(['satu', 'dua'])
})

test('a wait ends when there is news, and empty when there is none', async () => {
  const bot = await start({ waits: { ...waits, pollMs: 1_000 } })
  const siti = await visit(bot.url)
  const mark = findIn(await siti.page(), 'mark')
  const waiting = siti.since(mark)
  await new Promise((resolve) => setTimeout(resolve, 100))
  const saidAt = Date.now()
  await bot.say(siti.address, { text: 'Kabar dari petugas' })
  const news = await newsOf(await waiting)
  expect(Date.now() - saidAt).toBeLessThan(500)
  expect(news.items).toContain('Kabar dari petugas')
  expect((await siti.since(news.mark)).status).toBe(204)
})

test('an answer that another process wrote is found without a bell', async () => {
  const bot = await start({ waits: { ...waits, pollMs: 5_000 } })
  Object.assign(bot.mood, { isFar: true, replyMs: 300 })
  const siti = await visit(bot.url)
  await siti.post({ id: randomUUID(), words: 'halo' })
  const before = Date.now()
  const news = await newsOf(await siti.since(''))
  const more = await newsOf(await siti.since(news.mark))
  expect(more.items).toContain('Anda menulis: halo')
  expect(Date.now() - before).toBeLessThan(2_000)
})

test('what cannot be kept is not acknowledged, and stands in the field again', async () => {
  const bot = await start()
  const siti = await visit(bot.url)
  bot.mood.isBroken = true
  expect((await siti.post({ id: randomUUID(), words: 'penting' })).status).toBe(503)
  const response = await siti.submit({ once: randomUUID(), words: 'penting' })
  const page = await response.text()
  expect(response.status).toBe(503)
  expect(page).toContain('value="penting"')
  expect(page).toContain(webWords('web-not-sent'))
})

test('a stopped channel keeps nothing and lets waiting pages go', async () => {
  const bot = await start({ waits: { ...waits, pollMs: 20_000 } })
  const siti = await visit(bot.url)
  const waiting = siti.since(findIn(await siti.page(), 'mark'))
  await new Promise((resolve) => setTimeout(resolve, 100))
  await bot.stopWeb()
  expect((await waiting).status).toBe(204)
  expect((await siti.post({ id: randomUUID(), words: 'halo' })).status).toBe(503)
})

test.each(['', 'percakapan=AAAAAAAAAAAAAAAAAAAAAA', 'percakapan=AAAAAAAAAAAAAAAAAAAAAA.AAAA'])(
  'a cookie that was not signed here is nobody: %j',
  async (cookie) => {
    const bot = await start()
    bot.rows.set('AAAAAAAAAAAAAAAAAAAAAA', [
      { id: '1', from: 'bot', text: 'rahasia', at: '2026-11-21T00:00:00Z' },
    ])
    const headers = { cookie, accept: 'application/json' }
    const body = new URLSearchParams({ id: randomUUID(), words: 'halo' })
    const posted = await fetch(`${bot.url}/chat`, { method: 'POST', headers, body })
    const polled = await fetch(`${bot.url}/chat/since?after=`, { headers })
    const page = await fetch(`${bot.url}/?kuki`, { headers: { cookie } })
    expect([posted.status, polled.status, bot.received.length]).toEqual([403, 403, 0])
    const text = await page.text()
    expect(text).not.toContain('rahasia')
    expect(text).toContain(webWords('web-cookie'))
  },
)

test('a form on a foreign page posts nothing', async () => {
  const bot = await start()
  const { cookie } = await visit(bot.url)
  const headers = { cookie, 'sec-fetch-site': 'cross-site' }
  const body = new URLSearchParams({ once: randomUUID(), words: 'halo' })
  const response = await fetch(`${bot.url}/chat`, { method: 'POST', headers, body })
  expect([response.status, bot.received.length]).toEqual([403, 0])
})

test('more than 16 kB are refused in words', async () => {
  const bot = await start()
  const siti = await visit(bot.url)
  expect((await siti.post({ id: randomUUID(), words: 'a'.repeat(17_000) })).status).toBe(413)
  const response = await siti.submit({ once: randomUUID(), words: 'a'.repeat(17_000) })
  expect(await response.text()).toContain(webWords('web-too-long'))
  expect((await siti.post({ id: randomUUID(), words: 'a'.repeat(10_000) })).status).toBe(200)
  expect(bot.received).toHaveLength(1)
})

test('a flood is slowed down, and only the one who floods', async () => {
  const bot = await start()
  const [siti, budi] = [await visit(bot.url), await visit(bot.url)]
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => siti.post({ id: randomUUID(), words: 'halo' })),
  )
  const refused = answers.filter(({ status }) => status === 429)
  expect(refused.length).toBeGreaterThanOrEqual(18)
  expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
  expect(bot.received).toHaveLength(40 - refused.length)
  expect((await budi.post({ id: randomUUID(), words: 'halo' })).status).toBe(200)
})

test('to forget a conversation empties the page and changes the cookie', async () => {
  const bot = await start()
  const siti = await visit(bot.url)
  await siti.submit({ once: randomUUID(), words: 'halo' })
  const response = await siti.submit({}, '/chat/forget')
  const cookie = cookieOf(response)
  expect([response.status, response.headers.get('location')]).toEqual([303, '/'])
  expect(cookie).toMatch(/^percakapan=./)
  expect(cookie).not.toBe(siti.cookie)
  expect(bot.rows.has(siti.address)).toBe(false)
  expect(await (await fetch(bot.url, { headers: { cookie } })).text()).toContain('name="start"')
})

test('words are only ever words; web addresses of the bot become links', async () => {
  const bot = await start()
  const siti = await visit(bot.url)
  await siti.submit({ once: randomUUID(), words: '<script>alert("1")</script>' })
  await bot.say(siti.address, { text: 'Buka https://contoh.example/a?b=1&c="x". Ya' })
  const page = await siti.page()
  expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;')
  expect(page.match(/<script/g)).toHaveLength(1)
  expect(page).toContain('<a href="https://contoh.example/a?b=1&amp;c=" rel=')
})

test.each([
  [{ words: 'tanpa id' }],
  [{ id: 'pendek', words: 'halo' }],
  [{ id: randomUUID(), words: '   ' }],
  [{ id: randomUUID(), press: '' }],
  [{ id: randomUUID() }],
])('a form that says nothing makes no row: %j', async (form) => {
  const bot = await start()
  const siti = await visit(bot.url)
  const response = await siti.post(form)
  expect(await response.json()).toEqual({ kept: false })
  expect(bot.received).toEqual([])
})

test('style, script and icon may be kept for good, and all together weigh little', async () => {
  const bot = await start()
  const page = await (await fetch(bot.url)).text()
  const links = [...page.matchAll(/(?:href|src)="(\/[^"]+\?v=[^"]+)"/g)].map(([, link]) => link)
  let weight = page.length
  for (const link of new Set(links)) {
    const response = await fetch(`${bot.url}${link}`)
    expect(response.headers.get('cache-control')).toContain('immutable')
    weight += (await response.text()).length
  }
  expect(new Set(links).size).toBe(3)
  expect(weight).toBeLessThan(50_000)
})
