// Officers' mistakes in the file of approved WhatsApp templates.
import type { Mistake } from './mistake.ts'

const file = 'templates.yaml'
const from = 'notice:\n  name: ""\n'
const right = `notice:
  name: kabar_baru
  languages:
    id: id
    en: en_US
  parameters:
    - operator
    - text
`

/** A filled template with one thing changed. */
function spoil(what: string, [before, after]: [string, string], at: string, says: string): Mistake {
  return { what, file, from, to: right.replace(before, after), at, says, step: 'notice' }
}

/** Each is told in one sentence. */
export const templateMistakes: Mistake[] = [
  spoil(
    'a name that Meta does not allow',
    ['kabar_baru', 'Kabar Baru'],
    '  name: Kabar',
    'nama template hanya huruf kecil, angka dan garis bawah',
  ),
  spoil(
    'a language that is missing',
    ['    en: en_US\n', ''],
    '  languages:',
    'belum ada template untuk bahasa "en"',
  ),
  spoil(
    'a language that the bot does not speak',
    ['en: en_US\n', 'en: en_US\n    nl: nl\n'],
    '    nl: nl',
    'bahasa "nl" tidak ada di bot ini',
  ),
  spoil(
    'a code of a language that is none',
    ['en_US', 'english'],
    '    en: english',
    'kode bahasa "english" salah; tulis seperti di Meta',
  ),
  spoil(
    'a template that does not say the message',
    ['    - text\n', ''],
    '  parameters:',
    'parameters: harus memuat text',
  ),
  spoil(
    'no languages at all',
    ['  languages:\n    id: id\n    en: en_US\n', '  languages:\n    id: id\n    en: ""\n'],
    '    en: ""',
    'kode bahasa "" salah',
  ),
  spoil('a head that there is not', ['  name:', '  nama:'], '  nama:', '"nama" tidak dikenal'),
  {
    what: 'a parameter that there is not',
    file,
    from,
    to: right.replace('- operator', '- nama'),
    at: '    - nama',
    says: '"nama" tidak bisa diisikan; pilih text, operator',
  },
  {
    what: 'a kind of message that there is not',
    file,
    from: 'campaign:\n',
    to: 'kampanye:\n',
    at: 'kampanye:',
    says: '"kampanye" bukan jenis pesan; pilih reply, notice, reminder, campaign',
  },
  {
    what: 'a template that is no map',
    file,
    from,
    to: 'notice: kabar_baru\n',
    at: 'notice: kabar_baru',
    says: 'di sini harus ada isi berbentuk "kata: isi"',
  },
]

/** The file with a template as it should be. */
export const filled = { file, from, right }
