// Periksa as officers use it: two made one by a button, a heap by the keyboard, two at one desk.
import { beforeAll, describe, expect, test } from 'vitest'
import { openStage } from '../registry/stage.ts'
import { areas, openBrowser } from '../support/office-stage.ts'
import { enrol, handleSubmissions, loadHomes } from '../support/office-world.ts'
import { homes, makeOfficial } from '../support/officials.ts'
import { findSerious, hasChromium, isTooWide, sizes, takePicture } from './browser.ts'
import { openDesk } from './desk.ts'

const stage = await openStage()
const { db } = stage

describe.skipIf(!hasChromium)('in Chromium', () => {
  const desk = openDesk(stage)
  beforeAll(() => loadHomes(stage))

  const enter = (name?: string) => desk.enter({ size: 'desk', ...(name && { name }) })

  async function submit(name: string, address = '') {
    const { receipt } = await enrol(stage, { name, address, village: homes.own })
    await handleSubmissions(stage)
    return receipt
  }

  test('one person is made of two, and two people stay two, on a screen of any size', async () => {
    const [older, younger] = [await submit('Umi Umpama'), await submit('Umi Umpama', 'RT 5')]
    const third = await submit('Umi Umpama')
    const { page, complaints } = await enter()
    await page.goto(`${desk.url}/kantor/periksa/${younger}`)
    await page.getByRole('heading', { name: 'Mungkin orang yang sama' }).waitFor()
    for (const size of ['phone', 'desk'] as const) {
      await page.setViewportSize(sizes[size])
      await takePicture(page, `office-merge-${size}`)
      expect([await isTooWide(page), await findSerious(page)]).toEqual([false, []])
    }
    await page.getByRole('button', { name: 'Gabungkan' }).first().click()
    await page.getByText('Sudah menjadi satu').first().waitFor()
    expect(page.url()).toContain(older)
    await page.getByText('dilengkapi darinya: Alamat.').waitFor()
    for (const size of ['phone', 'desk'] as const) {
      await page.setViewportSize(sizes[size])
      await takePicture(page, `office-merged-${size}`)
      expect([await isTooWide(page), await findSerious(page)]).toEqual([false, []])
    }
    await page.getByRole('button', { name: 'Urungkan' }).click()
    await page.getByText('Sudah diurungkan').waitFor()
    expect(page.url()).toContain(younger)
    for (const _ of [older, third]) {
      await page.getByRole('button', { name: 'Dua orang berbeda' }).first().click()
      await page.getByText('Sudah dicatat sebagai dua orang').waitFor()
    }
    expect(await page.getByText('Mungkin orang yang sama').count()).toBe(0)
    expect(complaints).toEqual([])
  })

  test('twenty clean ones in a row, by the keyboard alone', async () => {
    await db.pool.query(`UPDATE enrolment SET state = 'refused' WHERE state = 'submitted'`)
    const letters = [...'abcdefghijklmnopqrst']
    for (const each of letters) {
      await enrol(stage, { name: `${each.repeat(4)} ${each.repeat(7)}`, village: homes.neighbour })
    }
    await handleSubmissions(stage)
    const { page, complaints } = await enter('Rudi Contoh')
    await page.goto(`${desk.url}/kantor/periksa?jenis=bersih`)
    await page.getByRole('link', { name: 'aaaa' }).click()
    const began = performance.now()
    for (const [at, each] of letters.entries()) {
      await page.getByRole('heading', { name: `${each.repeat(4)} ` }).waitFor()
      await page.keyboard.press('a')
      await page.keyboard.type(`2031${String(at).padStart(7, '0')}`)
      await page.keyboard.press('Enter')
      await page.getByText('diterima. Bisa diurungkan').waitFor()
    }
    const secondsEach = (performance.now() - began) / 1000 / letters.length
    console.info(`a clean submission by the keyboard: ${secondsEach.toFixed(2)} s`)
    const countRegistered = async () => {
      const { rows } = await db.pool.query(
        `SELECT count(DISTINCT submission_id) AS count FROM enrolment WHERE state = 'registered'`,
      )
      return rows[0].count
    }
    // The page before the last one says too that somebody was accepted.
    await expect.poll(countRegistered).toBe(letters.length)
    expect(complaints).toEqual([])
  })

  for (const size of ['phone', 'desk'] as const) {
    test(`a page that is open tells that a colleague was quicker: ${size}`, async () => {
      const receipt = await submit(`Wati ${size === 'phone' ? 'Genggam' : 'Meja'}`)
      const { page, complaints } = await enter()
      await page.setViewportSize(sizes[size])
      await page.goto(`${desk.url}/kantor/periksa/${receipt}`)
      const accept = page.getByLabel(/^Nomor peserta/)
      await accept.fill('2033')
      const colleague = await makeOfficial(db, 'branch-officer', areas.own, 'Rudi Contoh')
      const rudi = await openBrowser(db, desk.url, colleague)
      await rudi.post(`/periksa/${receipt}/tolak`, { alasan: 'age' })
      await page.getByText('Sudah ditolak oleh Rudi Contoh').waitFor()
      const refuse = page.locator('summary', { hasText: /^Tolak$/ })
      expect([await accept.isVisible(), await refuse.isVisible()]).toEqual([false, false])
      await takePicture(page, `office-overtaken-${size}`)
      expect([await isTooWide(page), await findSerious(page)]).toEqual([false, []])
      await rudi.post(`/periksa/${receipt}/urungkan`)
      await accept.waitFor()
      expect([await accept.inputValue(), complaints]).toEqual(['2033', []])
    })
  }

  test('two officers at one registration: the second is told, and nothing is done twice', async () => {
    const receipt = await submit('Tuti Berdua')
    const [one, other] = [await enter(), await enter('Rudi Contoh')]
    for (const { page } of [one, other]) {
      await page.goto(`${desk.url}/kantor/periksa/${receipt}`)
      await page.keyboard.press('a')
    }
    await one.page.keyboard.type('20320000001')
    await other.page.keyboard.type('20320000002')
    await Promise.all([one, other].map(({ page }) => page.keyboard.press('Enter')))
    const told = await Promise.all(
      [one, other].map(async ({ page }) => {
        await page.getByText(/Bisa diurungkan|sudah diputuskan petugas lain/).waitFor()
        return (await page.getByText('sudah diputuskan petugas lain').count()) > 0
      }),
    )
    expect(told.filter(Boolean)).toHaveLength(1)
    const late = told[0] ? one : other
    await late.page.getByText('Sudah diterima oleh').waitFor()
    await takePicture(late.page, 'office-late-desk')
    const { rows } = await db.pool.query(
      `SELECT count(*) AS count FROM outbound WHERE purpose = 'submission:' ||
         (SELECT id FROM submission WHERE receipt = $1) || ':enrolment-registered'`,
      [receipt],
    )
    expect(rows[0].count).toBe(1)
  })
})
