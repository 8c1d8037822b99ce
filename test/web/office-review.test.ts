// Periksa over real HTTP: what the page says, what it hides, and what each action leads to.
import { expect, test } from 'vitest'
import { openStage } from '../registry/stage.ts'
import { areas, openBrowser, signInAs, wordsOf } from '../support/office-stage.ts'
import { enrol, handleSubmissions, newNik, openSignedIn } from '../support/office-world.ts'
import { homes, pin } from '../support/officials.ts'

const stage = await openStage()
const { db } = stage
const { office, who } = await openSignedIn(stage)

async function submit(answers: Parameters<typeof enrol>[1] = {}) {
  const { receipt } = await enrol(stage, answers)
  await handleSubmissions(stage)
  return receipt
}

let numbers = 0
const newKpj = () => `2027${String(++numbers).padStart(7, '0')}`
const placeOf = (answer: Response) => answer.headers.get('location') ?? ''

async function auditOf(receipt: string) {
  const { rows } = await db.pool.query<{ action: string; detail: object }>(
    `SELECT action, detail FROM audit
      WHERE subject = 'submission:' || (SELECT id FROM submission WHERE receipt = $1) ORDER BY id`,
    [receipt],
  )
  return rows
}

test('one submission: who, where, as what, what is odd, and nothing sensitive in full', async () => {
  const nik = newNik()
  const receipt = await submit({ nik, sex: 'L', membership: 'unsure', 'mother-name': 'Rukayah' })
  const words = await wordsOf(who.get(`/periksa/${receipt}`))
  expect(words).toContain('Siti Rahmah')
  expect(words).toContain('Mendaftar sendiri sebagai pedagang sayur, di Pasayangan Utara')
  expect(words).toContain('NIK tidak cocok dengan isian lain. Jenis kelamin di NIK berbeda.')
  expect(words).toContain('Orangnya tidak yakin apakah pernah jadi peserta.')
  expect(words).toContain(`${nik.slice(0, 4)}••••••••${nik.slice(-4)}`)
  for (const hidden of [nik, 'Rukayah', '81234567890']) expect(words).not.toContain(hidden)
  expect(await auditOf(receipt)).toEqual([{ action: 'see-submission', detail: {} }])
})

test('what is hidden is shown after the PIN, for a reason that is kept', async () => {
  const nik = newNik()
  const receipt = await submit({ nik, 'mother-name': 'Rukayah' })
  const browser = await openBrowser(db, office.url, who.addressId)
  const path = `/periksa/${receipt}/buka`
  expect(await wordsOf(browser.post(path, { mengapa: 'portal' }))).toContain('PIN Anda dulu')
  expect(await wordsOf(browser.post(path, { mengapa: 'iseng', pin }))).toContain(
    'Pilih satu alasan',
  )
  const words = await wordsOf(browser.post(path, { mengapa: 'portal' }))
  expect([words.includes(nik), words.includes('Rukayah')]).toEqual([true, true])
  const revealed = (await auditOf(receipt)).filter(({ action }) => action === 'reveal-submission')
  expect(revealed).toEqual([{ action: 'reveal-submission', detail: { reason: 'portal' } }])
})

test('accepting leads to the next of the same kind, with a way back', async () => {
  const [odd, clean, next] = [
    await submit({ membership: 'unsure' }),
    await submit(),
    await submit(),
  ]
  const form = { jenis: 'bersih', kpj: `${newKpj().slice(0, 4)} 000 9999` }
  const answer = await who.post(`/periksa/${clean}/terima`, form)
  expect([answer.status, placeOf(answer)]).toEqual([
    ...[303, `/kantor/periksa/${next}?jenis=bersih&urung=${clean}&kabar=accepted`],
  ])
  const page = await wordsOf(who.get(placeOf(answer).slice('/kantor'.length)))
  expect(page).toContain('diterima. Bisa diurungkan selama 10 detik. Urungkan')
  const undone = await who.post(`/periksa/${clean}/urungkan`)
  expect(placeOf(undone)).toBe(`/kantor/periksa/${clean}?kabar=undone`)
  expect(await wordsOf(who.get(`/periksa/${clean}`))).not.toContain('Sudah diterima')
  expect(await wordsOf(who.get(`/periksa/${odd}?jenis=ganjil`))).toContain('Terima')
})

test('a number that is none is said and kept in its field; that of another is refused', async () => {
  const [one, other] = [await submit(), await submit()]
  const odd = await who.post(`/periksa/${one}/terima`, { kpj: '12345' })
  const page = await odd.text()
  expect([odd.status, page.includes('value="12345"')]).toEqual([422, true])
  expect(page).toContain('Nomor peserta terdiri dari 11 angka')
  const kpj = newKpj()
  expect((await who.post(`/periksa/${one}/terima`, { kpj })).status).toBe(303)
  expect(await wordsOf(who.post(`/periksa/${other}/terima`, { kpj }))).toContain(
    'dipakai orang lain',
  )
})

test('the officer who is second is told who was first', async () => {
  const receipt = await submit()
  const second = await signInAs(db, office.url, 'branch-head', areas.own, 'Rudi Contoh')
  await who.post(`/periksa/${receipt}/tolak`, { alasan: 'age', kata: 'KTP belum terbaca.' })
  const { rows } = await db.pool.query('SELECT reason FROM submission WHERE receipt = $1', [
    receipt,
  ])
  expect(rows).toEqual([{ reason: 'other' }])
  const answer = await second.post(`/periksa/${receipt}/terima`, { kpj: newKpj() })
  expect(placeOf(answer)).toBe(`/kantor/periksa/${receipt}?kabar=late`)
  const words = await wordsOf(second.get(`/periksa/${receipt}?kabar=late`))
  expect(words).toContain('Pendaftaran ini sudah diputuskan petugas lain')
  expect(words).toContain('Sudah ditolak oleh Vina Contoh')
  expect(words).not.toContain('Nomor peserta, 11 angka')
  expect(placeOf(await second.post(`/periksa/${receipt}/urungkan`))).toContain('kabar=undo-late')
})

test('possible duplicates stand side by side; of other areas only that there is one', async () => {
  const nik = newNik()
  const first = await submit({ nik, name: 'Rahmawati Contoh', 'birth-date': '1990-01-02' })
  const again = await submit({ nik, name: 'Rahma Contoh', 'birth-date': '1990-01-02' })
  const words = await wordsOf(who.get(`/periksa/${again}`))
  expect(words).toContain(`NIK-nya sama dengan SD-${first.slice(0, 5)}-${first.slice(5)}`)
  expect(words).toMatch(/Nama Rahma Contoh Rahmawati Contoh beda/)
  expect(words).toMatch(/Tanggal lahir 2 Januari 1990 2 Januari 1990 sama/)
  const foreign = newNik()
  await submit({ nik: foreign, name: 'Rahasia Contoh', village: homes.elsewhere })
  const here = await submit({ nik: foreign, name: 'Rahma Lain' })
  const told = await wordsOf(who.get(`/periksa/${here}`))
  expect(told).toContain('Pendaftaran itu di wilayah lain')
  expect(told).not.toContain('Rahasia Contoh')
})

const sd = (receipt: string) => `SD-${receipt.slice(0, 5)}-${receipt.slice(5)}`

test('of one person one registration is made, with a way back and a trace on both pages', async () => {
  const [older, younger] = [
    await submit({ name: 'Umi Umpama' }),
    await submit({ name: 'Umi Umpama' }),
  ]
  const before = await wordsOf(who.get(`/periksa/${younger}`))
  const says = `${sd(older)} tetap berlaku, yang kosong padanya dilengkapi dari ${sd(younger)}.`
  expect(before).toContain(`${says} ${sd(younger)} berakhir`)
  const answer = await who.post(`/periksa/${younger}/gabung`, { pasangan: older, jenis: 'bersih' })
  const to = `/kantor/periksa/${older}?jenis=bersih&urung=${younger}&kabar=merged`
  expect([answer.status, placeOf(answer)]).toEqual([303, to])
  const there = await wordsOf(who.get(placeOf(answer).slice('/kantor'.length)))
  expect(there).toContain('digabungkan. Bisa diurungkan selama 10 detik. Urungkan')
  expect(there).toContain(`Yang menjadi satu dengan pendaftaran ini: ${sd(younger)}`)
  expect(there).not.toContain('Mungkin orang yang sama')
  // A second click leads there too.
  const again = await who.post(`/periksa/${younger}/gabung`, { pasangan: older })
  expect(placeOf(again)).toContain(`/periksa/${older}?urung=${younger}`)
  const gone = await wordsOf(who.get(`/periksa/${younger}`))
  expect(gone).toContain(`Digabungkan dengan ${sd(older)} oleh Vina Contoh`)
  expect(gone).toContain(`Sudah menjadi satu dengan ${sd(older)}`)
  expect(gone).not.toContain('Nomor peserta, 11 angka')
  expect(await wordsOf(who.get('/periksa'))).not.toContain(sd(younger))
  const undone = await who.post(`/periksa/${younger}/urungkan`)
  expect(placeOf(undone)).toBe(`/kantor/periksa/${younger}?kabar=undone`)
  expect(await wordsOf(who.get(`/periksa/${younger}`))).toContain('Mungkin orang yang sama')
})

test('two people are told apart, and a form that was made up does nothing', async () => {
  const village = homes.neighbour
  const one = await submit({ name: 'Ida Umpama', village })
  const other = await submit({ name: 'Ida Umpama', village })
  const stranger = await submit({ name: 'Ida Umpama', village: homes.elsewhere })
  for (const pasangan of ['', one, stranger, 'NONE000000']) {
    for (const path of ['gabung', 'beda']) {
      const answer = await who.post(`/periksa/${one}/${path}`, { pasangan })
      expect([pasangan, answer.status]).toEqual([pasangan, 422])
    }
  }
  const unlike = await submit({ name: 'Bukan Siapa', village })
  const refused = await who.post(`/periksa/${one}/gabung`, { pasangan: unlike })
  expect(placeOf(refused)).toBe(`/kantor/periksa/${one}?kabar=late`)
  const answer = await who.post(`/periksa/${one}/beda`, { pasangan: other })
  expect(placeOf(answer)).toBe(`/kantor/periksa/${one}?urung=${one}&kabar=apart`)
  const page = await wordsOf(who.get(placeOf(answer).slice('/kantor'.length)))
  expect(page).toContain('dibedakan dari yang mirip. Bisa diurungkan selama 10 detik.')
  expect(page).toContain(`Dinyatakan orang yang berbeda dari ${sd(other)} oleh Vina Contoh`)
  expect(await wordsOf(who.get(`/periksa/${other}`))).not.toContain('Mungkin orang yang sama')
  await who.post(`/periksa/${one}/urungkan`)
  expect(await wordsOf(who.get(`/periksa/${other}`))).toContain('Mungkin orang yang sama')
})

test('every page is below a hundred kilobytes with all that it needs, also a full queue', async () => {
  const receipt = await submit()
  for (let n = 0; n < 60; n++) await enrol(stage, { membership: 'unsure' })
  await handleSubmissions(stage)
  const bytesOf = async (path: string) =>
    (await (await fetch(`${office.url}${path}`)).text()).length
  const front = await (await who.get('')).text()
  const linked = [...front.matchAll(/(?:href|src)="(\/[\w.]+\?v=[^"]+)"/g)].map(([, path]) => path)
  expect(linked).toHaveLength(3)
  const shared = (await Promise.all(linked.map((path) => bytesOf(path ?? '')))).reduce(
    (a, b) => a + b,
  )
  const paths = ['', '/periksa', '/periksa?jenis=ganjil', `/periksa/${receipt}`, '/orang', '/desa']
  for (const path of [...paths, '/desa/63.03', '/desa/63.03.05', `/desa/${homes.own}`]) {
    const page = await (await who.get(path)).text()
    expect([path, page.length + shared < 100_000, page.length > 1_500]).toEqual([path, true, true])
    expect(page.match(/<tr><th scope="row">/g)?.length ?? 0).toBeLessThanOrEqual(50)
  }
})
