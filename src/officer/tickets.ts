// What an officer does about conversations on the command line: read, speak, close.
import { hideLongNumbers } from '../core/hide.ts'
import { findOpenTicket, sayOnTicket } from '../registry/conversations.ts'
import { readHistoryOf } from '../registry/history.ts'
import type { Desk } from './posts.ts'

/** How these actions are called. */
export const ticketUsage = `\
  npm run petugas -- jawab NOMOR KATA-KATA     jawab sebuah pertanyaan dan tutup
  npm run petugas -- bicara NOMOR KATA-KATA    bicara lewat bot; bot diam sampai ditutup
  npm run petugas -- baca NOMOR                percakapan terakhir dengan orangnya
  npm run petugas -- tutup NOMOR               percakapan selesai, bot melanjutkan`

/** The actions by the word that calls them; each gives what is printed. */
export const ticketActions: Record<string, (desk: Desk, words: string[]) => Promise<string>> = {
  jawab: (desk, [id = '', ...words]) => answer(desk, id, words.join(' ')),
  bicara: (desk, [id = '', ...words]) => say(desk, id, words.join(' '), false),
  tutup: (desk, [id = '']) => say(desk, id, '', true),
  baca: (desk, [id = '']) => read(desk, id),
}

/** Newest messages that are shown with a ticket. */
const linesShown = 20

const gone = 'Pertanyaan itu tidak ada atau sudah dijawab.'

async function answer(desk: Desk, id: string, words: string): Promise<string> {
  if (words.trim() === '') throw new Error('Tulis jawabannya.')
  return say(desk, id, words, true)
}

async function say(desk: Desk, id: string, words: string, closes: boolean): Promise<string> {
  const { db, seal, actor } = desk
  const ticketId = Number(id)
  const given = { ticketId, words, actor, closes, takesOver: true }
  if (!Number.isSafeInteger(ticketId)) throw new Error(gone)
  const said = await db.transaction((tx) => sayOnTicket(tx, seal, given))
  if (said.kind === 'empty') throw new Error('Tulis kata-katanya.')
  if (said.kind === 'too-long') throw new Error('Terlalu panjang: kirim dalam beberapa bagian.')
  if (said.kind === 'gone') throw new Error(gone)
  if (closes) return words === '' ? 'Ditutup.' : 'Jawaban dikirim, pertanyaan ditutup.'
  return 'Dikirim. Bot diam sampai percakapan ini ditutup.'
}

async function read({ db, seal }: Desk, id: string): Promise<string> {
  const ticketId = Number(id)
  const ticket = Number.isSafeInteger(ticketId)
    ? await findOpenTicket(db.pool, seal, null, ticketId)
    : undefined
  if (!ticket) throw new Error(gone)
  const lines = await readHistoryOf(db.pool, seal, ticket.addressId, linesShown)
  return lines
    .map((line) =>
      line.from === 'bot' ? `< ${line.message.text}` : `> ${line.words || line.kind}`,
    )
    .map(hideLongNumbers)
    .join('\n')
}
