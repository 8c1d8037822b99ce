// Pages that are open are told what is new, and nothing that is read moves: in a real browser.
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { openTicket } from '../../src/registry/tickets.ts'
import { sealOutbound } from '../../src/registry/turns.ts'
import { openStage } from '../registry/stage.ts'
import { enrol, handleSubmissions, loadHomes } from '../support/office-world.ts'
import { homes, makeOfficial } from '../support/officials.ts'
import { hasChromium, isTooWide, type sizes, takePicture } from './browser.ts'
import { openDesk } from './desk.ts'

const stage = await openStage()
const { db, seal } = stage

describe.skipIf(!hasChromium)('in Chromium', () => {
  const desk = openDesk(stage)
  beforeAll(() => loadHomes(stage))

  const enter = (size: keyof typeof sizes) => desk.enter({ size })

  async function submit() {
    await enrol(stage, { village: homes.own })
    await handleSubmissions(stage)
  }

  async function say(addressId: number, text: string) {
    const purpose = `kabar:${addressId}:${text}`
    await db.pool.query(
      `INSERT INTO outbound (address_id, purpose, class, body) VALUES ($1, $2, 'reply', $3)`,
      [addressId, purpose, sealOutbound(seal, purpose, { text })],
    )
  }

  const rowCount = (page: Page) => page.locator('tbody tr').count()

  test('on a phone', async () => {
    const size = 'phone'
    const { page, complaints } = await enter(size)
    await submit()
    await page.getByText(/^\d+ pendaftaran menunggu, yang tertua sejak/).waitFor()
    await takePicture(page, `news-today-${size}`)
    await page.getByRole('link', { name: 'Periksa sekarang' }).click()
    await page.getByRole('heading', { name: 'Periksa' }).waitFor()
    const before = await rowCount(page)
    await submit()
    await page.getByText('1 pendaftaran baru.').waitFor()
    expect([await rowCount(page), await isTooWide(page)]).toEqual([before, false])
    await takePicture(page, `news-review-${size}`)
    await page.getByRole('link', { name: 'Muat ulang' }).click()
    await page.getByText('1 pendaftaran baru.').waitFor({ state: 'hidden' })
    expect(await rowCount(page)).toBe(before + 1)
    const addressId = await makeOfficial(db, 'village-operator', homes.own)
    await db.transaction((tx) => openTicket(tx, seal, addressId, { reason: 'question' }))
    await page.getByRole('link', { name: /^Percakapan/ }).click()
    await page.locator('tbody a').last().click()
    await page.getByRole('button', { name: 'Kirim' }).first().waitFor()
    await page.getByLabel('Kata-kata').fill('Sebentar, saya')
    await say(addressId, `Sudah dijawab <b>${size}</b>`)
    await page.getByText(`Sudah dijawab <b>${size}</b>`).waitFor()
    expect(await page.getByLabel('Kata-kata').inputValue()).toBe('Sebentar, saya')
    await takePicture(page, `news-talk-${size}`)
    expect([await isTooWide(page), complaints]).toEqual([false, []])
  })
})
