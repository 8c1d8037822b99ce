// How people write: the same answer in many ways, with slips, and what is no answer at all.
import type { AnswerKind, Value } from '../../../src/core/answers/reading.ts'
import type { Book } from '../../../src/core/book.ts'
import type { Random } from './random.ts'

type Write = (value: string, random: Random, book: Book) => string

const months =
  'Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember'.split(
    ' ',
  )

const writers: Record<Exclude<AnswerKind, 'choice'>, Write> = {
  nik: (value, random) =>
    random.pick([
      value,
      value,
      groups(value, ' '),
      groups(value, '.'),
      `NIK ${value}`,
      wide(value),
    ]),
  name: (value, random) => random.pick([value, value, value.toLowerCase(), value.toUpperCase()]),
  date: (value, random) => {
    const [year = '', month = '', day = ''] = value.split('-')
    const name = months[Number(month) - 1]
    return random.pick([
      `${Number(day)}-${Number(month)}-${year}`,
      `${day}/${month}/${year}`,
      `${Number(day)} ${name} ${year}`,
      `tanggal ${Number(day)} ${name?.toLowerCase()} ${year}`,
      `${day}${month}${year}`,
      value,
    ])
  },
  money: (value, random) => {
    const dotted = value.replace(/\B(?=(\d{3})+$)/g, '.')
    const ways = [dotted, `Rp${dotted}`, `Rp ${dotted},-`, value]
    const millions = Number(value) / 1_000_000
    if (Number.isInteger(millions * 4)) ways.push(`${String(millions).replace('.', ',')} juta`)
    if (Number(value) < 1_000_000) ways.push(`${Number(value) / 1_000}rb`)
    return random.pick(ways)
  },
  phone: (value, random) => {
    const national = `0${value.slice(3)}`
    return random.pick([national, value, value.slice(1), groups(national, '-')])
  },
  place: (value, random, book) => {
    const { name, district, regency } = book.places.get(value)
    return random.pick([
      book.places.label(value),
      `${name}, Kecamatan ${district}, ${regency}`,
      `desa ${name} kec ${district} ${regency}`,
      `${name}, ${district}`,
    ])
  },
  number: (value) => value,
  text: (value) => value,
  message: (value) => value,
  kpj: (value, random) => random.pick([value, groups(value, ' '), `KPJ ${value}`]),
  code: (value, random) =>
    random.pick([value, `${value.slice(0, 5)}-${value.slice(5)}`, value.toLowerCase()]),
  document: (value) => value,
  pin: (value) => value,
  'coming-day': (value, random) => random.pick([value, 'lusa', '25 januari 2030', 'tanggal 31']),
}

function groups(value: string, between: string): string {
  return value.replace(/(.{4})(?=.)/g, `$1${between}`)
}

function wide(value: string): string {
  return value.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)))
}

/** The value in one of the ways in which people write it. */
export function write(
  kind: Exclude<AnswerKind, 'choice'>,
  value: Value,
  random: Random,
  book: Book,
): string {
  return writers[kind](String(value), random, book)
}

/** The words with one slip of the finger: a letter left out, doubled, swapped or wrong. */
export function slip(words: string, random: Random): string {
  const letters = [...words]
  if (letters.length < 2) return `${words}${words}`
  const at = random.int(0, letters.length - 2)
  const [one = '', two = ''] = letters.slice(at, at + 2)
  const [before, after] = [letters.slice(0, at).join(''), letters.slice(at + 2).join('')]
  const wrong = random.pick([...'asdfjkl;0 9'])
  return before + random.pick([two, one + one + two, two + one, wrong + two]) + after
}

/** Messages that have broken programs before; none of them is anybody's data. */
export const zoo: readonly string[] = [
  '',
  '   ',
  '\u0000',
  '\ud800',
  '\u202eakud',
  '👩‍👩‍👧‍👦',
  '🙏🙏🙏',
  `a${'\u0301'.repeat(300)}`,
  '３２０１',
  '٣٢٠١',
  '{nik} {review} {{7*7}}',
  "'; DROP TABLE submission; --",
  '<script>alert(1)</script>',
  '*tebal* _miring_ [x](tg://user)',
  '__proto__',
  'constructor',
  'toString',
  'null',
  '-1',
  '0',
  '99',
  '1.',
  '/',
  '/daftar@SapaDesaBot',
  '?',
  'ya tapi nanti',
  'x'.repeat(1_000),
  'x'.repeat(1_001),
  'panjang '.repeat(1_250),
  'saya '.repeat(150),
  'ساعدني من فضلك',
  '\n\n\n',
]

/** Short words as people send them at any moment; some are answers somewhere, some never. */
export const asides: readonly string[] = [
  'inggih',
  'kada',
  'handak umpat',
  'ayu ja',
  'oke',
  'nanti dulu',
  'ya tapi nanti',
  'tidak tahu',
  'iya pang, tapi berapa bayarnya',
  'iya iya',
  'kada tahu',
  'berapa iurannya?',
  'bapira bayarnya',
  'kalau saya meninggal bagaimana',
  'cara bayar lewat mana',
  'apakah ini penipuan',
  'terima kasih',
  'assalamualaikum',
  'satu',
  '2',
  '7',
  'ingatkan besok',
  'pilihan 1',
  'nomor 3',
]
