// Checking a certificate over real HTTP, on the real rows: what holds, what ended, what is forged.

import type { Browser } from 'playwright-core'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createVerifying } from '../../src/certificate/verify.ts'
import { readConfig } from '../../src/config.ts'
import { showCode } from '../../src/core/answers/code.ts'
import { certificateCode } from '../../src/registry/certificates.ts'
import type { Runtime } from '../../src/runtime.ts'
import { createServer } from '../../src/web/server.ts'
import { verifyPage } from '../../src/web/verify-page.ts'
import { openStage } from '../registry/stage.ts'
import { homes } from '../support/officials.ts'
import {
  closeWindows,
  hasChromium,
  openChromium,
  openPhone,
  pictures,
  takePicture,
} from './browser.ts'

const { db, book, seal } = await openStage()
const config = readConfig({ PUBLIC_URL: 'https://sapadesa.example' })
const clock = { today: () => '2026-12-09' }
const runtime = { config, db, seal, book, clock } as unknown as Runtime

/** Each reader comes from elsewhere, as a proxy tells it. */
let readers = 0
const server = createServer({
  ...{ port: 0, host: '127.0.0.1', metrics: new Registry(), title: 'Sapa Desa' },
  apps: [{ path: '/', app: verifyPage(createVerifying(runtime)) }],
  ready: async () => ({ isReady: true, states: {} }),
  words: (id) => id,
  onError: (error) => console.error(error),
})
let url = ''
beforeAll(async () => {
  url = `http://127.0.0.1:${await server.listen()}`
})
afterAll(() => server.close())

function read(path: string, reader = `10.0.0.${++readers}`) {
  return fetch(`${url}${path}`, { headers: { 'x-forwarded-for': reader }, redirect: 'manual' })
}

/** The page without its marks, its head and its form's value. */
async function wordsOf(path: string) {
  const page = await (await read(path)).text()
  return page.replace(/<head>[\s\S]*<\/head>| value="[^"]*"|<[^>]*>/g, ' ').replace(/\s+/g, ' ')
}

const code = (ordinal: number) => certificateCode(seal, homes.own, ordinal)

async function insert(ordinal: number, sinceOn: string, agreement: string | null) {
  const isSadar = agreement !== null
  await db.pool.query(
    `INSERT INTO village_status
       (village_code, ordinal, is_sadar, since_on, reason, people, agreement, code)
     VALUES ($1, $2, $3, $4, $5, 11, $6, $7)`,
    [
      ...[homes.own, ordinal, isSadar, sinceOn, isSadar ? 'given' : 'lost', agreement],
      isSadar ? code(ordinal) : null,
    ],
  )
}

const where = 'Pasayangan Utara, Kec. Martapura, Kab. Banjar'
const stands = 'adalah Desa Sadar Jaminan Sosial Ketenagakerjaan sejak 21 November 2026, dan masih'

test('a certificate that holds: the village, since when, the agreement, and that it holds today', async () => {
  await insert(1, '2026-11-21', 'PER/12/112026')
  const words = await wordsOf(`/verify/${showCode(code(1))}`)
  expect(words).toContain(`${where} ${stands} berlaku hari ini, 9 Desember 2026.`)
  expect(words).toContain('Nomor perjanjian PER/12/112026 Orang yang terdaftar 11')
})

test('a code is read however it was copied, also from the form without script', async () => {
  const typed = code(1).toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l')
  for (const path of [`/verify/${typed}`, `/verify?code=${encodeURIComponent(` ${typed} `)}`]) {
    expect(await wordsOf(path)).toContain(stands)
  }
  expect(await wordsOf(`/verify/${code(1)}?language=en`)).toContain('still is one today')
})

test('the certificate itself opens from there, the same each time', async () => {
  const path = `/verify/${showCode(code(1))}/piagam.pdf`
  const [one, other] = [await read(path), await read(path)]
  expect([one.status, one.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  const bytes = Buffer.from(await one.arrayBuffer())
  expect(bytes.toString('latin1')).toContain('(Desa Pasayangan Utara)')
  const english = await (await read(`${path}?language=en`)).text()
  expect(english).toContain('(the village of Pasayangan Utara)')
  expect(bytes.equals(Buffer.from(await other.arrayBuffer()))).toBe(true)
})

test('forged, mistyped and unknown codes are told the same, kindly', async () => {
  const changed = `${code(1).slice(0, 9)}${code(1).endsWith('Z') ? 'Y' : 'Z'}`
  await db.pool.query(
    `INSERT INTO village_status
       (village_code, ordinal, is_sadar, since_on, reason, people, agreement, code)
     VALUES ($1, 50, true, '2026-01-01', 'given', 9, 'PALSU', 'AAAAAAAAAA')`,
    [homes.own],
  )
  const codes = [changed, 'AAAAAAAAAA', '7K3M2-92QXA', 'halo', "' OR 1=1 --", '<b>x</b>', '%00']
  const told = new Set<string>()
  for (const one of codes) {
    const path = `/verify/${encodeURIComponent(one)}`
    expect((await read(path)).status).toBe(404)
    told.add(await wordsOf(path))
  }
  expect(told.size).toBe(1)
  expect([...told][0]).toContain('Kode ini tidak ada pada kami.')
  expect((await read(`/verify/${changed}/piagam.pdf`)).status).toBe(404)
  await expect(wordsOf(`/verify/${changed}/piagam.pdf`)).resolves.toBe([...told][0])
  await db.pool.query('SELECT 1')
})

test('what was lost is said with its day; and when the village has it again, that too', async () => {
  await insert(51, '2026-12-01', null)
  const ended = await wordsOf(`/verify/${code(1)}`)
  expect(ended).toContain('tetapi piagam ini tidak berlaku lagi sejak 1 Desember 2026.')
  expect(ended).not.toContain('lagi, dengan piagam yang baru')
  expect(ended).not.toContain('PDF')
  expect((await read(`/verify/${code(1)}/piagam.pdf`)).headers.get('content-type')).toMatch('html')
  await insert(52, '2026-12-08', 'PER/12/112026')
  expect(await wordsOf(`/verify/${code(1)}`)).toContain('Desa Sadar lagi, dengan piagam yang baru')
  expect(await wordsOf(`/verify/${code(52)}`)).toContain('sejak 8 Desember 2026, dan masih')
})

test('whoever tries codes through is stopped, and nobody else is', async () => {
  const answers: number[] = []
  for (let n = 0; n < 24; n++) answers.push((await read('/verify/0000000000', '10.9.9.9')).status)
  expect(answers.slice(0, 20)).toEqual(Array(20).fill(404))
  expect(answers.slice(21)).toEqual([429, 429, 429])
  expect((await read('/verify', '10.9.9.9')).status).toBe(200)
  expect((await read(`/verify/${code(52)}`, '10.9.9.8')).status).toBe(200)
})

test('is small, without script, and tells no machine to keep it', async () => {
  const page = await read(`/verify/${code(52)}`)
  expect(page.headers.get('cache-control')).toBe('no-store')
  const text = await page.text()
  const style = await (await read(/href="(\/form\.css[^"]*)"/.exec(text)?.[1] ?? '')).text()
  expect(text.length + style.length).toBeLessThan(15_000)
  expect(text).not.toContain('<script')
})

describe.skipIf(!hasChromium)('in Chromium', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openChromium()
  })
  afterAll(async () => {
    await closeWindows(browser)
    console.info(`pictures of the check: ${pictures}`)
  })

  test('on a small phone without script: type the code, read the answer', async () => {
    const phone = { width: 320, javaScriptEnabled: false }
    const { page, complaints } = await openPhone(browser, `${url}/verify`, phone)
    await takePicture(page, 'verify-empty')
    await page.fill('#code', showCode(code(52)).toLowerCase())
    await page.getByRole('button', { name: 'Periksa' }).click()
    await page.getByText('dan masih berlaku hari ini').waitFor()
    await takePicture(page, 'verify-stands')
    await page.fill('#code', '7k3m2-92qxa')
    await page.getByRole('button', { name: 'Periksa' }).click()
    await page.getByText('Kode ini tidak ada pada kami').waitFor()
    await takePicture(page, 'verify-unknown')
    await page.goto(`${url}/verify/${code(1)}`)
    await takePicture(page, 'verify-ended')
    const isWide = await page.evaluate('document.documentElement.scrollWidth > innerWidth')
    expect(isWide).toBe(false)
    expect(complaints.filter((one) => !one.includes('404'))).toEqual([])
  })
})
