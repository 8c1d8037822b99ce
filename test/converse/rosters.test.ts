// Lists from the file to the rows: sent, read, asked about, agreed to, written, sent again.
import { describe, expect, test } from 'vitest'
import { sayPhrase } from '../../src/core/phrase.ts'
import { makeDocument } from '../../src/documents.ts'
import { submitEnrolment } from '../../src/jobs/submit-enrolment.ts'
import { readFile } from '../../src/roster/read-file.ts'
import { type Boss, openRosterStage } from '../support/roster-stage.ts'
import { buildXlsx, type TestCell } from '../support/rosters/build-xlsx.ts'
import { hostileFiles, prototypeHeadings } from '../support/rosters/hostile.ts'

const { db, runtime, line, meetHead, meetVillager, count } = await openRosterStage()

/** The village sets up its head and three of its staff. */
async function setUp(boss: Boss) {
  for (const [cohort, posts] of [
    ['kepala desa', '1'],
    ['perangkat desa', '3'],
  ] as const) {
    await boss.say('iuran desa', '2', cohort, posts, 'ya', 'add', 'ya, simpan')
  }
}

const heading = ['NIK', 'Nama', 'Tempat Lahir', 'Tanggal Lahir', 'L/P', 'Jabatan', 'No HP']
const three: TestCell[][] = [
  [
    '6303055203850501',
    'Siti Contoh',
    'Martapura',
    '12-03-1985',
    'P',
    'Kepala Desa',
    '081234567890',
  ],
  ['6303051203800002', 'Budi Contoh', 'Martapura', '12-03-1980', 'L', 'Kaur Umum', '081234567880'],
  ['', 'Anang Contoh', 'Martapura', '01-02-1990', 'L', 'Kasi Pelayanan', ''],
]

function workbook(rows: TestCell[][]): Buffer {
  return buildXlsx({ sheets: [{ name: 'Daftar', rows: [heading, ...rows] }] })
}

test('a head sends a list, fills in what it lacks, agrees, and sends it again', async () => {
  const boss = await meetHead()
  await setUp(boss)
  const preview = await boss.hand(workbook(three))
  expect(preview).toContain('Daftar Anda berisi 3 orang')
  expect(preview).toContain('2 siap didaftarkan')
  expect(preview).toContain('Baris 4, Anang Contoh: NIK belum ada')
  expect(await count('FROM submission')).toBe(0)

  expect(await boss.say('lengkapi')).toContain('Baris 4: Anang Contoh (Kasi Pelayanan).')
  expect(await boss.say('6303050102900003')).toContain('nomor HP')
  expect(await boss.say('lewati')).toContain('sudah lengkap')
  expect(await boss.work()).toContain('3 siap didaftarkan')
  expect(await boss.say('ya, lanjutkan')).toContain('Apakah 3 orang itu sudah setuju')
  await boss.say('ya, semua setuju')
  const statement = `FROM consent c JOIN wording w ON w.version = c.wording
      JOIN roster r ON r.receipt = c.receipt
     WHERE c.kind = 'statement' AND c.given AND w.text LIKE '%sudah setuju datanya diberikan%'`
  expect(await count(statement)).toBe(1)
  const done = await boss.work()
  expect(done).toContain('Semua orang di daftar Anda, 3 orang, sudah kami terima')
  expect(done).toMatch(/Anang Contoh: SD-\w{5}-\w{5}/)
  expect(await count("FROM submission WHERE command = 'register-staff'")).toBe(3)
  expect(await count('FROM staff WHERE village_code = $1', [boss.area])).toBe(3)
  await submitEnrolment.run(runtime, {})
  expect(await count("FROM submission WHERE state = 'recorded'")).toBe(3)

  const again = await boss.hand(workbook(three))
  expect(again).toContain('2 sudah pernah dikirim')
  await boss.say('daftarkan yang sudah siap')
  expect(await count("FROM submission WHERE command = 'register-staff'")).toBe(3)
})

test('the same file comes back with what is said of each row', async () => {
  const boss = await meetHead()
  await boss.hand(workbook(three))
  await boss.say('kirim keterangan tiap baris')
  const { document, text } = (await boss.heard()).at(-1) ?? {}
  expect(text).toContain('Ini file Anda')
  expect(document?.name).toBe('hasil-pemeriksaan.xlsx')
  const bytes = document && (await makeDocument(runtime, document))
  const [batch] = [...readFile(bytes ?? Buffer.alloc(0))]
  expect(batch?.rows.map(({ cells }) => cells[7])).toEqual([
    'Hasil Pemeriksaan',
    expect.stringContaining('SUDAH DITERIMA'),
    expect.stringContaining('SUDAH DITERIMA'),
    expect.stringContaining('NIK belum ada'),
  ])
})

test('a file goes with the words about it, also where another talk waits', async () => {
  const boss = await meetHead()
  await setUp(boss)
  await boss.say('tambah', 'perangkat desa', 'ya, tambah', '/daftar kosong')
  const [list, hint] = (await boss.heard()).slice(-2)
  expect(list?.text).toContain('Ini daftar kosong desa Anda')
  expect(list?.document?.name).toBe('daftar-kosong.xlsx')
  expect(hint?.text).toContain('LANJUT')
  expect(hint?.document).toBeUndefined()
})

test('what the columns and posts mean is asked, and the answers hold', async () => {
  const boss = await meetHead()
  const rows = [
    ['Warga', 'Nomor rahasia', 'Lahirnya', 'Bagian', 'Telepon'],
    ['Galuh Contoh', '6303054203850777', '02-03-1985', 'Juru Kunci', '081234567890'],
  ]
  const asked = await boss.hand(buildXlsx({ sheets: [{ name: 'A', rows }] }))
  expect(asked).toContain('Kolom mana di daftar Anda yang berisi "NIK"?')
  await boss.say('nomor rahasia')
  expect(await boss.work()).toContain('berisi "Nama"')
  await boss.say('warga')
  expect(await boss.work()).toContain('berisi "Tanggal Lahir"')
  await boss.say('lahirnya')
  expect(await boss.work()).toContain('berisi "Jabatan"')
  await boss.say('bagian')
  expect(await boss.work()).toContain('Jabatan "Juru Kunci" belum kami kenal')
  await boss.say('perangkat desa')
  expect(await boss.work()).toContain('1 siap didaftarkan')
})

test('a file that is no list is refused in words that help, and nothing is kept', async () => {
  const boss = await meetHead()
  expect(await boss.hand(Buffer.from('%PDF-1.7 rekaan'), 'daftar.pdf')).toContain('Ini berkas PDF')
  expect(
    await count('FROM roster WHERE file IS NOT NULL AND address_id = $1', [boss.addressId]),
  ).toBe(0)
})

test('a file that cannot be had now is fetched later', async () => {
  const boss = await meetHead()
  line.isDown = true
  await boss.hand(workbook(three))
  expect((await boss.heard()).filter(({ text }) => text.includes('berisi'))).toHaveLength(0)
  line.isDown = false
  await db.pool.query('UPDATE roster SET not_before = now() WHERE address_id = $1', [
    boss.addressId,
  ])
  expect(await boss.work()).toContain('Daftar Anda berisi 3 orang')
})

test('a villager who sends a file is told so kindly, and nothing is kept of it', async () => {
  const villager = await meetVillager()
  expect(await villager.hand(workbook(three))).toContain('belum bisa membuka berkas')
  expect(await count('FROM roster WHERE address_id = $1', [villager.addressId])).toBe(0)
})

test('whose post has ended sends a list to nobody', async () => {
  const boss = await meetHead()
  await db.pool.query('UPDATE post SET revoked_at = now() WHERE address_id = $1', [boss.addressId])
  expect(await boss.hand(workbook(three))).toContain('Maaf, bagian itu hanya untuk')
  expect(await count('FROM roster WHERE address_id = $1', [boss.addressId])).toBe(0)
})

test('another list is begun anew: what was said of the one before is not said of it', async () => {
  const boss = await meetHead()
  await boss.hand(
    workbook([
      ['6303051203850009', 'Noor Contoh', '', '12-03-1985', 'L', 'Kaur Umum', '081234567870'],
    ]),
  )
  expect(await boss.say('ya, lanjutkan')).toContain('Apakah 1 orang itu sudah setuju')
  const other: TestCell[][] = [
    ['6303051203860009', 'Yusran Contoh', '', '12-03-1986', 'L', 'Kaur Umum', '081234567871'],
    ['6303051203870009', 'Anang Contoh', '', '12-03-1987', 'L', 'Kadus', '081234567872'],
  ]
  expect(await boss.hand(workbook(other))).toContain('2 siap didaftarkan')
  // The answer to a question about the first list registers nobody of the second.
  await boss.say('ya, semua setuju')
  expect(
    await count("FROM roster WHERE address_id = $1 AND state = 'agreed'", [boss.addressId]),
  ).toBe(0)
})

describe('a file that means harm', () => {
  test.each(hostileFiles)(
    '%s is refused in plain words while others talk',
    async (_, make, refusal) => {
      const boss = await meetHead()
      const villager = await meetVillager()
      await boss.post(make())
      const reading = boss.work()
      let isRead = false
      reading.finally(() => {
        isRead = true
      })
      const answers: string[] = []
      do answers.push(await villager.say('menu'))
      while (!isRead && answers.length < 5)
      expect(answers.every((answer) => answer.includes('Apa yang Anda perlukan'))).toBe(true)
      expect(await reading).toBe(sayPhrase(runtime.book, 'id', `roster-${refusal}`))
      expect(
        await count('FROM roster WHERE file IS NOT NULL AND address_id = $1', [boss.addressId]),
      ).toBe(0)
      // And the talk goes on.
      expect(await boss.say('kirim daftar')).toContain('Kirim daftar orangnya di sini')
    },
  )

  test('headings that are names of what every object has are asked about like others', async () => {
    const boss = await meetHead()
    expect(await boss.hand(prototypeHeadings())).toContain('berisi "Tanggal Lahir"')
    await boss.say('__proto__')
    expect(await boss.work()).toContain('berisi "No HP"')
    await boss.say('constructor')
    expect(await boss.work()).toContain('Budi Rekaan')
    expect(Object.keys(Object.prototype)).toEqual([])
  })
})

test('a list moves nobody to another post by the way, and says so', async () => {
  const boss = await meetHead()
  const [siti = []] = three
  const moved = siti.map((cell) => (cell === 'Kepala Desa' ? 'Kaur Umum' : cell))
  const preview = await boss.hand(workbook([moved]))
  expect(preview).toContain('1 sudah pernah dikirim')
  expect(preview).toContain('di kelompok jabatan lain')
  expect(await count(`FROM staff WHERE cohort = 'kepala-desa' AND until_on IS NULL`)).toBe(1)
})
