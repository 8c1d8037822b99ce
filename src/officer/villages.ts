// What an officer does about villages on the command line: agreements, and who waits for one.
import { nameArea } from '../core/area.ts'
import { listWithoutAgreement, recordAgreement } from '../registry/agreements.ts'
import type { Desk } from './posts.ts'

/** How these actions are called. */
export const villageUsage = `\
  npm run petugas -- perjanjian                Desa Sadar yang belum punya perjanjian
  npm run petugas -- perjanjian WILAYAH NOMOR  catat nomornya untuk desa atau kabupaten`

/** The actions by the word that calls them; each gives what is printed. */
export const villageActions: Record<string, (desk: Desk, words: string[]) => Promise<string>> = {
  perjanjian: (desk, words) => (words.length === 0 ? list(desk) : record(desk, words)),
}

async function list({ db, book }: Desk): Promise<string> {
  const waiting = await listWithoutAgreement(db.pool)
  const lines = waiting.map(
    ({ villageCode, sinceOn }) =>
      `  ${villageCode}  ${nameArea(book.places, villageCode)}  sejak ${sinceOn}`,
  )
  return [`Desa Sadar yang menunggu nomor perjanjian: ${waiting.length}`, ...lines].join('\n')
}

/** What stands on paper and on a certificate: letters, figures and the signs of a keyboard. */
const numberShape = /^[\x20-\x7e]{3,60}$/

async function record({ db, book, actor }: Desk, [area = '', ...rest]: string[]) {
  const number = rest.join(' ').trim()
  const isKnown = /^\d\d\.\d\d(\.\d\d(\.\d{4})?)?$/.test(area)
  if (!isKnown || nameArea(book.places, area) === area) {
    throw new Error(
      'Tulis kode wilayah: desa 63.02.04.2005, kecamatan 63.02.04, atau kabupaten 63.02.',
    )
  }
  if (!numberShape.test(number)) {
    throw new Error('Tulis nomor perjanjiannya seperti di suratnya, 3 sampai 60 huruf dan angka.')
  }
  await db.transaction((tx) => recordAgreement(tx, area, number, actor))
  return (
    `Perjanjian ${number} dicatat untuk ${nameArea(book.places, area)}. ` +
    'Desa yang sudah Desa Sadar segera dikirimi piagam.'
  )
}
