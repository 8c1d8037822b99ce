// What an officer does about memberships that may be over, on the command line.
import { createClock } from '../clock.ts'
import { nameArea } from '../core/area.ts'
import { firstDayOf, isDay } from '../core/calendar.ts'
import { endReasonOf, endReasons, findEndingFault, findResumeFault } from '../core/endings.ts'
import { must } from '../core/must.ts'
import { sayPhrase } from '../core/phrase.ts'
import { showReceipt } from '../core/text.ts'
import { recordActive } from '../members/still-active.ts'
import type { Tx } from '../registry/database.ts'
import {
  endMembership,
  findEnding,
  reopenMembership,
  resumeMembership,
} from '../registry/endings.ts'
import {
  countMembersToCheck,
  listMembersToCheck,
  type MemberToCheck,
} from '../registry/members-to-check.ts'
import { findSubmissionId } from '../registry/review.ts'
import { closeWageDifferences, setWage } from '../registry/wages.ts'
import type { Desk } from './posts.ts'
import { typedReceipt } from './receipt.ts'

/** How these actions are called. */
export const endingUsage = `\
  npm run petugas -- anggota perlu             kepesertaan yang perlu dilihat: iuran lama, berhenti
  npm run petugas -- anggota aktif SD-… BULAN [TANGGAL]  masih aktif, dibayar sampai 2026-11
  npm run petugas -- anggota akhiri SD-… ALASAN TANGGAL  kepesertaan berakhir: orangnya dikabari
  npm run petugas -- anggota buka SD-…         ternyata tidak berakhir: jalan terus seperti semula
  npm run petugas -- anggota kembali SD-… BULAN  jadi peserta lagi mulai iuran 2027-02
  npm run petugas -- anggota upah SD-… JUMLAH BULAN  upah lain sejak iuran 2027-01
  npm run petugas -- anggota upah SD-… selesai  selisih upahnya sudah diurus`

/** The actions by the word after `anggota`; each gives what is printed. */
export const endingActions: Record<string, (desk: Desk, words: string[]) => Promise<string>> = {
  perlu: list,
  aktif: confirm,
  akhiri: end,
  buka: reopen,
  kembali: resume,
  upah: wage,
}

function todayOf({ book }: Desk): string {
  return createClock(book.branch.zone).today()
}

/** The submission behind a receipt as it is typed. */
async function getId(tx: Tx, receipt = ''): Promise<number> {
  const id = await findSubmissionId(tx, typedReceipt(receipt))
  if (id === undefined) throw new Error('Pendaftaran itu tidak ada.')
  return id
}

function toSentence({ book }: Desk, fault: string): Error {
  return new Error(sayPhrase(book, 'id', `office-failed-${fault}`).trim())
}

async function list(desk: Desk): Promise<string> {
  const { db, seal, book } = desk
  const on = todayOf(desk)
  const area = [...new Set(book.places.villages.map(({ code }) => code.slice(0, 2)))].join(' ')
  const { count } = await countMembersToCheck(db.pool, area, on, book.rates)
  const members = await listMembersToCheck(db.pool, seal, { area, on, rates: book.rates })
  return [
    `Kepesertaan yang perlu dilihat: ${count}`,
    ...members.map((one) => `  ${sayMember(desk, one)}`),
    `Alasan berakhir: ${endReasons(book).join(', ')}`,
  ].join('\n')
}

function because(leaveReason: string | null): string {
  return `ended-because-${endReasonOf(leaveReason ?? '')}`
}

function sayMember({ book }: Desk, one: MemberToCheck): string {
  const { receipt, name, villageCode, why, sinceOn, months, reason, isClaimed } = one
  const { differenceRupiah } = one
  const village = villageCode === null ? '' : nameArea(book.places, villageCode)
  const what = {
    unpaid: `${months} bulan belum dibayar, sejak ${sinceOn}`,
    left: `berhenti ${sinceOn}: ${sayPhrase(book, 'id', because(reason))}`,
    wage: `upah lain sejak ${sinceOn}, ${months} bulan, selisih ${differenceRupiah ?? '?'} rupiah`,
  }[why]
  const claim = isClaimed ? 'katanya sudah bayar' : ''
  return [showReceipt(receipt), name, village, what, claim].filter(Boolean).join('  ')
}

async function confirm(desk: Desk, [receipt, until = '', paidOn]: string[]): Promise<string> {
  const today = todayOf(desk)
  const day = paidOn ?? today
  if (!isDay(firstDayOf(until))) throw toSentence(desk, 'paid-month-unclear')
  if (!isDay(day) || day > today) throw toSentence(desk, 'paid-day-unclear')
  const done = await desk.db.transaction(async (tx) => {
    const submissionId = await getId(tx, receipt)
    return recordActive(tx, desk, { submissionId, untilMonth: until, paidOn: day })
  })
  if (done === 'ended') throw toSentence(desk, 'not-a-member')
  if (done === 'too-many') throw toSentence(desk, 'paid-too-many')
  if (done === 'no-rate') throw toSentence(desk, 'paid-no-rate')
  if (done.length === 0) return 'Semua bulan itu sudah tercatat dibayar. Tidak ada yang berubah.'
  return `Sudah dicatat dibayar: ${done.join(', ')}.`
}

async function end(desk: Desk, [receipt, reason = '', on = '']: string[]): Promise<string> {
  const fault = findEndingFault(desk.book, { reason, on }, todayOf(desk))
  if (fault === 'end-reason-unknown') {
    throw new Error(`Pilih alasan: ${endReasons(desk.book).join(', ')}.`)
  }
  if (fault) throw toSentence(desk, fault)
  const isDone = await desk.db.transaction(async (tx) => {
    const id = await getId(tx, receipt)
    return endMembership({ ...desk, tx }, id, { reason, on })
  })
  if (!isDone) throw toSentence(desk, 'not-a-member')
  return 'Sudah dicatat berakhir, orangnya dikabari.'
}

async function reopen(desk: Desk, [receipt]: string[]): Promise<string> {
  const isDone = await desk.db.transaction(async (tx) =>
    reopenMembership({ ...desk, tx }, await getId(tx, receipt)),
  )
  if (!isDone) throw toSentence(desk, 'not-ended')
  return 'Kepesertaannya jalan terus seperti semula.'
}

async function resume(desk: Desk, [receipt, fromMonth = '']: string[]): Promise<string> {
  const fault = await desk.db.transaction(async (tx) => {
    const id = await getId(tx, receipt)
    const ending = await findEnding(tx, id)
    if (!ending) return 'not-ended'
    const found = findResumeFault(fromMonth, ending.on, todayOf(desk))
    if (found) return found
    must(await resumeMembership({ ...desk, tx }, id, fromMonth), 'an ended membership')
    return undefined
  })
  if (fault) throw toSentence(desk, fault)
  return `Kepesertaannya dibuka lagi mulai iuran ${fromMonth}, orangnya dikabari.`
}

async function wage(desk: Desk, [receipt, amount = '', from = '']: string[]): Promise<string> {
  const { db, book, actor } = desk
  if (amount === 'selesai') {
    const isDone = await db.transaction(async (tx) =>
      closeWageDifferences(tx, await getId(tx, receipt), actor),
    )
    if (!isDone) throw toSentence(desk, 'no-wage')
    return 'Selisih upahnya dicatat sudah diurus.'
  }
  if (!/^[1-9]\d{4,8}$/.test(amount)) throw toSentence(desk, 'wage-unclear')
  if (!isDay(firstDayOf(from))) throw toSentence(desk, 'paid-month-unclear')
  const given = { rates: book.rates, zone: book.branch.zone, actor }
  const change = await db.transaction(async (tx) => {
    const submissionId = await getId(tx, receipt)
    return setWage(tx, given, { submissionId, baseRupiah: Number(amount), meantFrom: from })
  })
  if (!change) throw toSentence(desk, 'no-wage-earner')
  const { fromMonth, meantFrom, differenceRupiah = '?' } = change
  if (meantFrom === fromMonth) return `Upahnya berlaku mulai iuran ${fromMonth}.`
  return (
    `Upahnya berlaku mulai iuran ${fromMonth}. Bulan ${meantFrom} dan sesudahnya sudah ditagih ` +
    `dengan upah lama: selisihnya ${differenceRupiah} rupiah, urus dengan desanya.`
  )
}
