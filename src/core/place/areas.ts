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
    if (!level) area.words.push(word)
    else {
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

const withoutKota = (words: readonly string[]) => words.filter((word) => word !== 'kota')

/** The ways to write the areas that one village lies in, run together as keys. */
interface Forms {
  district: string[]
  regency: string[]
  province: string[]
  /** The same without the word kota, which people add and leave out. */
  bare: Record<Exclude<Level, 'any'>, string[]>
}

function join(...parts: string[][]): string[] {
  return parts.reduce((heads, tails) => heads.flatMap((head) => tails.map((tail) => head + tail)))
}

/** Every way to name a district with or without what it lies in, then the same for the regency. */
function chain(district: string[], regency: string[], province: string[]) {
  const provinces = ['', ...province]
  return {
    district: join(district, ['', ...regency], provinces),
    regency: join(regency, provinces),
    province,
  }
}

function regencyWords(regency: string): string[] {
  return toWords(regency).filter((word) => word !== 'kabupaten' && word !== 'administrasi')
}

function formsOf(village: Village): Forms {
  const district = toWords(village.district)
  const regency = regencyWords(village.regency)
  const others = (otherNames[village.province]?.split(',') ?? []).map((name) => toWords(name))
  const province = [toWords(village.province), ...others].flatMap(toKeys)
  return {
    ...chain(toKeys(district), toKeys(regency), province),
    bare: chain(toKeys(withoutKota(district)), toKeys(withoutKota(regency)), province),
  }
}

/** Tells how well areas fit villages. */
export interface AreaFit {
  /** Whether the village lies in the area, as it is written. */
  fits(area: Area, village: Village): boolean
  /** Typing errors between the area's words and the nearest way to write the village's. */
  countAreaErrors(area: Area, village: Village): number
  /** Whether words by themselves are the name of a district, regency or province. */
  isArea(words: readonly string[]): boolean
}

/** Prepares the areas of these villages. */
export function indexAreas(villages: readonly Village[]): AreaFit {
  const known = new Map<string, Forms>()
  const names = new Set<string>()
  for (const village of villages) {
    for (const name of [village.district, village.regency, village.province]) names.add(name)
  }
  const keys = new Set([...names].flatMap((name) => toKeys(withoutKota(regencyWords(name)))))

  function formsFor(village: Village): Forms {
    const district = village.code.slice(0, 8)
    const forms = known.get(district) ?? formsOf(village)
    known.set(district, forms)
    return forms
  }
  function exactForms(level: Level, village: Village): string[] {
    const { district, regency, province, bare } = formsFor(village)
    if (level === 'district') return district
    // "Kab. Bogor" is not Kota Bogor, but "Bogor" may be either.
    if (level === 'regency') return regency
    return level === 'province' ? province : [...district, ...regency, ...bare.regency, ...province]
  }
  return { fits, countAreaErrors, isArea }

  function fits(area: Area, village: Village): boolean {
    const forms = exactForms(area.level, village)
    return toKeys(area.words).some((key) => forms.includes(key))
  }
  function countAreaErrors(area: Area, village: Village): number {
    if (fits(area, village)) return 0
    const key = area.words.join('')
    const bareKey = withoutKota(area.words).join('')
    const { bare } = formsFor(village)
    const { district, regency, province } = bare
    const bareForms = area.level === 'any' ? [...district, ...regency, ...province] : bare[area.level]
    return Math.min(
      nearest(key, exactForms(area.level, village)),
      1 + nearest(bareKey, bareForms),
    )
  }
  function isArea(words: readonly string[]): boolean {
    return toKeys(withoutKota(words)).some((key) => keys.has(key))
  }
}

function nearest(key: string, forms: readonly string[]): number {
  const limit = allowedErrors(key.length)
  return Math.min(...forms.map((form) => errorsWithin(key, form, limit)))
}

/** Errors, or infinity beyond the limit. */
function errorsWithin(key: string, form: string, limit: number): number {
  const errors = countErrors(key, form, limit)
  return errors <= limit ? errors : Number.POSITIVE_INFINITY
}
