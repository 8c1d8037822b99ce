// Lists from the file to the rows: sent, read, asked about, agreed to, written, sent again.
import { expect, test } from 'vitest'
import { type Channel, SendError } from '../../src/channels/channel.ts'
import { createClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { createConverse } from '../../src/converse.ts'
import type { Outbound } from '../../src/core/message.ts'
import { makeDocument } from '../../src/documents.ts'
import { importRoster } from '../../src/jobs/import-roster.ts'
import { submitEnrolment } from '../../src/jobs/submit-enrolment.ts'
import { createLog } from '../../src/log.ts'
import { findAddresses } from '../../src/registry/addresses.ts'
import { makeInvite } from '../../src/registry/invites.ts'
import { openOutbound } from '../../src/registry/turns.ts'
import { readFile } from '../../src/roster/read-file.ts'
import type { Runtime } from '../../src/runtime.ts'
import { openStage, seal } from '../registry/stage.ts'
import { homes, newCode, pin } from '../support/officials.ts'
import { buildXlsx, type TestCell } from '../support/rosters/build-xlsx.ts'

const { db, book } = await openStage()
/** What people have sent, by the handle under which the channel finds it. */
const files = new Map<string, Buffer>()
let isLineDown = false
const channel: Partial<Channel> = {
  name: 'open',
  capabilities: { buttons: true, sharesPhone: true, maxText: 4_096, forbidsSensitive: false },
  fetchFile: async (handle, maxBytes) => {
    if (isLineDown) throw new SendError('unreachable', { retryMs: 1 })
    const file = files.get(handle)
    if (!file) throw new SendError('refused')
    return file.length > maxBytes ? undefined : file
  },
}
const runtime: Runtime = {
  config: readConfig({}),
  log: createLog('silent'),
  ...{ clock: createClock('Asia/Makassar'), db, seal, book, ring: () => undefined },
  channels: new Map([['open', channel as Channel]]),
}
const converse = createConverse(runtime)
let people = 0

/** A head of the village who has come in. */
async function meetHead() {
  people += 1
  const address = `head-${people}`
  let said = 0
  const send = async (words: string, kind: 'text' | 'start' | 'document' = 'text') => {
    said += 1
    const at = new Date().toISOString()
    await converse.receive([{ channel: 'open', address, externalId: `m${said}`, kind, words, at }])
  }
  const code = newCode()
  const invite = { code, role: 'village-head', area: homes.own, name: 'Budi Contoh' } as const
  await db.transaction((tx) => makeInvite(tx, seal, { ...invite, madeBy: 'officer:test' }))
  await send(`u_${code}`, 'start')
  await send(pin)
  const [addressId = 0] = await db.transaction((tx) =>
    findAddresses(tx, seal, [{ channel: 'open', address }]),
  )
  const heard = async (): Promise<Outbound[]> => {
    const { rows } = await db.pool.query<{ purpose: string; body: Buffer }>(
      'SELECT purpose, body FROM outbound WHERE address_id = $1 ORDER BY id',
      [addressId],
    )
    return rows.map((row) => openOutbound(seal, row.purpose, row.body))
  }
  const last = async () => (await heard()).at(-1)?.text ?? ''
  return {
    addressId,
    heard,
    last,
    say: async (...words: string[]) => {
      for (const each of words) await send(each)
      return last()
    },
    /** Sends a file and waits until the program has read it. */
    hand: async (file: Buffer, name = 'daftar.xlsx') => {
      const handle = `file-${files.size}`
      files.set(handle, file)
      await send(`${handle} ${name}`, 'document')
      await importRoster.run(runtime, {})
      return last()
    },
    work: async () => {
      await importRoster.run(runtime, {})
      return last()
    },
  }
}

/** The village sets up its head and three of its staff. */
async function setUp(boss: Awaited<ReturnType<typeof meetHead>>) {
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

async function count(sql: string, values: unknown[] = []) {
  const { rows } = await db.pool.query<{ count: number }>(`SELECT count(*) AS count ${sql}`, values)
  return rows[0]?.count ?? 0
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
  const done = await boss.work()
  expect(done).toContain('Semua orang di daftar Anda, 3 orang, sudah kami terima')
  expect(done).toMatch(/Anang Contoh: SD-\w{5}-\w{5}/)
  expect(await count("FROM submission WHERE command = 'register-staff'")).toBe(3)
  expect(await count('FROM staff WHERE village_code = $1', [homes.own])).toBe(3)
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
  isLineDown = true
  await boss.hand(workbook(three))
  expect((await boss.heard()).filter(({ text }) => text.includes('berisi'))).toHaveLength(0)
  isLineDown = false
  await db.pool.query('UPDATE roster SET not_before = now() WHERE address_id = $1', [
    boss.addressId,
  ])
  expect(await boss.work()).toContain('Daftar Anda berisi 3 orang')
})

test('a villager who sends a file is told so kindly, and nothing is kept of it', async () => {
  const at = new Date().toISOString()
  const inbound = { channel: 'open', address: 'warga', externalId: 'd1', words: 'f x.xlsx', at }
  await converse.receive([{ ...inbound, kind: 'document' }])
  expect(
    await count("FROM roster r JOIN address a ON a.id = r.address_id WHERE a.channel = ''"),
  ).toBe(0)
})
