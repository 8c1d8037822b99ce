// What an officer does about the workplace on the command line: a link into it, and who is in it.
import { nameArea } from '../core/area.ts'
import { signInMinutes } from '../core/limits.ts'
import { sayPhrase } from '../core/phrase.ts'
import { mayUse } from '../core/roles.ts'
import {
  endSession,
  listDevices,
  makeSignInLink,
  signInAddress,
} from '../registry/office-sessions.ts'
import { type Holder, listHolders } from '../registry/people.ts'
import { showMoment } from './moments.ts'
import type { Desk } from './posts.ts'

/** How these actions are called. */
export const officeUsage = `\
  npm run petugas -- masuk                     petugas cabang yang bisa masuk ke halaman kantor
  npm run petugas -- masuk NOMOR               tautan masuk untuk petugas itu, sekali pakai
  npm run petugas -- perangkat                 peramban yang sedang masuk
  npm run petugas -- perangkat keluarkan NOMOR keluarkan peramban itu, saat itu juga`

/** The actions by the word that calls them; each gives what is printed. */
export const officeActions: Record<string, (desk: Desk, words: string[]) => Promise<string>> = {
  masuk: enter,
  perangkat: (desk, words) => (words.length === 0 ? list(desk) : end(desk, words)),
}

async function listOfficers({ db, seal }: Desk): Promise<Holder[]> {
  const holders = await listHolders(db.pool, seal)
  return holders.filter(({ role, addressId }) => addressId !== undefined && mayUse(role, 'branch'))
}

async function enter(desk: Desk, [key]: string[]): Promise<string> {
  const { db, seal, book, actor, config } = desk
  const officers = await listOfficers(desk)
  const lines = officers.map((one) => `  ${one.key}  ${tellOfficer(desk, one)}`)
  if (key === undefined) {
    return [`Petugas cabang yang bisa masuk: ${officers.length}`, ...lines].join('\n')
  }
  const officer = officers.find((one) => one.key === key)
  if (officer?.addressId === undefined) {
    throw new Error(
      officers.length > 0
        ? `Tulis nomor dari daftar ini:\n${lines.join('\n')}`
        : 'Belum ada petugas cabang. Undang dulu: npm run petugas -- undang petugas 63.02 NAMA',
    )
  }
  const { addressId } = officer
  const token = await db.transaction((tx) => makeSignInLink(tx, seal, addressId, actor))
  const root = config.PUBLIC_URL ?? `http://localhost:${config.PORT}`
  return [
    `Tautan masuk untuk ${officer.name}, ${nameArea(book.places, officer.area)}:`,
    signInAddress(root, token),
    `Berlaku ${signInMinutes} menit, sekali pakai. Jangan dikirim kepada orang lain.`,
  ].join('\n')
}

function tellOfficer({ book }: Desk, { role, area, name }: Holder): string {
  return `${sayPhrase(book, 'id', `role-${role}`)}  ${nameArea(book.places, area)}  ${name}`
}

async function list(desk: Desk): Promise<string> {
  const officers = new Map((await listOfficers(desk)).map((one) => [one.key, one]))
  const devices = await listDevices(desk.db.pool)
  const lines = devices.map(({ id, postId, device, seenAt }) => {
    const officer = officers.get(`post-${postId}`)
    const at = showMoment(seenAt)
    return `  ${id}  ${device}  ${officer ? tellOfficer(desk, officer) : `post-${postId}`}  ${at}`
  })
  return [`Peramban yang sedang masuk: ${devices.length}`, ...lines].join('\n')
}

async function end({ db, actor }: Desk, [action, id]: string[]): Promise<string> {
  const number = Number(id)
  const isKnown = action === 'keluarkan' && Number.isSafeInteger(number)
  const isDone = isKnown && (await db.transaction((tx) => endSession(tx, number, actor)))
  if (!isDone) throw new Error('Tulis: perangkat keluarkan NOMOR, dengan nomor dari daftarnya.')
  return 'Sudah dikeluarkan, berlaku sekarang juga.'
}
