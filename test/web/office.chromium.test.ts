// The workplace as an officer uses it: a real browser, at a desk and on a phone.
import { beforeAll, describe, expect, test } from 'vitest'
import { openTicket } from '../../src/registry/tickets.ts'
import { makeMember } from '../registry/members.ts'
import { openStage } from '../registry/stage.ts'
import { areas, newLink } from '../support/office-stage.ts'
import {
  enrol,
  handleSubmissions,
  loadHomes,
  newNik,
  startVillage,
} from '../support/office-world.ts'
import { homes, makeOfficial, pin } from '../support/officials.ts'
import {
  findSerious,
  hasChromium,
  isTooWide,
  openWindow,
  type sizes,
  takePicture,
} from './browser.ts'
import { openDesk } from './desk.ts'

const stage = await openStage()
const { db } = stage

/** The number under which two have registered. */
const twinNik = newNik()

describe.skipIf(!hasChromium)('in Chromium', () => {
  const desk = openDesk(stage)
  beforeAll(async () => {
    await loadHomes(stage)
    await startVillage(stage, homes.own, ['Siti Contoh', 'Aminah Contoh', 'Rahmat Contoh'])
    for (let n = 0; n < 5; n++) await enrol(stage)
    await enrol(stage, { name: 'Aminah Ganjil', membership: 'unsure', sex: 'L' })
    await enrol(stage, { nik: twinNik, name: 'Rahmawati Kembar', village: homes.neighbour })
    await enrol(stage, { nik: twinNik, name: 'Rahma Kembar', village: homes.neighbour })
    for (let week = 0; week < 12; week++) {
      const day = new Date(Date.now() - week * 7 * 86_400_000).toISOString()
      for (let n = 0; n < 13 - week; n++) await makeMember(db, { registeredAt: day })
    }
    await handleSubmissions(stage)
  })

  const enter = (size: keyof typeof sizes, name?: string) =>
    desk.enter({ size, ...(name && { name }) })

  test.each(['desk', 'phone'] as const)(
    'signs in and out at a %s, without script',
    async (size) => {
      const officer = await makeOfficial(db, 'branch-officer', areas.own, 'Vina Contoh')
      const { page, complaints } = await openWindow(desk.browser, size, {
        javaScriptEnabled: false,
      })
      await page.goto(`${desk.url}/kantor${await newLink(db, officer)}`)
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

  test.each(['desk', 'phone'] as const)(
    'from the regency down to a village at a %s',
    async (size) => {
      const { page, complaints } = await enter(size)
      await takePicture(page, `office-today-full-${size}`)
      await page.getByRole('link', { name: 'Desa', exact: true }).click()
      await page.getByRole('link', { name: 'Kab. Banjar', exact: true }).click()
      await takePicture(page, `office-regency-${size}`)
      await page.getByRole('link', { name: 'Kec. Martapura' }).first().click()
      await page.getByRole('link', { name: 'Berjalan' }).click()
      await takePicture(page, `office-district-${size}`)
      await page.getByRole('link', { name: 'Pasayangan Utara' }).click()
      await page.getByText('Siti Contoh').waitFor()
      expect(await page.getByText('Rusdi Contoh').count()).toBe(1)
      await takePicture(page, `office-village-${size}`)
      expect([await isTooWide(page), complaints]).toEqual([false, []])
    },
  )

  test.each(['desk', 'phone'] as const)(
    'answers somebody who waits at a %s, and closes the conversation',
    async (size) => {
      const asker = await makeOfficial(db, 'village-operator', homes.own, 'Operator Contoh')
      const words = JSON.stringify({ question: 'Kapan kartu warga kami datang?' })
      await openTicket(db.pool, stage.seal, asker, { reason: 'question', words })
      const { page, complaints } = await enter(size)
      await page.getByRole('link', { name: 'Percakapan', exact: false }).first().click()
      await takePicture(page, `office-talks-${size}`)
      await page.getByRole('link', { name: 'Pertanyaan' }).last().click()
      await page.getByRole('button', { name: 'Kirim, tunggu balasan' }).click()
      await page.getByText('Belum ada yang dikirim').waitFor()
      // That it was refused is what the browser's console says too.
      expect(complaints.splice(0)).toHaveLength(1)
      await page.getByLabel('Kata-kata Anda').fill('Minggu depan.\nTunggu kabar kami.')
      await page.getByRole('button', { name: 'Kirim, tunggu balasan' }).click()
      await page.getByText('Bot diam di percakapan ini').waitFor()
      await takePicture(page, `office-talk-${size}`)
      await page.getByLabel('Kalimat siap pakai').selectOption({ index: 1 })
      await page.getByRole('button', { name: 'Kirim dan tutup' }).click()
      await page.getByText('Percakapan ditutup').waitFor()
      const { rows } = await db.pool.query(
        `SELECT kind FROM inbound WHERE address_id = $1 ORDER BY id`,
        [asker],
      )
      expect(rows.map(({ kind }) => kind)).toEqual(['officer', 'officer-left'])
      expect([await isTooWide(page), complaints]).toEqual([false, []])
    },
  )
  test('a hundred clean ones go by with the keyboard alone, at a desk', async () => {
    const { page, complaints } = await enter('desk', 'Rudi Contoh')
    await page.getByRole('link', { name: 'Periksa sekarang' }).click()
    await takePicture(page, 'office-queue-desk')
    await page.getByRole('link', { name: 'Tanpa keganjilan' }).click()
    await page.getByRole('link', { name: 'Siti Rahmah' }).first().click()
    await page.getByText('Mungkin orang yang sama sudah').waitFor()
    await takePicture(page, 'office-one-desk')
    for (let n = 0; n < 2; n++) {
      const before = page.url()
      await page.keyboard.press('a')
      await page.keyboard.type(`2028000000${n}`)
      await page.keyboard.press('Enter')
      await page.getByText('diterima. Bisa diurungkan').waitFor()
      expect(page.url()).not.toBe(before)
    }
    await takePicture(page, 'office-accepted-desk')
    await page.keyboard.press('u')
    await page.getByText('Sudah diurungkan').waitFor()
    await page.keyboard.press('t')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Foto KTP belum terbaca.')
    await page.keyboard.press('Escape')
    await takePicture(page, 'office-refuse-desk')
    await page.getByRole('button', { name: 'Tolak' }).click()
    await page.getByText('Sudah ditolak, orangnya segera dikabari').waitFor()
    expect(complaints).toEqual([])
  })

  test('on a phone: what is odd, who may be there twice, a question, the full number', async () => {
    const { page, complaints } = await enter('phone')
    await page.getByRole('link', { name: 'Periksa', exact: false }).first().click()
    await takePicture(page, 'office-queue-phone')
    await page.getByRole('link', { name: 'Rahma Kembar' }).click()
    await page.getByText('Mungkin orang yang sama').first().waitFor()
    await takePicture(page, 'office-twice-phone')
    await page.getByText('Tanya orangnya').first().click()
    await page.getByLabel('Pertanyaan').fill('Apakah ini Anda juga?')
    await page.getByRole('button', { name: 'Tanya orangnya' }).click()
    await page.getByText('Pertanyaannya sudah dikirim').waitFor()
    await page.getByText('Tampilkan NIK lengkap').first().click()
    await page.getByRole('button', { name: 'Tampilkan NIK lengkap' }).click()
    await page.getByLabel('PIN').fill(pin)
    await takePicture(page, 'office-pin-phone')
    await page.getByRole('button', { name: 'Lanjutkan' }).click()
    await page.getByText(twinNik).first().waitFor()
    expect(await isTooWide(page)).toBe(false)
    // A page that says what is wrong has a status that the console notes.
    expect(complaints.filter((one) => !one.includes('422'))).toEqual([])
  })

  test('looks for somebody on a phone, and reads what happened', async () => {
    const { page, complaints } = await enter('phone')
    await page.getByRole('link', { name: 'Orang', exact: true }).click()
    await page.getByLabel('Nama, nomor').fill('rahmawati kembar')
    await page.getByRole('button', { name: 'Cari' }).click()
    await takePicture(page, 'office-found-phone')
    await page.getByRole('link', { name: 'Rahmawati Kembar' }).click()
    await page.getByText('Yang terjadi').waitFor()
    await takePicture(page, 'office-person-phone')
    expect([await isTooWide(page), complaints]).toEqual([false, []])
  })

  const shown = [
    '',
    '/periksa',
    '/orang',
    '/desa',
    '/desa/63.03',
    `/desa/${homes.own}`,
    '/perangkat',
  ]

  test('no page has a serious fault for those who see or hear it otherwise', async () => {
    const { page } = await enter('desk')
    await page.goto(`${desk.url}/kantor/periksa`)
    const submission = await page.locator('tbody a').first().getAttribute('href')
    for (const path of [...shown.map((each) => `/kantor${each}`), submission]) {
      await page.goto(`${desk.url}${path}`)
      expect([path, await findSerious(page)]).toEqual([path, []])
    }
  })
})
