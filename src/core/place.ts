// The official list of villages: look-ups by code, time zones, and how a village is written.
import { must } from './must.ts'

export { createPlaceReader } from './place/reader.ts'

/** One village or kelurahan of the official list. */
export interface Village {
  /** `PP.RR.DD.VVVV` as in Kepmendagri 300.2.2-2430/2025. */
  code: string
  name: string
  district: string
  /** With its kind in front: `Kabupaten Banjar`, `Kota Bogor`. */
  regency: string
  province: string
}

/** What a village is in law, told by the first digit of the last part of its code. */
export type VillageKind = 'desa' | 'kelurahan' | 'desa adat'

/** The official list with its look-ups, held in memory. */
export interface Places {
  /** How many villages there are. */
  readonly size: number
  /** Every village, in the order of the list. */
  readonly villages: readonly Village[]
  /** The village of this code; throws when there is none. */
  get(code: string): Village
  /** The village of this code, if there is one. */
  find(code: string): Village | undefined
  /** IANA time zone of a village, regency or province code; throws for an unknown province. */
  zone(code: string): string
  /** `Pasayangan Utara, Kec. Martapura, Kab. Banjar`: unlike that of any other village. */
  label(code: string): string
  /** Desa, kelurahan or desa adat; throws for a code that is not a village's. */
  kind(code: string): VillageKind
}

/** Provinces by zone (Keputusan Presiden 41/1987); West and Central Kalimantan keep Pontianak's. */
const provincesByZone: Record<string, string> = {
  'Asia/Jakarta': '11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36',
  'Asia/Pontianak': '61 62',
  'Asia/Makassar': '51 52 53 63 64 65 71 72 73 74 75 76',
  'Asia/Jayapura': '81 82 91 92 93 94 95 96',
}

const zones = new Map(
  Object.entries(provincesByZone).flatMap(([zone, provinces]) =>
    provinces.split(' ').map((province): [string, string] => [province, zone]),
  ),
)

const kinds = new Map<string, VillageKind>([
  ['1', 'kelurahan'],
  ['2', 'desa'],
  ['3', 'desa adat'],
])

function kind(code: string): VillageKind {
  return must(kinds.get(code.charAt(9)), 'a village code says what the village is')
}

function zone(code: string): string {
  return must(zones.get(code.slice(0, 2)), 'every province has a time zone')
}

function plainLabel(village: Village): string {
  const regency = village.regency.replace(/^Kabupaten /, 'Kab. ')
  return `${village.name}, Kec. ${village.district}, ${regency}`
}

/** What villages of one name in one district share. */
function nameInDistrict({ code, name }: Village): string {
  return code.slice(0, 8) + name
}

/** By `nameInDistrict`, the villages that are not the only one: 16 pairs in the whole list. */
function findTwinNames(villages: readonly Village[]): Set<string> {
  const seen = new Set<string>()
  const twins = new Set<string>()
  for (const village of villages) {
    const key = nameInDistrict(village)
    if (seen.has(key)) twins.add(key)
    seen.add(key)
  }
  return twins
}

/** What tells a village from its twin: whether it is a desa or a kelurahan, else its code. */
function twinLabel(village: Village, twins: readonly Village[]): string {
  const word = kind(village.code)
  const isOnlyOne = twins.filter(({ code }) => kind(code) === word).length === 1
  const label = plainLabel(village)
  if (isOnlyOne) return `${word.charAt(0).toUpperCase()}${word.slice(1)} ${label}`
  return `${label} (${village.code})`
}

/** Holds the rows of the official list ready for look-ups; throws when a code occurs twice. */
export function buildPlaces(villages: readonly Village[]): Places {
  const byCode = new Map(villages.map((village) => [village.code, village]))
  must(byCode.size === villages.length, 'no village code occurs twice')
  let twinNames: Set<string> | undefined
  const get = (code: string) => must(byCode.get(code), 'a kept village code is in the list')
  const label = (code: string) => {
    const village = get(code)
    twinNames ??= findTwinNames(villages)
    if (!twinNames.has(nameInDistrict(village))) return plainLabel(village)
    const isTwin = (each: Village) =>
      each.name === village.name && each.code.startsWith(code.slice(0, 8))
    return twinLabel(village, villages.filter(isTwin))
  }
  return {
    size: villages.length,
    villages,
    get,
    find: (code) => byCode.get(code),
    zone,
    kind,
    label,
  }
}
