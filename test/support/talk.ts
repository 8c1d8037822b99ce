// A talk for tests: real figures and readers, a few phrases, one village, invented people.
import { createReaders } from '../../src/core/answers/index.ts'
import type { Reader, Value } from '../../src/core/answers/reading.ts'
import type { Book } from '../../src/core/book.ts'
import type { TalkContext } from '../../src/core/context.ts'
import { cutWords } from '../../src/core/phrase.ts'
import type { Places, Village } from '../../src/core/place.ts'
import { readRates } from '../../src/rates-file.ts'

/** The one village that the fixture knows. */
export const fixtureVillage: Village = {
  code: '63.03.05.2056',
  name: 'Pasayangan Utara',
  district: 'Martapura',
  regency: 'Kabupaten Banjar',
  province: 'Kalimantan Selatan',
}

const phrases: Record<string, [indonesian: string, english: string]> = {
  'price-now': ['{amount} per bulan', '{amount} a month'],
  'price-until': ['{amount} sampai {until}', '{amount} until {until}'],
  'price-then': ['lalu {amount} mulai {from}', 'then {amount} from {from}'],
  'prepaid-month': ['{amount} untuk {from}', '{amount} for {from}'],
  'prepaid-months': ['{amount} untuk {from} - {until}', '{amount} for {from} - {until}'],
  'months-count': ['{count} bulan', '{count} months'],
  'years-count': ['{count} tahun', '{count} years'],
  'days-within': ['{days} x {hours} jam', '{days} x {hours} hours'],
  'contacts-unknown': ['belum ada', 'none yet'],
  'contacts-known': ['Kontak: {contacts}', 'Contact: {contacts}'],
  'submission-line': ['{receipt} {on}: {state}', '{receipt} {on}: {state}'],
  'submission-received': ['diterima', 'received'],
  'submission-registered': ['terdaftar', 'registered'],
  'submission-refused': ['ditolak', 'refused'],
  'submission-withdrawn': ['batal', 'withdrawn'],
  'data-line': ['{label}: {value}', '{label}: {value}'],
  'data-name': ['Nama', 'Name'],
  'data-nik': ['NIK', 'NIK'],
}

const villageReader: Reader = {
  read: () => ({ kind: 'value', value: fixtureVillage.code }),
  holds: (value) => value === fixtureVillage.code,
  show: () => fixtureVillage.name,
}

const places = {
  find: (code: string) => (code === fixtureVillage.code ? fixtureVillage : undefined),
} as Places

const rates = readRates(new URL('../../flows/rates', import.meta.url).pathname)

/** The fixture's book, with no flows in it. */
export const fixtureBook: Book = {
  flows: new Map(),
  phrases: new Map(
    Object.entries(phrases).map(([id, [indonesian, english]]) => [
      id,
      { id: cutWords(indonesian), en: cutWords(english) },
    ]),
  ),
  globals: new Map(),
  openings: new Map(),
  yes: new Set(),
  no: new Set(),
  questions: [],
  readers: createReaders(villageReader),
  rates,
  places,
  rosters: noRosterWords(),
  branch: { operator: 'Cabang Uji', contacts: [], zone: 'Asia/Makassar' },
  languages: ['id', 'en'],
  templates: {},
  version: 'fixture',
}

function noRosterWords(): Book['rosters'] {
  return {
    headings: new Map(),
    posts: new Map(),
    openPosts: [],
    sexes: new Map(),
    empty: new Set(),
    longestEmpty: 0,
    vacant: new Set(),
    notPeople: new Set(),
    examples: new Set(),
    fieldNames: new Map(),
    cohortNames: new Map(),
  }
}

/** A talk that began on 21 November 2026 unless something else is said. */
export function talkWith(given: Partial<TalkContext> = {}): TalkContext {
  return {
    book: fixtureBook,
    answers: {},
    on: '2026-11-21',
    language: 'id',
    facts: {},
    talkId: '0123456789',
    ...given,
  }
}

/** A record that remembers which of its entries were looked at. */
export function watched<T extends Value | unknown>(record: Record<string, T>, seen: Set<string>) {
  return new Proxy(record, {
    get(target, key) {
      seen.add(String(key))
      return target[String(key)]
    },
  })
}

/** Every answer of an enrolment that is in order; the NIK fits the birth date and the sex. */
export const goodAnswers: Record<string, Value> = {
  consent: 'ya',
  nationality: 'ya',
  'work-relation': 'own',
  membership: 'tidak',
  'birth-date': '1985-03-12',
  nik: '6303055203850001',
  name: 'Siti Contoh',
  'birth-place': 'Martapura',
  sex: 'P',
  'mother-name': 'Ibu Contoh',
  phone: '+6281234567890',
  village: fixtureVillage.code,
  address: '',
  occupation: 'pedagang sayur',
  sector: 'other',
  'work-place': 'pasar',
  income: 1_250_000,
  payer: 'self',
  programme: 'basic',
  months: 'three',
  'campaign-consent': 'tidak',
  review: 'ya',
  event: 'hurt',
}
