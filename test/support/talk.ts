// A talk for tests: real figures and readers, a few phrases, one village, invented people.
import { createReaders } from '../../src/core/answers/index.ts'
import type { Reader, Value } from '../../src/core/answers/reading.ts'
import type { Book } from '../../src/core/book.ts'
import type { TalkContext } from '../../src/core/context.ts'
import { cutWords } from '../../src/core/phrase.ts'
import type { Places, Village } from '../../src/core/place.ts'
import { reviewPhrases } from '../../src/core/review-phrases.ts'
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
  'campaign-foot': ['Dari {operator}', 'From {operator}'],
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
  'membership-mine': ['{receipt} (Anda)', '{receipt} (you)'],
  'pay-month-choice': ['{count} bulan ({amount})', '{count} month ({amount})'],
  'pay-months-choice': ['{count} bulan ({amount})', '{count} months ({amount})'],
  'pay-open-line': ['{month} {amount} {due}', '{month} {amount} {due}'],
  'pay-sum': ['= {amount}', '= {amount}'],
  'pay-month-line': ['{from} {each}', '{from} {each}'],
  'pay-months-line': ['{from} - {until} {count} x {each} = {amount}', '{from}'],
  'pay-sure': ['pasti', 'sure'],
  'pay-unsure': ['cabang', 'branch'],
  'pay-number': ['{nik}', '{nik}'],
  'pay-number-kpj': ['{nik} {end}', '{nik} {end}'],
  'pay-number-card': ['KTP', 'KTP'],
  'dues-line': ['{name} {segment} {count} {amount} {months} {due}', '{name}'],
  'dues-others': ['lain', 'others'],
  'dues-sure': ['pasti', 'sure'],
  'data-line': ['{label}: {value}', '{label}: {value}'],
  'data-name': ['Nama', 'Name'],
  'data-nik': ['NIK', 'NIK'],
  'cohort-perangkat-desa': ['perangkat', 'staff'],
  'cohort-secretary': ['sekretaris', 'secretary'],
  'cohort-bpd': ['BPD', 'council'],
  'status-line': ['{name} {posts} {registered} {waiting} {empty}', '{name} {posts}'],
  'status-refused': ['{name} {position} {reason}', '{name} {position} {reason}'],
  'status-objected': ['{name} {position} menolak', '{name} {position} refuses'],
  'overview-villages': ['{villages} {aware} {underway} {idle}', '{villages}'],
  'overview-line': ['{name} {registered}/{posts} {waiting}', '{name}'],
  'overview-growth': ['{registered} dari {before}', '{registered}'],
  'lack-people': ['{name} +{count}', '{name} +{count}'],
  'lack-unset': ['{name} ?', '{name} ?'],
  'staff-entry': ['{name} {nik} {position} {cohort} {village}', '{name}'],
  'entry-by-village': ['Desa', 'village'],
  'entry-by-agent': ['Agen', 'agent'],
  'resident-entry': ['{name} {nik} {occupation} {income} {programmes} {village}', '{name}'],
  'residents-count': ['{total} {registered} {waiting} {refused}', '{total}'],
  'residents-more': ['+{count}', '+{count}'],
  'resident-line': ['{name} {receipt} {state}', '{name}'],
  'resident-objected': ['{name} {receipt} menolak', '{name}'],
  'resident-registered': ['terdaftar', 'registered'],
  'resident-waiting': ['menunggu', 'waiting'],
  'resident-refused': ['ditolak', 'refused'],
  'reason-age': ['umur', 'age'],
  'reason-other': ['lain', 'other'],
  'cohort-kepala-desa': ['kepala desa', 'head'],
  'segment-pu': ['PU', 'PU'],
  'segment-bpu': ['BPU', 'BPU'],
  'base-siltap': ['siltap {amount}', 'siltap {amount}'],
  'base-umk': ['UMK {amount}', 'UMK {amount}'],
  'base-fixed': ['dasar {amount}', 'base {amount}'],
  'base-unknown': ['dasar ?', 'base ?'],
  'plan-unknown': ['?', '?'],
  'cohort-setting': ['{segment}, {base}, {programmes}', '{segment}, {base}, {programmes}'],
  'plan-line': ['{name} {count} x {each} = {month}', '{name} {count} x {each} = {month}'],
  'plan-line-unsure': ['{name} {month}?', '{name} {month}?'],
  'plan-line-unknown': ['{name} {count} x ?', '{name} {count} x ?'],
  'plan-total-sure': ['{month}, {year}', '{month}, {year}'],
  'roster-people': ['{count} orang', '{count} people'],
  'roster-count-accepted': ['{count} siap', '{count} ready'],
  'roster-count-known': ['{count} pernah', '{count} before'],
  'roster-count-waiting': ['{count} kurang', '{count} lack'],
  'roster-count-rejected': ['{count} belum bisa', '{count} cannot'],
  'roster-group': ['{name}: {count}', '{name}: {count}'],
  'roster-trouble': ['{at} {name}: {why}', '{at} {name}: {why}'],
  'roster-trouble-unnamed': ['{at}: {why}', '{at}: {why}'],
  'roster-more': ['+{count}', '+{count}'],
  'today-submissions': ['{count} pendaftaran {since}', '{count} registrations {since}'],
  'today-members': ['{count} kepesertaan {since}', '{count} memberships {since}'],
  'today-tickets': ['{count} orang {since}', '{count} people {since}'],
  'waits-minutes': ['{count} menit', '{count} minutes'],
  'ticket-held-elsewhere': ['lain', 'another'],
  'ticket-line-person': ['> {words}', '> {words}'],
  'ticket-told': ['{words}', '{words}'],
  'waits-for-other': ['menunggu', 'waits'],
  'waits-hours': ['{count} jam', '{count} hours'],
  'roster-gap': ['{at} {name} ({position})', '{at} {name} ({position})'],
  'roster-gap-unnamed': ['{at} ({position})', '{at} ({position})'],
  'roster-no-position': ['?', '?'],
  'roster-nik-missing': ['NIK belum ada', 'no NIK'],
  'roster-kind-pdf': ['ini PDF', 'this is a PDF'],
  'role-village-head': ['kepala desa', 'village head'],
  'role-coordinator': ['koordinator', 'coordinator'],
  'role-village-operator': ['operator desa', 'village operator'],
  'person-since': ['{role} {name} {on}', '{role} {name} {on}'],
  'person-me': ['{role} {name} {on} (Anda)', '{role} {name} {on} (you)'],
  'person-invited': ['{role} {name} {on}, belum', '{role} {name} {on}, not yet'],
}

/** Nothing but the blanks of each. */
const bareReviewPhrases = Object.fromEntries(
  Object.entries(reviewPhrases).map(([id, blanks]) => {
    const words = blanks.map((one) => `{${one}}`).join(' ') || id
    return [id, [words, words] as const]
  }),
)

const villageReader: Reader = {
  read: () => ({ kind: 'value', value: fixtureVillage.code }),
  holds: (value) => value === fixtureVillage.code,
  show: () => fixtureVillage.name,
}

const places: Partial<Places> = {
  find: (code: string) => (code === fixtureVillage.code ? fixtureVillage : undefined),
  label: () => fixtureVillage.name,
  villages: [fixtureVillage],
}

const rates = readRates(new URL('../../flows/rates', import.meta.url).pathname)

/** The fixture's book, with no flows in it. */
export const fixtureBook: Book = {
  flows: new Map(),
  phrases: new Map(
    Object.entries({ ...bareReviewPhrases, ...phrases }).map(([id, [indonesian, english]]) => [
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
  places: places as Places,
  rosters: noRosterWords(),
  payments: {
    headings: new Map(),
    fieldNames: new Map(),
    months: new Map(),
    verdicts: new Map(),
    reasons: new Map(),
  },
  members: {
    headings: new Map(),
    fieldNames: new Map(),
    results: new Map(),
    refusals: new Map(),
    openRefusals: [],
    lacks: new Map(),
    watermark: new Map(),
    verdicts: new Map(),
    reasons: new Map(),
  },
  layouts: [],
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
    fieldNames: new Map([['nik', 'NIK']]),
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
  'pay-for': '7K3M292QXA',
  'pay-months': '3',
  'remind-on': '2026-11-25',
  event: 'hurt',
  'staff-member': '1',
  'staff-cohort': 'bpd',
  'ended-cohort': 'bpd',
  'leave-reason': 'term',
  'invited-role': 'coordinator',
  'invited-village': fixtureVillage.code,
  'invited-scope': 'district',
  cohort: 'perangkat-desa',
  posts: 8,
  'setting-wish': 'own',
  segment: 'PU',
  'wage-base': 'fixed',
  'base-amount': 2_000_000,
  'pu-programmes': 'savings',
  'bpu-programmes': 'basic',
  fund: 'add',
}
