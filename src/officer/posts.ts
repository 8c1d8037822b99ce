// What an officer does about posts on the command line: invite, see who has one, take it back.
import type { BranchDesk } from '../branch-desk.ts'
import { findBotName } from '../channels/telegram/bot-name.ts'
import { createClock } from '../clock.ts'
import type { Config } from '../config.ts'
import { showCode } from '../core/answers/code.ts'
import { nameArea } from '../core/area.ts'
import type { Book } from '../core/book.ts'
import { isInvitable } from '../core/invited.ts'
import { inviteHours } from '../core/limits.ts'
import { sayPhrase } from '../core/phrase.ts'
import type { Role } from '../core/roles.ts'
import { makeInvite } from '../registry/invites.ts'
import { listHolders } from '../registry/people.ts'
import { revokeHolder } from '../registry/revoke-holder.ts'

/** What every action of the command line works with. */
export interface Desk extends BranchDesk {
  config: Config
}

/** How these actions are called. */
export const postUsage = `  npm run petugas -- undang PERAN WILAYAH NAMA buat undangan
  npm run petugas -- undangan                  yang bertugas dan yang diundang
  npm run petugas -- cabut NOMOR               hentikan tugas atau undangan, saat itu juga`

const roleWords: Record<string, Role> = {
  'kepala-desa': 'village-head',
  'operator-desa': 'village-operator',
  'agen-bumdes': 'bumdes-agent',
  koordinator: 'coordinator',
  petugas: 'branch-officer',
  'kepala-cabang': 'branch-head',
}

/** The actions by the word that calls them; each gives what is printed. */
export const postActions: Record<string, (desk: Desk, words: string[]) => Promise<string>> = {
  undang: invite,
  undangan: list,
  cabut: revoke,
}

async function invite(desk: Desk, [word = '', area = '', ...rest]: string[]): Promise<string> {
  const { config, db, seal, book, actor } = desk
  const role = roleWords[word]
  const name = rest.join(' ')
  if (!role) throw new Error(`Pilih peran: ${Object.keys(roleWords).join(', ')}.`)
  if (!isInvitable(book.places, role, area)) {
    throw new Error(
      'Tulis kode wilayah: desa 63.02.04.2005, kecamatan 63.02.04, kabupaten 63.02, ' +
        'atau beberapa kabupaten "63.02 63.10".',
    )
  }
  if (!book.readers.name.holds(name)) throw new Error('Tulis juga nama orang yang diundang.')
  const code = createClock(book.branch.zone).now().id
  await db.transaction((tx) => makeInvite(tx, seal, { code, role, area, name, madeBy: actor }))
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: apiRoot } = config
  const bot = token && (await findBotName(token, apiRoot))
  return [
    `Undangan untuk ${name} sebagai ${sayRole(book, role)}, ${nameArea(book.places, area)}.`,
    `Kode: ${showCode(code)}`,
    ...(bot ? [`Tautan: https://t.me/${bot}?start=u_${code}`] : []),
    'Orangnya membuka percakapan dengan layanan ini lalu mengetik KODE UNDANGAN.',
    `Berlaku ${inviteHours} jam, sekali pakai. Kode ini tidak bisa ditampilkan lagi.`,
  ].join('\n')
}

function sayRole(book: Book, role: Role): string {
  return sayPhrase(book, 'id', `role-${role}`)
}

async function list({ db, seal, book }: Desk): Promise<string> {
  const holders = await listHolders(db.pool, seal)
  const lines = holders.map(({ key, role, area, name, sinceOn, isInvited }) => {
    const since = isInvited ? `diundang ${sinceOn}, belum masuk` : `sejak ${sinceOn}`
    return `  ${key}  ${sayRole(book, role)}  ${nameArea(book.places, area)}  ${name}  ${since}`
  })
  return [`Yang bertugas dan yang diundang: ${holders.length}`, ...lines].join('\n')
}

async function revoke({ db, actor }: Desk, [key = '']: string[]): Promise<string> {
  const isDone = await db.transaction((tx) => revokeHolder(tx, key, actor))
  if (!isDone) throw new Error('Tulis nomor dari daftar undangan, misalnya post-12 atau invite-3.')
  return 'Sudah dicabut, berlaku sekarang juga.'
}
