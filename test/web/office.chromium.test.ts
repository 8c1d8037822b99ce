// The workplace as an officer uses it: a real browser, at a desk and on a phone.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStage } from '../registry/stage.ts'
import { areas, newLink, startOffice } from '../support/office-stage.ts'
import { makeOfficial } from '../support/officials.ts'
import { hasChromium, launchChromium, pictures, takePicture } from './browser.ts'

const stage = await openStage()

const sizes = {
  desk: { width: 1280, height: 800 },
  phone: { width: 360, height: 640 },
}

describe.skipIf(!hasChromium)('in Chromium', () => {
  let browser: Browser
  let office: Awaited<ReturnType<typeof startOffice>>
  beforeAll(async () => {
    browser = await launchChromium()
    office = await startOffice(stage)
  })
  afterAll(async () => {
    await browser.close()
    await office.server.close()
    console.info(`pictures of the workplace: ${pictures}`)
    expect(office.errors).toEqual([])
  })

  async function open(size: keyof typeof sizes, javaScriptEnabled = true) {
    const context = await browser.newContext({ viewport: sizes[size], javaScriptEnabled })
    const page = await context.newPage()
    page.setDefaultTimeout(10_000)
    const complaints: string[] = []
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    return { page, complaints }
  }

  async function isTooWide(page: Page) {
    return page.evaluate('document.documentElement.scrollWidth > innerWidth')
  }

  test.each(['desk', 'phone'] as const)(
    'signs in and out at a %s, without script',
    async (size) => {
      const officer = await makeOfficial(stage.db, 'branch-officer', areas.own, 'Vina Contoh')
      const { page, complaints } = await open(size, false)
      await page.goto(`${office.url}/kantor${await newLink(stage.db, officer)}`)
      await takePicture(page, `office-sign-in-${size}`)
      await page.getByRole('button', { name: 'Masuk' }).click()
      await page.getByRole('heading', { name: 'Hari ini' }).waitFor()
      await takePicture(page, `office-today-${size}`)
      await page.getByRole('link', { name: 'Vina Contoh' }).click()
      await page.getByText('yang ini').waitFor()
      await takePicture(page, `office-devices-${size}`)
      expect(await isTooWide(page)).toBe(false)
      expect(complaints).toEqual([])
      await page.getByRole('button', { name: 'Keluar' }).click()
      await page.getByText('Anda belum masuk').waitFor()
      await takePicture(page, `office-out-${size}`)
    },
  )
})
