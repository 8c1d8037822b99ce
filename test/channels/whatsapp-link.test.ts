// The page for linking, and the console that stays shut.
import { expect, it } from 'vitest'
import { guardConsole, takePrintedCount } from '../../src/channels/whatsapp/console-guard.ts'
import { createLink } from '../../src/channels/whatsapp/link.ts'
import { linkPage, linkPath } from '../../src/web/link-page.ts'
import { createServer } from '../../src/web/server.ts'
import { createVirtualClock } from '../support/whatsapp/virtual-clock.ts'

function stage() {
  const clock = createVirtualClock()
  const told: string[] = []
  const link = createLink({
    tell: (lines) => void told.push(lines),
    words: (id) => `<${id}>`,
    pageOf: (token) => `http://here${linkPath(token)}`,
    clock,
  })
  const app = linkPage(link, (id) => `<${id}>`)
  const open = (token: string) => app.request(linkPath(token))
  const token = () => /tautkan\/(\S+)/.exec(told.join('\n'))?.[1] ?? ''
  return { clock, told, link, open, token }
}

it('shows the code as a drawing, comes again by itself, and needs no script', async () => {
  const { link, open, token } = stage()
  link.qr('2@one,two,three')
  const response = await open(token())
  const page = await response.text()
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(page).toContain('<svg viewBox')
  expect(page).toContain('http-equiv="refresh" content="5"')
  expect(page).toContain('<li>&lt;web-link-scan&gt;</li>')
  expect(page).toContain('web-link-secret')
  expect(page).not.toMatch(/<script|style=/)
})

it('shows one step a line', async () => {
  const app = linkPage({ find: () => ({ kind: 'code', code: 'A' }) }, () => 'Buka.\nPilih.\n')
  const page = await (await app.request(linkPath('x'))).text()
  expect(page).toContain('<ol><li>Buka.</li><li>Pilih.</li></ol>')
})

it('shows a code to be typed, and at last that it is done', async () => {
  const { link, open, token, clock } = stage()
  link.code('WXYZ1234')
  expect(await (await open(token())).text()).toContain('<p class="code">WXYZ-1234</p>')
  link.linked()
  const page = await (await open(token())).text()
  expect(page).toContain('web-link-done')
  expect(page).not.toContain('refresh')
  // It stays so for whoever left the page open.
  await clock.pass(20 * 60_000)
  expect(await (await open(token())).text()).toContain('web-link-done')
})

it('is found by its token alone, and for a quarter of an hour', async () => {
  const { link, open, token, clock } = stage()
  expect((await open('x')).status).toBe(404)
  link.qr('2@one')
  const known = token()
  expect(known).toMatch(/^[\w-]{24}$/)
  expect((await open(`${known}a`)).status).toBe(404)
  await clock.pass(15 * 60_000 - 1)
  expect((await open(known)).status).toBe(200)
  await clock.pass(1)
  const late = await open(known)
  expect(late.status).toBe(410)
  const page = await late.text()
  expect(page).toContain('web-link-over')
  expect(page).not.toMatch(/<svg|refresh|2@one/)
  expect((await open(`${known}a`)).status).toBe(404)
  expect(link.isOver()).toBe(true)
})

it('has a new token for a new link', async () => {
  const { link, open, token, told } = stage()
  link.qr('2@one')
  const old = token()
  link.renew()
  told.length = 0
  link.qr('2@two')
  expect(token()).not.toBe(old)
  expect((await open(old)).status).toBe(404)
  expect((await open(token())).status).toBe(200)
})

it('fits on a terminal of 80 columns, however long the code', () => {
  const { link, told } = stage()
  link.qr(`2@${'x'.repeat(235)}`)
  const widths = (told[0] ?? '').split('\n').map((line) => [...line].length)
  expect(Math.max(...widths)).toBeLessThanOrEqual(80)
})

it('the site lets it be shown: no rule of the page is broken', async () => {
  const { link, token } = stage()
  link.qr('2@one')
  const server = createServer({
    port: 0,
    host: '127.0.0.1',
    apps: [{ path: '/', app: linkPage(link, (id) => id) }],
    ready: async () => ({ isReady: true, states: {} }),
    metrics: { contentType: 'text/plain', metrics: async () => '' },
    words: (id) => id,
    title: 'Judul',
    onError: () => undefined,
  })
  const port = await server.listen()
  const response = await fetch(`http://127.0.0.1:${port}${linkPath(token())}`)
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  const style = /href="(\/form\.css[^"]*)"/.exec(await response.text())?.[1]
  expect((await fetch(`http://127.0.0.1:${port}${style}`)).status).toBe(200)
  await server.close()
})

it('the console prints nothing any more, and counts', () => {
  // Another file of this process may have left it shut.
  guardConsole()()
  const written: string[] = []
  const before = console.info
  console.info = (...words) => void written.push(String(words))
  takePrintedCount()
  const open = guardConsole()
  expect(guardConsole()).toBe(open)
  console.info('Closing session:', { privKey: 'secret' })
  console.error(new Error('x'))
  console.dir({})
  expect(written).toEqual([])
  expect(takePrintedCount()).toBe(3)
  expect(takePrintedCount()).toBe(0)
  open()
  console.info('open')
  console.info = before
  expect(written).toEqual(['open'])
})
