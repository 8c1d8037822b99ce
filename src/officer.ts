// `npm run petugas`: what an officer does at the branch's own machine until there are pages for it.
import { userInfo } from 'node:os'
import { createInterface } from 'node:readline/promises'
import { readConfig } from './config.ts'
import { isDay } from './core/calendar.ts'
import { showAllAnswers } from './core/held.ts'
import { isKpj } from './core/kpj.ts'
import { monthsPaidBy } from './core/ledger/pay.ts'
import { sayPhrase } from './core/phrase.ts'
import { type Rates, RatesError } from './core/rates.ts'
import { showReceipt } from './core/text.ts'
import { findEmbedded } from './embedded/index.ts'
import { refuseMembers, registerMembers } from './members/decide.ts'
import { campaignActions, campaignUsage } from './officer/campaigns.ts'
import { memberActions, memberUsage } from './officer/members.ts'
import { showMoment } from './officer/moments.ts'
import { officeActions, officeUsage } from './officer/office.ts'
import { paymentActions, paymentUsage } from './officer/payments.ts'
import { type Desk, postActions, postUsage } from './officer/posts.ts'
import { typedReceipt } from './officer/receipt.ts'
import { ticketActions, ticketUsage } from './officer/tickets.ts'
import { villageActions, villageUsage } from './officer/villages.ts'
import { readVillages } from './place-list.ts'
import { readBook } from './program.ts'
import { listWithoutAgreement } from './registry/agreements.ts'
import { closeAlarm, listAlarms } from './registry/alarms.ts'
import { appendAudit } from './registry/audit.ts'
import { findMembership, type KeptMembership, recordPayments } from './registry/contributions.ts'
import { listOpenTickets } from './registry/conversations.ts'
import { openDatabase, type Tx } from './registry/database.ts'
import { isNumberTaken } from './registry/decisions.ts'
import { findKept } from './registry/merged.ts'
import { openPrisma } from './registry/prisma.ts'
import { listOpenSubmissions, revealSubmission, type Submission } from './registry/review.ts'
import { createSeal, parseSecretKeys } from './registry/seal.ts'
import { keepSecretKey } from './registry/secret-key.ts'
import { plainWords } from './registry/tickets.ts'
import { whatsappAccount, wipeAuth } from './registry/whatsapp-auth.ts'

const usage = `Cara pakai:
  npm run petugas                              yang menunggu: pertanyaan dan pendaftaran
  npm run petugas -- lihat SD-…                isi satu pendaftaran (dicatat di jejak audit)
  npm run petugas -- daftar SD-… NOMOR         nomor peserta sudah terbit: orangnya dikabari
  npm run petugas -- bayar SD-… JUMLAH TANGGAL iuran sudah dibayar, misalnya 16800 2026-12-10
  npm run petugas -- tolak SD-… ALASAN         ditolak: orangnya dikabari
  npm run petugas -- alarm                     gangguan yang perlu dilihat petugas
  npm run petugas -- alarm tutup NOMOR         gangguan sudah diurus
  npm run petugas -- whatsapp putuskan         lupakan tautan WhatsApp; nomornya ditautkan baru
${ticketUsage}
${paymentUsage}
${memberUsage}
${campaignUsage}
${postUsage}
${villageUsage}
${officeUsage}`

const actions: Record<string, (desk: Desk, words: string[]) => Promise<string>> = {
  lihat: (desk, [receipt = '']) => desk.db.transaction((tx) => show(desk, tx, receipt)),
  daftar: (desk, [receipt = '', kpj = '']) =>
    desk.db.transaction((tx) => register(desk, tx, receipt, kpj)),
  bayar: (desk, words) => desk.db.transaction((tx) => pay(desk, tx, words)),
  tolak: (desk, [receipt = '', reason = '']) =>
    desk.db.transaction((tx) => refuse(desk, tx, receipt, reason)),
  ...ticketActions,
  ...paymentActions,
  ...memberActions,
  ...campaignActions,
  ...postActions,
  ...villageActions,
  ...officeActions,
  alarm: (desk, words) => desk.db.transaction((tx) => alarm(desk, tx, words)),
  whatsapp: (desk, words) => unlink(desk, words),
}

async function list({ db, seal }: Desk): Promise<string> {
  const prisma = openPrisma(db)
  const tickets = await listOpenTickets(db.pool, seal, null, 100)
  const submissions = await listOpenSubmissions(prisma, 100)
  const alarms = await listAlarms(db.pool)
  const unagreed = await listWithoutAgreement(db.pool)
  return [
    ...(alarms.length > 0 ? [`Gangguan: ${alarms.length} (npm run petugas -- alarm)`] : []),
    ...(unagreed.length > 0
      ? [`Desa Sadar tanpa nomor perjanjian: ${unagreed.length} (npm run petugas -- perjanjian)`]
      : []),
    `Pertanyaan yang menunggu: ${tickets.length}`,
    ...tickets.map(
      (one) => `  ${one.id}  ${showMoment(one.createdAt)}  ${one.reason}  ${plainWords(one.words)}`,
    ),
    `Pendaftaran yang menunggu: ${submissions.length}`,
    ...submissions.map(
      (one) =>
        `  ${showReceipt(one.receipt)}  ${showMoment(one.createdAt)}  ${one.state} ${one.reason}`,
    ),
  ].join('\n')
}

async function getSubmission(desk: Desk, tx: Tx, receipt: string): Promise<Submission> {
  const found = await revealSubmission(tx, desk.seal, typedReceipt(receipt), desk.actor)
  if (!found) throw new Error('Pendaftaran itu tidak ada.')
  return found
}

/** Of what was made one with another the number of the one that stays. */
async function getKeptId(desk: Desk, tx: Tx, receipt: string): Promise<number> {
  const { id } = await getSubmission(desk, tx, receipt)
  return (await findKept(tx, [id])).get(id) ?? id
}

async function show(desk: Desk, tx: Tx, receipt: string): Promise<string> {
  const one = await getSubmission(desk, tx, receipt)
  return showAllAnswers(desk.book, { ...one, receipt }, true)
    .map(({ label, shown }) => `${label}: ${shown}`)
    .join('\n')
}

async function register(desk: Desk, tx: Tx, receipt: string, kpj: string): Promise<string> {
  if (!isKpj(kpj)) throw new Error('Nomor peserta terdiri dari sebelas angka.')
  const id = await getKeptId(desk, tx, receipt)
  const issued = { submissionId: id, kpj }
  if (await isNumberTaken(tx, desk.seal, issued)) {
    throw new Error('Nomor peserta itu sudah dipakai orang lain. Belum ada yang dicatat.')
  }
  const done = await registerMembers(tx, desk, [issued])
  if (done.size === 0) throw new Error('Pendaftaran itu tidak menunggu nomor peserta.')
  return 'Sudah dicatat, orangnya dikabari.'
}

/** Only an amount that is exactly so many of the oldest months is taken; the rest is looked at. */
async function pay(desk: Desk, tx: Tx, [receipt = '', amount = '', paidOn = '']: string[]) {
  if (!/^[1-9]\d*$/.test(amount)) throw new Error('Tulis jumlahnya tanpa titik, misalnya 16800.')
  if (!isDay(paidOn)) throw new Error('Tulis tanggalnya seperti 2026-12-10.')
  const id = await getKeptId(desk, tx, receipt)
  const kept = await findMembership(tx, desk.book.branch.zone, id)
  if (!kept) throw new Error('Pendaftaran itu belum terdaftar.')
  const { rates } = desk.book
  const months = findMonths(kept, Number(amount), rates)
  if (!months) throw new Error('Jumlah itu bukan iuran beberapa bulan tertua yang belum dibayar.')
  await recordPayments(tx, [{ kept, months, paidOn }], rates)
  await appendAudit(tx, desk.actor, 'record-payment', `submission:${id}`, { months, paidOn })
  return `Sudah dicatat untuk iuran ${months.join(', ')}.`
}

/** The months that an amount pays. Throws a sentence where the price of one is not known. */
function findMonths({ membership, paid }: KeptMembership, amount: number, rates: Rates) {
  try {
    return monthsPaidBy(membership, paid, amount, rates)
  } catch (error) {
    if (!(error instanceof RatesError)) throw error
    throw new Error('Iuran salah satu bulan itu belum diketahui. Belum ada yang dicatat.')
  }
}

async function refuse(desk: Desk, tx: Tx, receipt: string, reason: string): Promise<string> {
  const reasons = [...desk.book.phrases.keys()].filter((id) => id.startsWith('reason-'))
  if (!reasons.includes(`reason-${reason}`)) {
    throw new Error(`Pilih alasan: ${reasons.map((id) => id.slice('reason-'.length)).join(', ')}.`)
  }
  const { id } = await getSubmission(desk, tx, receipt)
  const done = await refuseMembers(tx, desk, [{ submissionId: id, reason }])
  if (done.size === 0) throw new Error('Pendaftaran itu sudah diputuskan.')
  return 'Sudah ditolak, orangnya dikabari.'
}

async function alarm(desk: Desk, tx: Tx, [action, id]: string[]): Promise<string> {
  if (action === undefined) return listOpenAlarms(desk, tx)
  if (action !== 'tutup') throw new Error(usage)
  const closed = Number.isSafeInteger(Number(id)) && (await closeAlarm(tx, Number(id), desk.actor))
  if (!closed) throw new Error('Gangguan itu tidak ada atau sudah ditutup.')
  return 'Sudah ditutup.'
}

async function listOpenAlarms(desk: Desk, tx: Tx): Promise<string> {
  const alarms = await listAlarms(tx)
  const lines = alarms.flatMap((one) => {
    const { kind, detail } = one
    const line = `  ${one.id}  ${showMoment(one.raisedAt)}  ${one.channel}  ${kind} ${detail}`
    const id = `alarm-${one.kind}`
    return desk.book.phrases.has(id) ? [line, `     ${say(desk, 'id', id)}`] : [line]
  })
  return [`Gangguan yang terbuka: ${alarms.length}`, ...lines].join('\n')
}

/** Whoever forgets the keys of a working link has to hold the phone: it is asked for in words. */
async function unlink({ db, actor }: Desk, [action]: string[]): Promise<string> {
  if (action !== 'putuskan') throw new Error(usage)
  const asked = createInterface({ input: process.stdin, output: process.stderr })
  const typed = await asked.question(
    'Kunci tautan WhatsApp dihapus. Untuk menyambung lagi, siapkan ponsel nomor itu.\n' +
      'Ketik PUTUSKAN kalau yakin: ',
  )
  asked.close()
  if (typed.trim() !== 'PUTUSKAN') throw new Error('Tidak jadi: tidak ada yang dihapus.')
  await db.transaction((tx) => wipeAuth(tx, whatsappAccount, actor))
  return 'Sudah dihapus. Program yang jalan segera menunjukkan kode untuk menautkan nomor lagi.'
}

function say(desk: Desk, language: string, id: string, fills: Record<string, string> = {}): string {
  return sayPhrase(desk.book, language, id, { operator: desk.book.branch.operator, ...fills })
}

async function main([action, ...words]: string[]) {
  const run = action === undefined ? list : actions[action]
  if (!run) throw new Error(usage)
  const config = readConfig()
  const url = config.DATABASE_URL ?? findEmbedded(config.DATA_DIR)
  if (!url) throw new Error('Programnya belum jalan: jalankan `npm start` dulu.')
  const db = openDatabase(url, { maxConnections: 1 })
  const secret = config.SECRET_KEY ?? keepSecretKey(config.DATA_DIR)
  const book = readBook(config, readVillages())
  const actor = `officer:${userInfo().username}`
  try {
    const seal = createSeal(parseSecretKeys(secret))
    process.stdout.write(`${await run({ config, db, seal, book, actor }, words)}\n`)
  } finally {
    await db.close()
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : usage}\n`)
  process.exitCode = 1
})
