// Mesin, Masuk-keluar and Alur as an officer uses them: a real browser, at a desk and on a phone.
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { createMachine } from '../../src/machine.ts'
import { raiseAlarm } from '../../src/registry/alarms.ts'
import { openTicket } from '../../src/registry/tickets.ts'
import { makeWaiting } from '../members/stage.ts'
import { makeAddress, openStage } from '../registry/stage.ts'
import { pin } from '../support/officials.ts'
import { hasChromium, isTooWide, type sizes, takePicture } from './browser.ts'
import { openDesk } from './desk.ts'

const stage = await openStage()
const { db, seal } = stage

describe.skipIf(!hasChromium)('in Chromium', () => {
  const state = { waiting: 2, running: 1, failed: 0, oldestAt: new Date() }
  const states = async () => [{ name: 'send-messages' as const, ...state }]
  const queues = { states, retry: async () => 0 }
  const { readingCopy } = createMachine(stage.book, {}, queues, new AbortController().signal)
  const desk = openDesk(stage, { machine: { states, readingCopy } })
  beforeAll(async () => {
    const addressId = await makeAddress(db, 'penghapus')
    await db.transaction((tx) => openTicket(tx, seal, addressId, { reason: 'erasure' }))
  })

  // The page that asks for the PIN is no success, and Chromium says so.
  const entering = { role: 'branch-head', acceptDownloads: true, expected: '422' } as const
  const enter = (size: keyof typeof sizes) => desk.enter({ size, ...entering })

  test.each(['desk', 'phone'] as const)(
    'sees to an alarm at a %s, told as it comes',
    async (size) => {
      const { page, complaints } = await enter(size)
      await page.getByRole('link', { name: 'Mesin', exact: true }).click()
      await page.getByText('Semua berjalan.').waitFor()
      await raiseAlarm(db.pool, { kind: 'outdated', channel: 'whatsapp' })
      await page.locator('.lead', { hasText: 'WhatsApp tidak lagi menerima' }).waitFor()
      await page.reload()
      await takePicture(page, `machine-${size}`)
      await page.getByRole('button', { name: 'Sudah diurus' }).click()
      await page.getByText('Tidak ada gangguan.').waitFor()
      await page.getByRole('link', { name: 'Jejak audit' }).click()
      await page.getByRole('button', { name: 'Periksa rantainya' }).click()
      await page.goto(`${desk.url}/kantor/mesin/jejak`)
      await page.getByText('Rantai utuh').waitFor()
      await takePicture(page, `machine-trail-${size}`)
      await page.goto(`${desk.url}/kantor/mesin/terkena`)
      await takePicture(page, `machine-affected-${size}`)
      expect([await isTooWide(page), complaints]).toEqual([false, []])
    },
  )

  test.each(['desk', 'phone'] as const)(
    'takes a list out and brings the answers in at a %s',
    async (size) => {
      const waiting = await makeWaiting(db)
      const { page, complaints } = await enter(size)
      await page.getByRole('link', { name: 'Masuk-keluar' }).click()
      await page.getByLabel('Jenis').selectOption('bpu')
      await page.getByLabel('Alasan').fill('pendaftaran minggu ini')
      await page.getByRole('button', { name: 'Minta daftarnya' }).click()
      await page.getByLabel('PIN').fill(pin)
      await page.getByRole('button', { name: 'Lanjutkan' }).click()
      await page.getByText('siap diunduh di bawah ini').waitFor()
      await takePicture(page, `machine-in-out-${size}`)
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Unduh CSV, sekali' }).click(),
      ])
      expect(readFileSync(await download.path(), 'utf8')).toContain(waiting.nik)
      const answers = `Resi;Nomor Peserta;Hasil\r\n${waiting.receipt};${waiting.kpj};Berhasil\r\n`
      await page.goto(`${desk.url}/kantor/masuk-keluar`)
      await page.getByLabel('Jawaban portal').setInputFiles({
        ...{ name: 'jawaban.csv', mimeType: 'text/csv', buffer: Buffer.from(answers) },
      })
      await page.getByRole('button', { name: 'Masukkan' }).first().click()
      // The page does not follow by itself: whoever wants to know looks again.
      const lookAgain = async () => {
        await page.getByRole('link', { name: 'Lihat keadaan terbaru' }).click()
        return page.getByText('Selesai: 1 baris').count()
      }
      await expect.poll(lookAgain).toBe(1)
      await takePicture(page, `machine-import-${size}`)
      expect([await isTooWide(page), complaints]).toEqual([false, []])
    },
  )

  test.each(['desk', 'phone'] as const)('reads a flow at a %s', async (size) => {
    const { page, complaints } = await enter(size)
    await page.getByRole('link', { name: 'Alur' }).click()
    await takePicture(page, `machine-flows-${size}`)
    await page.locator('a[href="/kantor/alur/villager-enrol"]').click()
    await page.getByRole('heading', { name: 'Pertanyaan menurut urutannya' }).waitFor()
    await takePicture(page, `machine-flow-${size}`)
    expect([await isTooWide(page), complaints]).toEqual([false, []])
  })
})
