// Imports on the officer's command line, killed on their way: done again, they end the same.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { createClock } from '../../src/clock.ts'
import { importAnswers } from '../../src/members/import-answers.ts'
import { importPayments } from '../../src/payments/import-payments.ts'
import { openDatabase } from '../../src/registry/database.ts'
import { kpjIndexOf } from '../../src/registry/payment-numbers.ts'
import { createSeal, parseSecretKeys } from '../../src/registry/seal.ts'
import { loadVillages } from '../../src/registry/villages.ts'
import { builtFile } from '../support/built.ts'
import { freshDatabase } from '../support/postgres.ts'
import { realBook, realVillages } from '../support/real-book.ts'
import { seedMembers } from '../support/reminders/seed.ts'

const count = 1_500
const giveUpMs = 60_000
// The command line goes by the real day.
const on = createClock('Asia/Makassar').today()
const villageCode = '63.03.05.2056'
const secretKey = '5a'.repeat(32)
const seal = createSeal(parseSecretKeys(secretKey))
const villages = realVillages()
const book = realBook()
const folder = mkdtempSync(join(tmpdir(), 'sapa-imports-'))
const urls = await Promise.all([freshDatabase(), freshDatabase()])
afterAll(() => rmSync(folder, { recursive: true }))

const numbers = Array.from({ length: count }, (_, index) => index + 1)
const kpjOf = (number: number) => String(10_000_000_000 + number)

async function openSeeded(url: string) {
  const db = openDatabase(url)
  afterAll(() => db.close())
  const home = villages.filter(({ code }) => code === villageCode)
  await loadVillages(db, 'one village', home)
  const months: [string, string, string][] = [['2026-11-01', '2026-11-15', '2026-11-16']]
  await seedMembers(db, { count, startsOn: '2026-11-01', months, villageCode, owesEvery: 1 })
  return { url, db, seal, book, actor: 'officer:test' }
}

/** The officer's own command, killed once the first rows of the file are kept. */
async function killImport(
  desk: Awaited<ReturnType<typeof openSeeded>>,
  words: string[],
  of: string,
) {
  const env = { PATH: process.env.PATH, DATABASE_URL: desk.url, SECRET_KEY: secretKey }
  const args = [await builtFile('src/officer.ts'), ...words]
  const child = spawn(process.execPath, args, { env, stdio: 'ignore' })
  const kept = async () => {
    const { rows } = await desk.db.pool.query(`SELECT count(*) AS count FROM ${of}_row`)
    return rows[0].count as number
  }
  const giveUpAt = Date.now() + giveUpMs
  while ((await kept()) === 0 && child.exitCode === null && Date.now() < giveUpAt) await pause(3)
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
  return kept()
}

function fileOf(name: string, lines: string[]) {
  const path = join(folder, name)
  writeFileSync(path, lines.join('\n'))
  return { path, file: readFileSync(path) }
}

test.concurrent('a payment file', { timeout: 90_000 }, async () => {
  const desk = await openSeeded(urls[0])
  await desk.db.pool.query(
    `UPDATE enrolment e SET kpj_index = n.kpj_index
       FROM unnest($1::bigint[], $2::bytea[]) AS n (id, kpj_index) WHERE e.submission_id = n.id`,
    [numbers, numbers.map((number) => kpjIndexOf(seal, kpjOf(number)))],
  )
  const rows = numbers.map((number) => `${kpjOf(number)};2026-11;8400;${on};R${number}`)
  const head = 'KPJ;Bulan Iuran;Jumlah;Tanggal Bayar;Referensi'
  const { path, file } = fileOf('iuran.csv', [head, ...rows])
  const kept = await killImport(desk, ['iuran', 'impor', path], 'payment')
  expect(kept).toBeGreaterThan(0)
  expect(kept).toBeLessThan(count)
  await importPayments(desk, file, on)
  await importPayments(desk, file, on)
  const told = await desk.db.pool.query(
    `SELECT (SELECT count(*) FROM payment_import WHERE closed_at IS NOT NULL) AS imports,
            (SELECT count(*) FROM payment_row WHERE verdict = 'paid') AS rows,
            (SELECT count(*) FROM contribution WHERE paid_on = $1) AS months,
            (SELECT count(*) FROM contribution) AS all`,
    [on],
  )
  expect(told.rows).toEqual([{ imports: 1, rows: count, months: count, all: count }])
})

test.concurrent('a file with answers', { timeout: 90_000 }, async () => {
  const desk = await openSeeded(urls[1])
  await desk.db.pool.query(`UPDATE enrolment SET state = 'submitted', registered_at = NULL`)
  const isRefused = (number: number) => number % 3 === 0
  const rows = numbers.map((number) => {
    const receipt = `SD-N0000-${String(number).padStart(5, '0')}`
    return isRefused(number) ? `${receipt};;Gagal;Umur` : `${receipt};${kpjOf(number)};Berhasil;`
  })
  const { path, file } = fileOf('jawaban.csv', ['Resi;KPJ;Status;Keterangan', ...rows])
  const kept = await killImport(desk, ['anggota', 'impor', path], 'answer')
  expect(kept).toBeGreaterThan(0)
  expect(kept).toBeLessThan(count)
  await importAnswers(desk, file, on)
  await importAnswers(desk, file, on)
  const told = await desk.db.pool.query(
    `SELECT (SELECT count(*) FROM answer_import WHERE closed_at IS NOT NULL) AS imports,
            (SELECT count(*) FROM answer_row WHERE verdict IN ('registered', 'refused')) AS rows,
            (SELECT count(*) FROM enrolment WHERE state = 'registered') AS registered,
            (SELECT count(*) FROM enrolment WHERE state = 'refused') AS refused,
            (SELECT count(*) FROM enrolment_event) AS events,
            (SELECT count(*) FROM outbound) AS messages,
            (SELECT count(DISTINCT address_id) FROM outbound) AS people,
            find_broken_audit() AS broken`,
  )
  const refused = numbers.filter(isRefused).length
  expect(told.rows).toEqual([
    {
      ...{ imports: 1, rows: count, registered: 2 * (count - refused), refused: 2 * refused },
      ...{ events: 2 * count, messages: count, people: count, broken: null },
    },
  ])
})
