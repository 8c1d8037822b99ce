// The HTTP server: what it says of itself, what it hides, and how it ends.
import { connect } from 'node:net'
import { Hono } from 'hono'
import { Registry } from 'prom-client'
import { afterEach, expect, test } from 'vitest'
import { createServer, type ServerOptions, type WebServer } from '../../src/web/server.ts'
import { webWords } from './little-bot.ts'

const running: WebServer[] = []

async function start(options: Partial<ServerOptions> = {}) {
  const errors: [unknown, string][] = []
  const metrics = new Registry()
  const server = createServer({
    port: 0,
    host: '127.0.0.1',
    apps: [],
    ready: async () => ({ isReady: true, states: { database: 'ready' } }),
    metrics,
    words: webWords,
    title: 'Sapa Desa',
    onError: (error, route) => errors.push([error, route]),
    ...options,
  })
  running.push(server)
  return { url: `http://127.0.0.1:${await server.listen()}`, server, errors }
}

afterEach(async () => {
  for (const server of running.splice(0)) await server.close(100)
})

test('it is alive whatever its parts are', async () => {
  const { url } = await start({ ready: async () => ({ isReady: false, states: {} }) })
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
})

test.each([
  [
    'ready',
    async () => ({ isReady: true, states: { queue: 'ready' } }),
    200,
    { ready: true, queue: 'ready' },
  ],
  [
    'not',
    async () => ({ isReady: false, states: { queue: 'away' } }),
    503,
    { ready: false, queue: 'away' },
  ],
  ['failing', () => Promise.reject(new Error('secret')), 503, { ready: false, program: 'failed' }],
  ['hanging', () => new Promise<never>(() => {}), 503, { ready: false, program: 'no answer' }],
])('/readyz of a program that is %s', async (_, ready, status, body) => {
  const { url } = await start({ ready })
  const response = await fetch(`${url}/readyz`)
  expect([response.status, await response.json()]).toEqual([status, body])
})

test('figures are for the neighbourhood only', async () => {
  const { url } = await start()
  expect((await fetch(`${url}/metrics`)).status).toBe(200)
  const forwarded = { headers: { 'x-forwarded-for': '203.0.113.9' } }
  expect((await fetch(`${url}/metrics`, forwarded)).status).toBe(404)
})

test('what does not exist is said in Indonesian, with every guard on', async () => {
  const { url } = await start()
  const response = await fetch(`${url}/tidak-ada`)
  expect(response.status).toBe(404)
  expect(await response.text()).toContain(webWords('web-not-found'))
  expect(response.headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
      "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  )
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  expect(response.headers.get('x-frame-options')).toBe('DENY')
})

test('an error shows no detail, and is told by its route', async () => {
  const app = new Hono().get('/orang/:nama', () => {
    throw new Error('secret')
  })
  const { url, errors } = await start({ apps: [{ path: '/', app }] })
  const response = await fetch(`${url}/orang/siti`)
  const text = await response.text()
  expect(response.status).toBe(500)
  expect(text).toContain(webWords('web-broken'))
  expect(text).not.toContain('secret')
  expect(errors).toEqual([[expect.any(Error), 'GET /orang/:nama']])
})

test('it ends gently: a running request is answered, an idle line does not hold it up', async () => {
  const app = new Hono().get('/lambat', async (c) => {
    await new Promise((resolve) => setTimeout(resolve, 300))
    return c.text('selesai')
  })
  const { url, server } = await start({ apps: [{ path: '/', app }] })
  await (await fetch(`${url}/healthz`)).text()
  const slow = fetch(`${url}/lambat`).then((response) => response.text())
  await new Promise((resolve) => setTimeout(resolve, 100))
  const before = Date.now()
  await server.close()
  expect(Date.now() - before).toBeLessThan(1_000)
  expect(await slow).toBe('selesai')
  await expect(fetch(`${url}/healthz`)).rejects.toThrow()
})

test('whoever holds a request open is cut off after the grace', async () => {
  const { url, server } = await start()
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.on('error', () => {})
  await new Promise((resolve) => socket.write('GET / HTTP/1.1\r\nHost: a\r\n', resolve))
  await new Promise((resolve) => setTimeout(resolve, 50))
  const before = Date.now()
  await server.close(200)
  expect(Date.now() - before).toBeLessThan(1_000)
})

test('a port that is taken is an error', async () => {
  const { url } = await start()
  await expect(start({ port: Number(new URL(url).port) })).rejects.toThrow('EADDRINUSE')
  running.pop()
})
