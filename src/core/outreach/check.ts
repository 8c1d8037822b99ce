// What is wrong with a campaign before anybody sees it, in sentences that an officer understands.
import { isArea } from '../area.ts'
import type { Book } from '../book.ts'
import { cutWords } from '../phrase.ts'
import { findWordProblems } from '../wording.ts'
import type { CampaignAudience, CampaignMessage } from './campaign.ts'
import { readFillers } from './composed.ts'
import { campaignFillers } from './words.ts'

type Known = Pick<Book, 'flows' | 'languages' | 'places'>

/** What is wrong with the words, button and attachments; nothing when they may be sent. */
export function checkMessage(
  book: Known,
  message: CampaignMessage,
  hasFile: (name: string) => boolean,
): string[] {
  const problems = message.wordings.flatMap((wording, index) => [
    ...checkLanguages(book, wording, index),
    ...Object.entries(wording).flatMap(([code, text]) =>
      checkText(text).map((sentence) => `Bunyi ${index + 1} (bahasa ${code}): ${sentence}.`),
    ),
  ])
  const { button, picture, file, template } = message
  if (button !== undefined && book.flows.get(button)?.for !== 'villager') {
    problems.push(`Tombol membuka "${button}", tetapi percakapan itu tidak ada untuk warga.`)
  }
  if (picture !== undefined && file !== undefined) {
    problems.push('Pilih salah satu: picture atau file.')
  }
  for (const name of [picture, file]) {
    if (name !== undefined && !hasFile(name)) problems.push(`Berkas flows/files/${name} belum ada.`)
  }
  if (template !== undefined && !/^[a-z0-9_]{1,512}$/.test(template)) {
    problems.push('Nama template hanya huruf kecil, angka dan garis bawah, persis seperti di Meta.')
  }
  return problems
}

function checkLanguages(book: Known, wording: Record<string, string>, index: number): string[] {
  const known = book.languages.join(', ')
  const strange = Object.keys(wording).filter((code) => !book.languages.includes(code))
  return [
    ...(wording.id === undefined ? [`Bunyi ${index + 1}: kalimat bahasa "id" belum ada.`] : []),
    ...strange.map((code) => `Bahasa "${code}" tidak ada di bot ini; pilih ${known}.`),
  ]
}

function checkText(text: string): string[] {
  const words = cutWords(text)
  const strange = words.blanks.filter((name) => !campaignFillers.includes(name))
  const known = campaignFillers.map((name) => `{${name}}`).join(' ')
  return [
    ...findWordProblems(words, { allowsDates: true }),
    ...strange.map((name) => `{${name}} tidak bisa diisi; pilih ${known}`),
  ]
}

/** What is wrong with words as they are typed in a chat, where NAMA and DESA are filled in. */
export function checkTyped(typed: string): string[] {
  return /[{}]/.test(typed)
    ? ['tanda kurung kurawal tidak dipakai di sini']
    : checkText(readFillers(typed))
}

/** What is wrong with whom it is for; nothing when there may be somebody. */
export function checkAudience(book: Known, { area, languages }: CampaignAudience): string[] {
  const strange = languages.filter((code) => !book.languages.includes(code))
  return [
    ...(area !== undefined && !isArea(book.places, area)
      ? [`Wilayah "${area}" tidak dikenal; tulis kode desa, kecamatan atau kabupaten.`]
      : []),
    ...strange.map((code) => `Bahasa "${code}" tidak ada di bot ini.`),
  ]
}
