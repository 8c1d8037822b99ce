// What an officer does about members on the command line: lists that go out, answers that come in.
import { access, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { createClock } from '../clock.ts'
import { nameArea } from '../core/area.ts'
import type { Book } from '../core/book.ts'
import type { Lack } from '../core/members/lay-out.ts'
import { type LayoutKind, layoutKinds } from '../core/members/layout.ts'
import { answerVerdicts } from '../core/members/member-words.ts'
import { fillWords } from '../core/phrase.ts'
import { showReceipt } from '../core/text.ts'
import { type ExportFormat, nameExportFile, writeExport } from '../members/export-file.ts'
import { approve, askExport, cancel, getExport, type HeldBack } from '../members/export-members.ts'
import { type ExportRefusal, ExportRefused } from '../members/export-refused.ts'
import { importAnswers } from '../members/import-answers.ts'
import { openSaid, showWhom, writeAnswerResults } from '../members/result-file.ts'
import { type KeptAnswer, listOpenAnswers } from '../registry/answer-rows.ts'
import { type Export, type ExportState, listExports } from '../registry/exports.ts'
import { closeRow, listImports, type VerdictCounts } from '../registry/imports.ts'
import { showPlace } from '../roster/read-table.ts'
import { writeList } from '../roster/write-list.ts'
import { endingActions, endingUsage } from './endings.ts'
import { openGiven, toSentence } from './files.ts'
import { showDay } from './moments.ts'
import type { Desk } from './posts.ts'

/** How these actions are called. */
export const memberUsage = `\
  npm run petugas -- anggota                   daftar yang keluar, jawaban yang masuk, yang menunggu
  npm run petugas -- anggota ekspor sipp|bpu --alasan "…" [--wilayah 63.02] [--bentuk sipp-1]
                             [--csv] [--ulang NOMOR]   daftar orang untuk didaftarkan
  npm run petugas -- anggota setujui NOMOR     petugas kedua menyetujui daftar yang besar
  npm run petugas -- anggota tulis NOMOR [--csv]  tulis berkas yang sudah disetujui, sekali saja
  npm run petugas -- anggota batal NOMOR       lepaskan daftar yang belum ditulis
  npm run petugas -- anggota impor BERKAS      catat jawaban: nomor peserta dan penolakan
  npm run petugas -- anggota selesai NOMOR     baris jawaban yang menunggu sudah diurus
${endingUsage}`

type Action = (desk: Desk, words: string[]) => Promise<string>

const actions: Record<string, Action> = {
  ekspor: ask,
  setujui: async (desk, [word]) => {
    const { id, askedBy } = await approve(desk, Number(word))
    const next = `npm run petugas -- anggota tulis ${id}`
    return `Ekspor ${id} disetujui. ${askedBy} bisa menulisnya: ${next}`
  },
  tulis: async (desk, words) => {
    const { values, positionals } = readWords(words)
    return write(desk, Number(positionals[0]), values.csv ? 'csv' : 'xlsx')
  },
  batal: async (desk, [word]) => {
    await cancel(desk, Number(word))
    return 'Daftar itu dilepaskan. Orangnya bisa masuk daftar lain.'
  },
  impor: importGiven,
  selesai: close,
  ...endingActions,
}

/** The actions by the word that calls them; each gives what is printed. */
export const memberActions: Record<string, Action> = {
  anggota: async (desk, [word, ...rest]) => {
    if (word === undefined) return list(desk)
    const run = actions[word]
    if (!run) throw new Error(`Cara pakai:\n${memberUsage}`)
    return run(desk, rest).catch((error: unknown) => {
      throw error instanceof ExportRefused ? new Error(refusals[error.refusal]) : error
    })
  },
}

const refusals: Record<ExportRefusal, string> = {
  'no-reason': 'Tulis alasannya: --alasan "…". Alasan disimpan bersama daftarnya.',
  'no-layout': 'Bentuk daftar itu tidak ada. Yang ada di flows/layouts.',
  'layout-changed': 'Bentuk daftar sudah berubah sejak diminta. Batalkan, lalu minta lagi.',
  unknown: 'Ekspor itu tidak ada. Nomornya ada di npm run petugas -- anggota.',
  'kind-differs': 'Ekspor itu untuk daftar jenis lain.',
  'not-written': 'Ekspor itu belum pernah ditulis: tulis dulu, atau batalkan.',
  own: 'Daftar ini Anda sendiri yang minta. Petugas lain yang harus menyetujui.',
  'not-asked': 'Ekspor itu tidak menunggu persetujuan.',
  'not-approved': 'Ekspor itu belum disetujui petugas kedua.',
  written: 'Ekspor itu sudah ditulis. Kalau berkasnya hilang: ekspor lagi dengan --ulang NOMOR.',
  cancelled: 'Ekspor itu sudah dibatalkan.',
}

const states: Record<ExportState, string> = {
  asked: 'menunggu persetujuan petugas kedua',
  approved: 'belum ditulis',
  written: 'sudah ditulis',
  cancelled: 'dibatalkan',
}

/** Exports, imports and waiting rows that are listed. */
const mostListed = 100
const hint = 'NIK, nomor baris, atau resi cukup satu. Judul yang dikenal ada di flows/members.yaml.'

function readWords(words: string[]) {
  const text = { type: 'string' } as const
  const options = {
    ...{ alasan: text, wilayah: text, bentuk: text, ulang: text },
    csv: { type: 'boolean' },
  } as const
  try {
    return parseArgs({ args: words, options, allowPositionals: true })
  } catch {
    throw new Error(`Cara pakai:\n${memberUsage}`)
  }
}

async function ask(desk: Desk, words: string[]): Promise<string> {
  const { values, positionals } = readWords(words)
  const kind = layoutKinds.find((one) => one === positionals[0])
  if (!kind) throw new Error(`Pilih daftarnya: ${layoutKinds.join(' atau ')}.`)
  const area = checkArea(desk.book, values.wilayah ?? '')
  const asked = await askExport(
    desk,
    {
      ...{ kind, area, reason: values.alasan ?? '' },
      ...(values.bentuk !== undefined && { layout: values.bentuk }),
      ...(values.ulang !== undefined && { repeats: Number(values.ulang) }),
    },
    createClock(desk.book.branch.zone).today(),
  )
  const { id, rows, isLarge, heldBack, hasMore } = asked
  const path = await writeHeldBack(desk.book, kind, heldBack)
  const told = [
    ...(heldBack.length > 0 ? [`Belum bisa: ${heldBack.length} orang, lihat ${path}`] : []),
    ...(hasMore ? ['Masih ada lagi: minta daftar berikutnya sesudah ini.'] : []),
  ]
  if (id === undefined) return ['Tidak ada yang bisa didaftarkan sekarang.', ...told].join('\n')
  if (!isLarge) return [await write(desk, id, values.csv ? 'csv' : 'xlsx'), ...told].join('\n')
  const wait =
    `Ekspor ${id}: ${rows} orang. Petugas lain harus menyetujui dulu: ` +
    `npm run petugas -- anggota setujui ${id}`
  return [wait, ...told].join('\n')
}

function checkArea(book: Book, area: string): string {
  const parts = area.split(' ').filter(Boolean)
  const isKnown = (part: string) =>
    /^\d\d\.\d\d(\.\d\d(\.\d{4})?)?$/.test(part) && nameArea(book.places, part) !== part
  if (parts.every(isKnown)) return parts.join(' ')
  throw new Error('Tulis kode wilayah: desa 63.02.04.2005, kecamatan 63.02.04, kabupaten 63.02.')
}

async function writeHeldBack(book: Book, kind: LayoutKind, heldBack: HeldBack[]) {
  const path = `belum-bisa-${kind}.csv`
  if (heldBack.length === 0) return path
  const lines = heldBack.map(({ receipt, lack }) => [showReceipt(receipt), sayLack(book, lack)])
  await writeList(path, ['Resi', 'Alasan'], [lines])
  return path
}

function sayLack({ members }: Book, { why, headings }: Lack): string {
  const words = members.lacks.get(why)
  return words ? fillWords(words, () => headings.join(', ')) : why
}

/** The file is there before the export counts as written: a full disk loses nothing. */
async function write(desk: Desk, id: number, format: ExportFormat): Promise<string> {
  const path = nameExportFile(await getExport(desk.db.pool, id), format)
  if (await isThere(path)) throw new Error(`Berkas ${path} sudah ada di sini. Pindahkan dulu.`)
  const keep = (bytes: Buffer) => writeFile(path, bytes, { flag: 'wx', mode: 0o600 })
  const { rows, dropped } = await writeExport(desk, id, format, new Date(), keep)
  return [
    `Ekspor ${id}: ${rows} orang, ditulis ke ${path}. Hapus setelah diunggah.`,
    ...(dropped > 0 ? [`${dropped} orang tidak ikut lagi sejak daftar ini diminta.`] : []),
    'Yang belum dipastikan tentang bentuk daftar ini ada di lembar keterangannya.',
  ].join('\n')
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

async function importGiven(desk: Desk, [path]: string[]): Promise<string> {
  const file = await openGiven(path)
  const today = createClock(desk.book.branch.zone).today()
  try {
    const { id, closedAt } = await importAnswers(desk, file, today)
    await writeAnswerResults(desk, id, `${path}.hasil.csv`)
    const [one] = await listImports(desk.db.pool, 'answer', 1, id)
    return [
      ...(closedAt
        ? [`Berkas ini sudah selesai diimpor ${showDay(closedAt)}. Tidak ada yang dicatat lagi.`]
        : []),
      `Impor ${id}:`,
      ...sayCounts(desk.book, one?.counts).map((line) => `  ${line}`),
      `Hasil tiap baris: ${path}.hasil.csv`,
    ].join('\n')
  } catch (error) {
    throw toSentence(desk.book, error, desk.book.members.fieldNames, hint)
  }
}

function sayCounts({ members }: Book, counts: VerdictCounts = new Map()): string[] {
  return answerVerdicts.flatMap((verdict) => {
    const count = counts.get(verdict)
    return count ? [`${members.verdicts.get(verdict) ?? verdict}: ${count}`] : []
  })
}

async function list({ db, seal, book }: Desk): Promise<string> {
  const exports = await listExports(db.pool, mostListed)
  const imports = await listImports(db.pool, 'answer', mostListed)
  const open = await listOpenAnswers(db.pool, seal, mostListed)
  return [
    `Daftar yang keluar: ${exports.length}`,
    ...exports.map(sayExport),
    `Jawaban yang masuk: ${imports.length}`,
    ...imports.map(({ id, createdAt, closedAt, counts }) => {
      const state = closedAt ? '' : '  belum selesai: impor berkas yang sama sekali lagi'
      return `  ${id}  ${showDay(createdAt)}  ${sayCounts(book, counts).join(', ')}${state}`
    }),
    `Baris jawaban yang menunggu petugas: ${open.count}`,
    ...open.rows.map((row) => sayOpen(book, row)),
  ].join('\n')
}

function sayExport({ id, askedAt, layout, area, rows, answered, state, askedBy, reason }: Export) {
  const counts = `${rows} orang, ${answered} sudah dijawab`
  const facts = [layout, area || 'semua wilayah', counts, states[state], askedBy, reason]
  return `  ${[String(id), showDay(askedAt), ...facts].join('  ')}`
}

function sayOpen({ members }: Book, row: KeptAnswer): string {
  const reason = members.reasons.get(row.reason) ?? row.reason
  const said = openSaid(row.said).reason ?? ''
  const place = `impor ${row.importId} baris ${showPlace(row.line)}`
  const facts = [showWhom(row), said && `"${said}"`, reason].filter(Boolean)
  return `  ${[String(row.id), place, ...facts].join('  ')}`
}

async function close({ db, actor }: Desk, [word = '']: string[]): Promise<string> {
  const id = Number(word)
  const isDone =
    Number.isSafeInteger(id) && (await db.transaction((tx) => closeRow(tx, 'answer', id, actor)))
  if (!isDone) throw new Error('Tulis nomor baris dari daftar `npm run petugas -- anggota`.')
  return 'Sudah dicatat: baris itu selesai diurus.'
}
