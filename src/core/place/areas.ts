// What is said after a village's name, "kec. Y kab. Z", and whether it fits a village.
import type { Village } from '../place.ts'
import { allowedErrors, countErrors } from './distance.ts'
import { toKeys, toWords } from './words.ts'

/** Which part of the country the words name; `any` when they do not say. */
type Level = 'any' | 'district' | 'regency' | 'province'

/** Words that name a district, a regency, a province, or several of them from small to large. */
export interface Area {
  level: Level
  words: string[]
}

const levels = new Map<string, Level>([
  ...['kecamatan', 'kec', 'distrik', 'kapanewon', 'kemantren'].map(levelled('district')),
  ...['kabupaten', 'kab'].map(levelled('regency')),
  ...['provinsi', 'propinsi', 'prov', 'prop'].map(levelled('province')),
])

function levelled(level: Level): (word: string) => [string, Level] {
  return (word) => [word, level]
}

/** Words in the full name of a regency that tell it from no other. */
const emptyWords = new Set(['administrasi'])

/** Whether a word says that the name of a district, regency or province follows. */
export function opensArea(word: string): boolean {
  return levels.has(word)
}

/** Cuts words at kecamatan, kabupaten and provinsi; what stands before the first may be any. */
export function splitAreas(words: readonly string[]): Area[] {
  const areas: Area[] = []
  let area: Area = { level: 'any', words: [] }
  for (const word of words) {
    const level = levels.get(word)
    if (!level) {
      if (!emptyWords.has(word)) area.words.push(word)
    } else {
      areas.push(area)
      area = { level, words: [] }
    }
  }
  areas.push(area)
  return areas.filter((each) => each.words.length > 0)
}

/** How provinces are called besides their official names. */
const otherNames: Record<string, string> = {
  Aceh: 'nad',
  'Sumatera Utara': 'sumut',
  'Sumatera Barat': 'sumbar',
  'Sumatera Selatan': 'sumsel',
  'Kepulauan Riau': 'kepri',
  'Kepulauan Bangka Belitung': 'babel,bangka belitung',
  'Daerah Khusus Ibukota Jakarta': 'dki,dki jakarta,jakarta',
  'Jawa Barat': 'jabar',
  'Jawa Tengah': 'jateng',
  'Daerah Istimewa Yogyakarta': 'diy,di yogyakarta,yogyakarta,jogja,yogya',
  'Jawa Timur': 'jatim',
  'Nusa Tenggara Barat': 'ntb',
  'Nusa Tenggara Timur': 'ntt',
  'Kalimantan Barat': 'kalbar',
  'Kalimantan Tengah': 'kalteng',
  'Kalimantan Selatan': 'kalsel',
  'Kalimantan Timur': 'kaltim',
  'Kalimantan Utara': 'kaltara',
  'Sulawesi Utara': 'sulut',
  'Sulawesi Tengah': 'sulteng',
  'Sulawesi Selatan': 'sulsel',
  'Sulawesi Tenggara': 'sultra',
  'Sulawesi Barat': 'sulbar',
}

/** People add the word kota and leave it out: Martapura Kota. A name that is only that stays. */
function withoutKota(words: readonly string[]): readonly string[] {
  const rest = words.filter((word) => word !== 'kota')
  return rest.length > 0 ? rest : words
}

function regencyWords(regency: string): string[] {
  return toWords(regency).filter((word) => word !== 'kabupaten' && !emptyWords.has(word))
}

/** The ways to write each part of the country that a village lies in, run together as keys. */
type Forms = Record<Level, string[]>

function join(heads: string[], ...tails: string[][]): string[] {
  return tails.reduce((all, tail) => all.flatMap((a) => [a, ...tail.map((b) => a + b)]), heads)
}

/** As it is written; "kab. Bogor" is not Kota Bogor, but "Bogor" may be either. */
function exactForms(village: Village): Forms {
  const districts = toKeys(toWords(village.district))
  const regencies = toKeys(regencyWords(village.regency))
  const bare = toKeys(withoutKota(regencyWords(village.regency)))
  const others = (otherNames[village.province]?.split(',') ?? []).map((name) => toWords(name))
  const province = [toWords(village.province), ...others].flatMap(toKeys)
  const either = [...new Set([...regencies, ...bare])]
  const district = join(districts, either, province)
  const regency = join(regencies, province)
  return { district, regency, province, any: [...district, ...join(either, province), ...province] }
}

/** The same without the word kota anywhere. */
function bareForms(village: Village, exact: Forms): Forms {
  if (!/\bkota\b/i.test(`${village.district} ${village.regency}`)) return exact
  const bare = (name: string) => withoutKota(toWords(name)).join(' ')
  return exactForms({
    ...village,
    district: bare(village.district),
    regency: bare(village.regency),
  })
}

/** Tells how well areas fit villages. */
interface AreaFit {
  /** Whether the village lies in the area, as it is written. */
  fits(area: Area, village: Village): boolean
  /** Typing errors between the area's words and the nearest way to write it; infinite if none. */
  countAreaErrors(area: Area, village: Village): number
  /** Whether words by themselves are the name of a district, regency or province. */
  isArea(words: readonly string[]): boolean
}

/** Fewer letters than this are the beginning of too many areas. */
const leastBeginning = 5

/** Typing errors to the nearest form; one for unfinished names (Tamban: Tamban Catur). */
function errorsToNearest(words: readonly string[], forms: readonly string[]): number {
  const key = words.join('')
  if (key.length >= leastBeginning && forms.some((form) => form.startsWith(key))) return 1
  const limit = allowedErrors(key.length)
  const least = Math.min(...forms.map((form) => countErrors(key, form, limit)))
  return least <= limit ? least : Number.POSITIVE_INFINITY
}

function collectAreaKeys(villages: readonly Village[]): Set<string> {
  const names = new Set<string>()
  for (const { district, regency, province } of villages) {
    names.add(district).add(regency).add(province)
  }
  return new Set([...names].flatMap((name) => toKeys(withoutKota(regencyWords(name)))))
}

/** Prepares the areas of these villages. */
export function indexAreas(villages: readonly Village[]): AreaFit {
  const keys = collectAreaKeys(villages)
  const known = new Map<string, { exact: Forms; bare: Forms }>()

  /** Worked out once a district: all its villages lie in the same areas. */
  function formsFor(village: Village) {
    const district = village.code.slice(0, 8)
    const forms = known.get(district)
    if (forms) return forms
    const exact = exactForms(village)
    const made = { exact, bare: bareForms(village, exact) }
    known.set(district, made)
    return made
  }
  function fits({ level, words }: Area, village: Village): boolean {
    const forms = formsFor(village).exact[level]
    return toKeys(words).some((key) => forms.includes(key))
  }
  function countAreaErrors(area: Area, village: Village): number {
    if (fits(area, village)) return 0
    const { exact, bare } = formsFor(village)
    const errors = errorsToNearest(area.words, exact[area.level])
    if (exact === bare && !area.words.includes('kota')) return errors
    return Math.min(errors, 1 + errorsToNearest(withoutKota(area.words), bare[area.level]))
  }
  const isArea = (words: readonly string[]) =>
    toKeys(withoutKota(words)).some((key) => keys.has(key))
  return { fits, countAreaErrors, isArea }
}
