// Kampanye as two officers use it: a real browser, at a desk and on a phone, from words to the end.
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { createMachine } from '../../src/machine.ts'
import { openCampaignStage } from '../campaigns/stage.ts'
import { pin } from '../support/officials.ts'
import { findSerious, hasChromium, isTooWide, type sizes, takePicture } from './browser.ts'
import { openDesk } from './desk.ts'

const stage = await openCampaignStage()
const { book, counts, db, makeChats, queue, send } = stage

describe.skipIf(!hasChromium)('in Chromium', () => {
  const queues = { states: async () => [], retry: async () => 0 }
  const { shownOn, meaningOf } = createMachine(book, {}, queues, new AbortController().signal)
  const channels = new Map(
    ['telegram', 'whatsapp'].map((name) => [name, { ...stage.channel, name }]),
  )
  const desk = openDesk(stage, { machine: { shownOn, meaningOf }, channels })
  beforeAll(async () => {
    await makeChats(Array.from({ length: 520 }, (_, i) => `orang-${i}`))
  })

  async function enter(size: keyof typeof sizes, name: string) {
    // A form that misses something and the page that asks for the PIN are no success.
    const window = await desk.enter({ size, name, expected: '422' })
    await window.page.getByRole('link', { name: 'Kampanye' }).click()
    return window
  }

  const press = (page: Page, name: string) => page.getByRole('button', { name }).click()

  const told = (page: Page, hasText: string) => page.locator('.told', { hasText }).waitFor()

  async function confirm(page: Page, name: string) {
    await press(page, name)
    await page.getByLabel('PIN').fill(pin)
    await page.getByLabel('PIN').press('Enter')
  }

  /** Sends what may go at ten in the morning; gives the number of the newest campaign. */
  async function morning(): Promise<number> {
    const { rows } = await db.pool.query(
      'UPDATE campaign SET starts_at = to_timestamp(0) WHERE starts_at > now() - interval $$1 h$$ RETURNING id',
    )
    await queue()
    await send()
    const { rows: newest } = await db.pool.query('SELECT max(id) AS id FROM campaign')
    return rows[0]?.id ?? newest[0].id
  }

  test.each(['desk', 'phone'] as const)(
    'a campaign is led from words to end at a %s',
    async (size) => {
      const { page, complaints } = await enter(size, 'Vina Contoh')
      await takePicture(page, `campaign-list-${size}`)
      await page.getByRole('link', { name: 'Kampanye baru' }).click()
      await page.getByLabel('Nama kampanye').fill(`Ajakan ${size}`)
      await page.getByLabel('Bunyi dalam bahasa Indonesia').fill('Hanya Rp16.800 sebulan!')
      await press(page, 'Simpan rancangan')
      await page.getByText('ada jumlah uang').waitFor()
      await page.getByText('Isian yang boleh dipakai').click()
      await takePicture(page, `campaign-compose-${size}`)
      await page
        .getByLabel('Bunyi dalam bahasa Indonesia')
        .fill('Halo {name} di {village}. Mulai {lowest_price_other} sebulan Anda terlindungi.')
      await page.getByLabel('Tombol yang membuka').selectOption('villager/enrol')
      await page.getByLabel('belum terdaftar').check()
      await press(page, 'Simpan rancangan')
      await told(page, 'Rancangan disimpan')
      await page.locator('.choice', { hasText: 'DAFTAR' }).first().waitFor()
      await takePicture(page, `campaign-draft-${size}`)

      await press(page, 'Kirim ke percakapan saya')
      await told(page, 'Dikirim ke percakapan Anda')
      await page.getByRole('link', { name: 'Lihat penerimanya' }).click()
      await page.getByText('520 orang akan dikirimi').waitFor()
      await takePicture(page, `campaign-people-${size}`)
      await confirm(page, 'Serahkan kampanye')
      await told(page, 'petugas kedua harus menyetujui')
      const path = new URL(page.url()).pathname

      const other = await enter(size, 'Rudi Contoh')
      await other.page.getByRole('link', { name: `Ajakan ${size}` }).click()
      await takePicture(other.page, `campaign-approve-${size}`)
      await confirm(other.page, 'Setujui')
      await told(other.page, 'Disetujui. Pengiriman')
      // The page of whoever wrote it follows by itself.
      await page.locator('.lead', { hasText: 'Mulai ' }).waitFor()
      const id = await morning()
      await page.locator('.lead', { hasText: 'dari 6 orang pertama' }).waitFor()
      await page.goto(`${desk.url}${path}`)
      await takePicture(page, `campaign-canary-${size}`)
      const serious = await findSerious(page)
      await press(page, 'Lanjutkan ke semua')
      await told(page, 'Dilanjutkan ke semua')
      await queue()
      await page.locator('.states', { hasText: 'sedang dikirim' }).waitFor()
      await takePicture(page, `campaign-running-${size}`)
      await press(page, 'Jeda')
      await told(page, 'Dijeda. Yang belum')
      const { sent = 0 } = await counts(id)
      await press(page, 'Batalkan kampanye')
      await told(page, 'Dibatalkan. Tidak ada lagi')
      await send()
      expect((await counts(id)).sent ?? 0).toBe(sent)
      await page.getByRole('link', { name: 'Hasil' }).click()
      await page.getByText('orang yang menerima').waitFor()
      await takePicture(page, `campaign-results-${size}`)
      const wide = [await isTooWide(page), await isTooWide(other.page)]
      expect([serious, wide]).toEqual([[], [false, false]])
      expect([...complaints, ...other.complaints]).toEqual([])
      await page.context().close()
      await other.page.context().close()
    },
    120_000,
  )
})
