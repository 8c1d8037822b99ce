// Invented people: who they are and what their true answer to every question is.
import type { Value } from '../../../src/core/answers/reading.ts'
import { must } from '../../../src/core/must.ts'
import type { Village } from '../../../src/core/place.ts'
import type { Role } from '../../../src/core/roles.ts'
import { entryCode } from './little-office.ts'
import type { Random } from './random.ts'

/** One invented person. */
export interface Persona {
  /** The true answer to each question of the flows, by step id. */
  answers: Record<string, Value>
  /** May enrol by themselves: consents, is of age, works for themselves, pays by themselves. */
  isEligible: boolean
  /** The post that an officer has invited them to; nothing for most. */
  role?: Role
}

const firstNames = 'Siti Rahmat Aminah Suriani Budi Halimah Yusran Noor Galuh Anang'.split(' ')
const lastNames = 'Contoh Rekaan Umpama Misalnya Andaian Percobaan'.split(' ')
const motherNames = 'Mastura Zubaidah Khadijah Ruqayyah Maimunah Fathiyah'.split(' ')
const motherLasts = 'Ibundaku Indukrekaan Umaumpama'.split(' ')
const towns = ['Martapura', 'Kandangan', 'Barabai', 'Amuntai', 'Banjarmasin']
const occupations = ['petani karet', 'pedagang sayur', 'nelayan', 'tukang kayu', 'penjahit']
const workPlaces = ['kebun sendiri', 'pasar', 'laut', 'keliling desa', 'rumah sendiri']
const addresses = ['', 'RT dua RW satu', 'Jalan Melati nomor tujuh', 'dekat langgar', '']
const incomes = [
  500_000, 900_000, 1_000_000, 1_250_000, 1_500_000, 2_000_000, 2_750_000, 5_000_000, 8_000_000,
]

/** An invented person who lives in one of these villages and talks on the day `on`. */
export function inventPersona(random: Random, villages: readonly Village[], on: string): Persona {
  const sex = random.pick(['L', 'P'])
  const birthOn = inventBirth(random, on)
  const answers = {
    ...inventChoices(random),
    'birth-date': birthOn.day,
    nik: inventNik(random, birthOn.day, sex),
    name: `${random.pick(firstNames)} ${random.pick(lastNames)}`,
    'birth-place': random.pick(towns),
    sex,
    'nik-check': 'ya',
    'mother-name': `${random.pick(motherNames)} ${random.pick(motherLasts)}`,
    phone: `+628${random.pick(['12', '13', '52', '78'])}${random.int(10_000_000, 99_999_999)}`,
    village: random.pick(villages).code,
    address: random.pick(addresses),
    occupation: random.pick(occupations),
    'work-place': random.pick(workPlaces),
    income: random.pick(incomes),
    review: 'ya',
    'staff-code': entryCode,
    'staff-birth-date': random.pick(['1985-03-12', '1985-03-12', '1990-01-01']),
  }
  return { answers, isEligible: mayEnrol(answers, birthOn.isOfAge) }
}

/** What somebody answers who has come to note that one of the staff has left. */
const leavers = { 'change-wish': 'one', 'change-kind': 'leave' }

/** Whose money a village names: what is barred most often, because that is a talk of its own. */
const barred = Array<string>(8).fill('dana-desa')
const funds = [
  ...barred,
  'add',
  'add',
  'pades',
  'pades',
  'bagi-hasil',
  'bagi-hasil',
  'apbd',
  'other',
]

/** When a child was born that some agents are asked to register. */
const childBornOn = '2012-03-05'

/** The same person as an official of some kind, with an invite in hand. */
export function makeOfficial(persona: Persona, role: Role, random: Random): Persona {
  const code = Array.from({ length: 10 }, () => random.pick([...'0123456789ABCDEFGHJKM'])).join('')
  const pin = `${random.int(100, 999)}${random.pick(['270', '918', '546'])}`
  const posts = {
    'village-wish': random.pick(['set', 'set', 'see']),
    posts: random.chance(0.2) ? 0 : random.int(1, 9),
    'base-amount': random.pick(incomes),
  }
  const staff = { statement: random.pick(['ya', 'ya', 'tidak']) }
  const fund = { fund: random.pick(funds) }
  const leaving: Record<string, Value> = random.chance(0.5) ? leavers : {}
  const { 'nik-check': _, ...answers } = persona.answers
  // Whoever does not register one by one has lists to send.
  const registering: Record<string, Value> = random.chance(0.4) ? {} : { 'register-how': 'one' }
  const own = {
    ...registering,
    'gap-sure': random.pick(['ya', 'tidak']),
    'move-sure': random.pick(['ya', 'tidak']),
    'gap-birth': must(answers['birth-date'], 'a birth date'),
    ...posts,
    ...staff,
    ...fund,
    ...leaving,
    'invite-code': code,
    'new-pin': pin,
    'unlock-pin': pin,
  }
  const campaign = role === 'branch-officer' ? inventCampaign(persona, random) : {}
  const all = { ...answers, ...own, ...campaign }
  if (role !== 'bumdes-agent' || !random.chance(0.15)) return { ...persona, role, answers: all }
  // Somebody's child: the agent may not register them, nor are they a villager who could.
  const nik = inventNik(random, childBornOn, String(answers.sex))
  const child = { ...all, 'birth-date': childBornOn, 'gap-birth': childBornOn, nik }
  return { role, isEligible: false, answers: child }
}

/** What a branch officer tells whom; now and then words that may not be sent. */
function inventCampaign({ answers }: Persona, random: Random): Record<string, Value> {
  const whom = ['all', 'not-enrolled', 'registered', 'lapsing', 'village-not-started']
  const words = ['Halo NAMA, ada kabar untuk DESA.', 'Hanya Rp10.000 sebulan']
  return {
    campaign: random.pick(['new', 'new', 'new', 'c0', 'c3']),
    'submission-step': random.pick(['accept', 'accept', 'refuse', 'refuse', 'ask', 'leave']),
    'accept-sure': random.chance(0.2) ? 'tidak' : 'ya',
    'refuse-sure': random.chance(0.3) ? 'tidak' : 'ya',
    'kpj-taken': random.pick(['lagi', 'tidak']),
    'campaign-step': random.pick(['start', 'pause', 'cancel', 'leave']),
    'campaign-words': must(words[random.chance(0.2) ? 1 : 0], 'words'),
    'campaign-whom': random.pick(whom),
    'campaign-area': random.pick(['all', 'district']),
    'campaign-village': random.pick([must(answers.village, 'a village'), elsewhere]),
  }
}

/** A village in which nobody of a simulated branch has a say. */
const elsewhere = '63.03.05.2056'

function inventChoices(random: Random) {
  return {
    consent: random.weigh([[19, 'ya'] as const, [1, 'tidak']]),
    nationality: random.weigh([[38, 'ya'] as const, [1, 'tidak'], [1, 'foreigner']]),
    'work-relation': random.weigh([
      [34, 'own'] as const,
      [1, 'company'],
      [1, 'village'],
      [7, 'none'],
    ]),
    'own-work': random.weigh([[3, 'ya'] as const, [1, 'tidak'], [1, 'intern']]),
    membership: random.weigh([[16, 'tidak'] as const, [1, 'ya'], [3, 'unsure']]),
    sector: random.pick(['transport', 'other']),
    payer: random.weigh([[14, 'self'] as const, [4, 'family'], [2, 'other']]),
    programme: random.pick(['basic', 'savings']),
    months: random.pick(['one', 'three', 'six', 'twelve']),
    'campaign-consent': random.pick(['ya', 'tidak']),
    officer: random.pick(['ya', 'tidak']),
  }
}

function mayEnrol(answers: Record<string, Value>, isOfAge: boolean): boolean {
  const works = answers['work-relation'] === 'own' || answers['work-relation'] === 'none'
  const hasWork = answers['work-relation'] !== 'none' || answers['own-work'] === 'ya'
  const isNew = answers.nationality === 'ya' && answers.membership !== 'ya'
  return (
    answers.consent === 'ya' && isNew && works && hasWork && isOfAge && answers.payer !== 'other'
  )
}

function inventBirth(random: Random, on: string): { day: string; isOfAge: boolean } {
  const year = Number(on.slice(0, 4))
  const on15 = (age: number) => `${year - age}-${twoDigits(random.int(1, 12))}-15`
  return random.weigh([
    [90, () => ({ day: on15(random.int(20, 60)), isOfAge: true })] as const,
    [4, () => ({ day: on15(random.int(10, 16)), isOfAge: false })],
    [4, () => ({ day: on15(random.int(67, 80)), isOfAge: false })],
    [5, () => ({ day: soonTooOld(on), isOfAge: false })],
  ])()
}

/** Born so that the upper age of 65 is a few days away: an officer has to hurry. */
function soonTooOld(on: string): string {
  const soon = new Date(Date.parse(`${on}T00:00:00Z`) + 5 * 86_400_000).toISOString()
  return `${Number(soon.slice(0, 4)) - 65}${soon.slice(4, 10)}`
}

/** Sixteen digits that fit the birth date and the sex, but for one person in five. */
export function inventNik(random: Random, birthOn: string, sex: string): string {
  const shift = random.chance(1 / 5) ? 1 : 0
  const day = Math.min(Number(birthOn.slice(8)) + shift, 28) + (sex === 'P' ? 40 : 0)
  const date = `${twoDigits(day)}${birthOn.slice(5, 7)}${birthOn.slice(2, 4)}`
  return `6303${twoDigits(random.int(1, 20))}${date}${random.int(1_000, 9_999)}`
}

function twoDigits(part: number): string {
  return String(part).padStart(2, '0')
}
