// Invented village officials, and what their lists get wrong about them.
import type { Judged } from '../../../src/core/roster/answers.ts'
import type { Reason } from '../../../src/core/roster/reasons.ts'
import type { Random } from '../simulate/random.ts'

/** One invented official, as a list would say it if it were right. */
export interface Official {
  nik: string
  name: string
  birthPlace: string
  /** `YYYY-MM-DD`. */
  birthOn: string
  sex: 'L' | 'P'
  post: string
  /** As typed at home: `081234567890`. */
  phone: string
}

/** An official as the list says it, and what is to be found about the row. */
export interface ListedOfficial extends Omit<Official, 'sex'> {
  sex: string
  /** Overrides the way in which the list writes days. */
  birthText?: string
  judged: Judged
  reasons: Reason[]
  /** The row is there twice. */
  isTwice?: boolean
}

/** The posts of a village, in the order in which they are listed. */
const POSTS = [
  'Kepala Desa',
  'Sekretaris Desa',
  'Kaur Keuangan',
  'Kaur Perencanaan',
  'Kaur Tata Usaha dan Umum',
  'Kasi Pemerintahan',
  'Kasi Kesejahteraan',
  'Kasi Pelayanan',
  'Kadus I',
  'Kadus II',
  'Staf Kaur Keuangan',
  'Operator Desa',
]
const MEN = ['Rahmat', 'Budi', 'Yusran', 'Anang', 'Suriansyah', 'Ahmad', 'Noor']
const WOMEN = ['Siti', 'Aminah', 'Suriani', 'Halimah', 'Galuh', 'Mariatul', 'Nor']
const LAST = ['Contoh', 'Rekaan', 'Umpama', 'Misalnya', 'Andaian', 'Percobaan', 'Bayangan']
const TOWNS = ['Kotabaru', 'Martapura', 'Kandangan', 'Barabai', 'Batulicin']

/** So many officials of a district (`63.02.05`), none of whose numbers was taken before. */
export function inventOfficials(
  random: Random,
  district: string,
  count: number,
  taken: Set<string>,
): Official[] {
  return POSTS.slice(0, count).map((post) => {
    const sex = random.pick(['L', 'L', 'P'] as const)
    const birthOn = inventBirth(random)
    const name = `${random.pick(sex === 'L' ? MEN : WOMEN)} ${random.pick(LAST)}`
    const nik = inventNik(random, district, birthOn, sex, taken)
    const phone = `08${random.pick(['12', '13', '52'])}${random.int(10_000_000, 99_999_999)}`
    return { nik, name, birthPlace: random.pick(TOWNS), birthOn, sex, post, phone }
  })
}

function inventBirth(random: Random): string {
  const part = (from: number, to: number) => String(random.int(from, to)).padStart(2, '0')
  return `${random.int(1964, 2001)}-${part(1, 12)}-${part(1, 28)}`
}

/** The last digit is never 0: what a spreadsheet does to numbers would not show. */
function inventNik(
  random: Random,
  district: string,
  birthOn: string,
  sex: string,
  taken: Set<string>,
): string {
  const day = Number(birthOn.slice(8)) + (sex === 'P' ? 40 : 0)
  const date = `${String(day).padStart(2, '0')}${birthOn.slice(5, 7)}${birthOn.slice(2, 4)}`
  const serial = `00${random.int(0, 5)}${random.int(1, 9)}`
  const nik = district.replaceAll('.', '') + date + serial
  if (taken.has(nik)) return inventNik(random, district, birthOn, sex, taken)
  taken.add(nik)
  return nik
}

type Mistake = (right: Official, random: Random) => Partial<ListedOfficial>

/** What lists get wrong, how often of a thousand rows, and what is to be found. */
const MISTAKES: [weight: number, mistake: Mistake][] = [
  [800, () => ({})],
  [20, ({ nik }) => ({ nik: nik.replace(/^(.{4})(.{6})(.{2})/, '$1 $2 $3 ') })],
  [20, ({ birthOn }) => ({ birthText: inWords(birthOn) })],
  [20, ({ nik }) => ({ nik: nik.slice(0, 15), judged: 'rejected', reasons: ['nik-length'] })],
  [15, () => ({ nik: '-', judged: 'waiting', reasons: ['nik-missing'] })],
  [30, () => ({ phone: '', judged: 'waiting', reasons: ['phone-missing'] })],
  [10, () => ({ phone: '(0518) 21345', judged: 'waiting', reasons: ['phone-mobile'] })],
  [15, ({ birthOn }) => ({ birthOn: nextYear(birthOn), ...waiting('nik-birth-differs') })],
  [15, ({ sex }) => ({ sex: sex === 'L' ? 'P' : 'L', ...waiting('nik-sex-differs') })],
  [15, () => ({ post: 'Juru Kunci Makam', ...waiting('post-unknown') })],
  [10, () => ({ birthText: '31-02-1985', judged: 'rejected', reasons: ['birth-impossible'] })],
  [10, ({ name }) => ({ name: `${name} 4`, judged: 'rejected', reasons: ['name-odd'] })],
  [10, () => ({ birthText: '', ...waiting('birth-missing') })],
  [10, () => ({ name: 'KOSONG', nik: '', judged: 'rejected', reasons: ['vacant'] })],
]

function waiting(reason: Reason): Pick<ListedOfficial, 'judged' | 'reasons'> {
  return { judged: 'waiting', reasons: [reason] }
}

const MONTHS =
  'Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember'

function inWords(day: string): string {
  const month = MONTHS.split(' ')[Number(day.slice(5, 7)) - 1]
  return `${Number(day.slice(8))} ${month} ${day.slice(0, 4)}`
}

function nextYear(day: string): string {
  return `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`
}

/** The official with at most one mistake; now and then the row is there twice. */
export function listOfficial(random: Random, right: Official): ListedOfficial[] {
  const listed: ListedOfficial = {
    ...right,
    judged: 'accepted',
    reasons: [],
    ...random.weigh(MISTAKES)(right, random),
  }
  if (listed.judged !== 'accepted' || !random.chance(0.01)) return [listed]
  const twice = { ...listed, isTwice: true }
  return [twice, { ...twice, judged: 'rejected', reasons: ['row-twice'] }]
}
