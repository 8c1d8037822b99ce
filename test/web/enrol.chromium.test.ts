// A whole enrolment by clicking and typing in a real Chromium, against the whole real program.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ContractStage, createContractStage, phraseOf, wordsOf } from '../support/contract.ts'
import { freshDatabase } from '../support/postgres.ts'
import {
  closeWindows,
  hasChromium,
  openChromium,
  openPhone,
  pictures,
  takePicture,
} from './browser.ts'
import { webWords } from './little-bot.ts'

describe.skipIf(!hasChromium)('an enrolment in Chromium', () => {
  const database = freshDatabase()
  let browser: Browser
  let stage: ContractStage

  beforeAll(async () => {
    stage = await createContractStage(await database)
    browser = await openChromium()
  })

  afterAll(async () => {
    await closeWindows(browser)
    await stage.close()
    console.info(`pictures of the enrolment: ${pictures}`)
  })

  /** Waits until the last thing that the bot said holds these words. */
  async function hear(page: Page, words: string) {
    await page.locator('#lines .theirs').last().filter({ hasText: words }).waitFor()
  }
  const ask = (page: Page, step: string, flow = 'villager/enrol') =>
    hear(page, wordsOf(stage.program().runtime.book, flow, step))

  async function write(page: Page, words: string, next: string) {
    await page.fill('#words', words)
    await page.press('#words', 'Enter')
    await ask(page, next)
  }
  async function click(page: Page, label: string, next: string) {
    await page.locator('#choices').getByText(label, { exact: true }).click()
    await ask(page, next)
  }

  async function tellWhoTheyAre(page: Page) {
    await click(page, 'Daftar', 'consent')
    await takePicture(page, 'enrol-consent', 'shown')
    await click(page, 'Ya, saya setuju', 'nationality')
    await click(page, 'Ya', 'work-relation')
    await click(page, 'Usaha atau kerja lepas', 'membership')
    await click(page, 'Belum pernah', 'birth-date')
    await write(page, '12 Maret 1985', 'nik')
    await write(page, '6303055203850001', 'name')
    await write(page, 'Siti Contoh', 'birth-place')
    await write(page, 'Martapura', 'sex')
    await click(page, 'Perempuan', 'mother-name')
    await write(page, 'Ibu Contoh', 'phone')
    await write(page, '081234567890', 'village')
  }

  async function tellWork(page: Page) {
    await write(page, 'lewati', 'occupation')
    await write(page, 'pedagang sayur', 'sector')
    await click(page, 'Pekerjaan lain', 'work-place')
    await write(page, 'pasar desa', 'income')
    await write(page, '1,5 juta', 'payer')
    await click(page, 'Saya sendiri', 'programme')
    await takePicture(page, 'enrol-price', 'shown')
    await click(page, 'JKK dan JKM', 'months')
    await click(page, 'Tiga bulan', 'campaign-consent')
    await click(page, 'Tidak usah', 'review')
  }

  test('from the greeting to the receipt, on a phone', async () => {
    const { page, complaints } = await openPhone(browser, `http://127.0.0.1:${stage.config.PORT}`)
    await page.getByRole('button', { name: webWords('web-begin') }).click()
    await ask(page, 'menu', 'villager/start')
    await takePicture(page, 'enrol-greeting', 'shown')
    await tellWhoTheyAre(page)

    await page.fill('#words', 'Pesayangan Utara')
    await page.press('#words', 'Enter')
    await hear(page, 'Pasayangan Utara, Kec. Martapura, Kab. Banjar')
    await takePicture(page, 'enrol-village', 'shown')
    await click(page, phraseOf(stage.program().runtime.book, 'doubt-yes'), 'address')

    await tellWork(page)
    await takePicture(page, 'enrol-review', 'shown')
    await click(page, 'Ya, kirim', 'submitted')
    await takePicture(page, 'enrol-receipt', 'shown')

    const last = await page.locator('#lines .theirs p').last().textContent()
    const receipt = /SD-(\w{5})-(\w{5})/
      .exec(last ?? '')
      ?.slice(1)
      .join('')
    const { pool } = stage.program().runtime.db
    const { rows } = await pool.query('SELECT 1 FROM submission WHERE receipt = $1', [receipt])
    expect(rows).toHaveLength(1)
    expect(await page.locator('#lines').textContent()).not.toContain('6303055203850001')
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    // Nobody answers as fast as this test: the page is told to wait, and sends again by itself.
    expect(complaints.filter((one) => !one.includes('429'))).toEqual([])
  })
})
