// The chat page in a real Chromium: by clicking and typing, on small phones and bad lines.
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  closeWindows,
  hasChromium,
  openChromium,
  openPhone,
  pictures,
  takePicture,
} from './browser.ts'
import { type LittleBot, startLittleBot, webWords } from './little-bot.ts'

let browser: Browser
let bot: LittleBot

async function write(page: Page, words: string): Promise<void> {
  await page.fill('#words', words)
  await page.press('#words', 'Enter')
}

async function waitFor(page: Page, text: string): Promise<void> {
  await page.getByText(text, { exact: true }).last().waitFor()
}

function bubbles(page: Page): Promise<string[]> {
  return page.locator('#lines li:not(.day) p').allTextContents()
}

/** What was said, as the rows have it. */
function saidRows(): string[] {
  const lines = [...bot.rows.values()].flat().filter(({ from }) => from === 'person')
  return lines.map(({ text }) => text)
}

async function begin(page: Page): Promise<void> {
  await page.getByRole('button', { name: webWords('web-begin') }).click()
  await page.getByRole('button', { name: 'Bicara dengan petugas' }).waitFor()
}

describe.skipIf(!hasChromium)('the web chat in Chromium', () => {
  beforeAll(async () => {
    browser = await openChromium()
  })

  afterAll(async () => {
    await closeWindows(browser)
    console.info(`pictures of the chat: ${pictures}`)
  })

  beforeEach(async () => {
    bot = await startLittleBot()
  })

  afterEach(async () => {
    await closeWindows(browser)
    await bot.stop()
  })

  test.each([360, 320])(
    'a talk by clicking and typing on %i pixels, kept by a reload',
    async (width) => {
      const { page, complaints } = await openPhone(browser, bot.url, { width })
      await takePicture(page, `${width}-welcome`)
      await begin(page)
      await takePicture(page, `${width}-menu`)
      await page.getByRole('button', { name: 'Daftar' }).click()
      await waitFor(page, 'Siapa nama lengkap Anda, sesuai KTP?')
      await write(page, 'Siti Contoh')
      await waitFor(page, 'Anda menulis: Siti Contoh')
      await takePicture(page, `${width}-talk`)
      const before = await bubbles(page)
      await page.reload()
      expect(await bubbles(page)).toEqual(before)
      expect(before.slice(-3)).toEqual([
        'Siapa nama lengkap Anda, sesuai KTP?',
        'Siti Contoh',
        'Anda menulis: Siti Contoh',
      ])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
      expect(complaints).toEqual([])
    },
  )

  test('sent, typing, read: each is shown when it is true', async () => {
    const { page } = await openPhone(browser, bot.url)
    await begin(page)
    bot.mood.replyMs = 1_000
    await write(page, 'halo')
    await page.locator('.mine[data-state="sent"]').waitFor()
    await waitFor(page, webWords('web-typing'))
    await takePicture(page, 'typing')
    await waitFor(page, 'Anda menulis: halo')
    await page.locator('.mine[data-state="received"]').waitFor()
    expect(await page.locator('#typing').isVisible()).toBe(false)
  })

  test('without a line nothing is lost, and with it again nothing comes twice', async () => {
    const { page } = await openPhone(browser, bot.url)
    await begin(page)
    await page.context().setOffline(true)
    await write(page, 'satu')
    await write(page, 'dua')
    await waitFor(page, webWords('web-reconnecting'))
    await takePicture(page, 'offline')
    expect(bot.received.map(({ words }) => words)).toEqual([''])
    await page.context().setOffline(false)
    await waitFor(page, 'Anda menulis: dua')
    expect(saidRows().slice(1)).toEqual(['satu', 'dua'])
    expect((await bubbles(page)).filter((text) => text === 'satu')).toHaveLength(1)
    await page.locator('#lost').waitFor({ state: 'hidden' })
  })

  test('an acknowledgement that is lost on its way makes no second message', async () => {
    const { page } = await openPhone(browser, bot.url)
    await begin(page)
    let lost = 0
    await page.route('**/chat', async (route) => {
      if (lost++ > 0) return route.continue()
      await route.fetch()
      await route.abort()
    })
    await write(page, 'sekali saja')
    await waitFor(page, 'Anda menulis: sekali saja')
    await expect.poll(() => page.evaluate('Object.keys(localStorage).length')).toBe(0)
    expect(saidRows().slice(1)).toEqual(['sekali saja'])
    expect(await page.locator('.mine').count()).toBe(1)
  })

  test('what the program could not keep survives a reload of the page', async () => {
    const { page } = await openPhone(browser, bot.url)
    await begin(page)
    bot.mood.isBroken = true
    await write(page, 'jangan hilang')
    await waitFor(page, webWords('web-reconnecting'))
    await page.reload()
    await page.locator('.mine[data-state="sending"]', { hasText: 'jangan hilang' }).waitFor()
    bot.mood.isBroken = false
    await waitFor(page, 'Anda menulis: jangan hilang')
    expect(saidRows().slice(1)).toEqual(['jangan hilang'])
  })

  test('without script the whole talk works', async () => {
    const { page } = await openPhone(browser, bot.url, { javaScriptEnabled: false, width: 320 })
    await page.getByRole('button', { name: webWords('web-begin') }).click()
    await page.getByRole('button', { name: 'Daftar' }).click()
    for (const words of ['satu', 'dua', 'tiga', 'Siti Contoh']) {
      await page.fill('#words', words)
      await page.getByRole('button', { name: webWords('web-send') }).click()
    }
    await waitFor(page, 'Anda menulis: Siti Contoh')
    const last = page.getByText('Anda menulis: Siti Contoh', { exact: true })
    expect((await last.boundingBox())?.y).toBeLessThan(740)
    await takePicture(page, 'without-script')
    expect(saidRows()).toEqual(['', 'menu:enrol', 'satu', 'dua', 'tiga', 'Siti Contoh'])
  })

  test('two open pages show the same talk', async () => {
    const { page } = await openPhone(browser, bot.url)
    await begin(page)
    const other = await page.context().newPage()
    await other.goto(bot.url)
    await page.bringToFront()
    await write(page, 'halo')
    await waitFor(page, 'Anda menulis: halo')
    await other.bringToFront()
    await waitFor(other, 'Anda menulis: halo')
    expect(await bubbles(other)).toEqual(await bubbles(page))
  })

  test('by keys alone, with the focus in sight', async () => {
    const { page } = await openPhone(browser, bot.url)
    await begin(page)
    await page.locator('#talk').focus()
    await page.keyboard.press('Tab')
    const focused = await page.evaluate('document.activeElement.textContent')
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineWidth')
    expect([focused, outline]).toEqual(['1Tahu manfaatnya', '3px'])
    await page.keyboard.press('Enter')
    await waitFor(page, 'Tombol menu:benefit')
    expect(await page.evaluate('document.activeElement.id')).toBe('words')
  })

  test('to forget asks first, then begins anew', async () => {
    const { page } = await openPhone(browser, bot.url)
    await begin(page)
    await page.getByText(webWords('web-forget-short'), { exact: true }).click()
    await takePicture(page, 'forget')
    await page.getByText(webWords('web-forget-no')).click()
    expect(bot.rows.size).toBe(1)
    await page.getByText(webWords('web-forget-short'), { exact: true }).click()
    await page.getByRole('button', { name: webWords('web-forget-yes') }).click()
    await page.getByRole('button', { name: webWords('web-begin') }).waitFor()
    expect(bot.rows.size).toBe(0)
  })

  test('a message that is too long comes back to be shortened, and does not block the next', async () => {
    const { page } = await openPhone(browser, bot.url)
    await begin(page)
    await page.fill('#words', 'a'.repeat(17_000))
    await page.press('#words', 'Enter')
    await waitFor(page, webWords('web-too-long'))
    expect(await page.inputValue('#words')).toHaveLength(17_000)
    await write(page, 'pendek')
    await waitFor(page, 'Anda menulis: pendek')
    expect(await page.locator('#notice').isVisible()).toBe(false)
  })

  test('a cookie that got lost is replaced, and what was typed still arrives', async () => {
    const { page } = await openPhone(browser, bot.url)
    await begin(page)
    await page.context().clearCookies()
    await write(page, 'masih ada')
    await waitFor(page, 'Anda menulis: masih ada')
    expect(saidRows().slice(1)).toEqual(['masih ada'])
    await expect.poll(() => page.url()).toBe(`${bot.url}/`)
    expect(await page.locator('#notice').isVisible()).toBe(false)
  })
})
