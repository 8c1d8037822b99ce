// Reads a village as people write it: surely, or as a question, never as a silent guess.
import type { Reader, Reading } from '../answers/reading.ts'
import type { Places, Village } from '../place.ts'
import {
  findKind,
  type Match,
  prepareSearch,
  type Search,
  withoutHouseNumbers,
  withoutMarks,
} from './search.ts'
import { toKeys, toWords } from './words.ts'

const mostWords = 24
const mostOptions = 6
const mostMeant = 5

type Words = readonly string[]

const unknown: Reading = { kind: 'wrong', say: 'place-unknown' }

/** A question with villages to choose from; the words are kept, so that the next narrow them. */
function ask(say: string, villages: readonly Village[], typed: Words): Reading {
  return { kind: 'doubt', say, options: villages.map(({ code }) => code), keep: typed.join(' ') }
}

/** Too many to show: asks for the district, or for the regency where that would not help. */
function narrow(villages: readonly Village[], typed: Words): Reading {
  const oneDistrict = new Set(villages.map(({ district }) => district)).size === 1
  const say = oneDistrict ? 'place-narrow-regency' : 'place-narrow-district'
  const blanks = { count: String(villages.length) }
  return { kind: 'doubt', say, options: [], keep: typed.join(' '), blanks }
}

function offerSure(villages: readonly Village[], typed: Words): Reading {
  const [only] = villages
  if (only && villages.length === 1) return { kind: 'value', value: only.code }
  return villages.length <= mostOptions
    ? ask('place-many', villages, typed)
    : narrow(villages, typed)
}

function offerNear(matches: readonly Match[], typed: Words): Reading {
  const least = matches[0]?.errors ?? 0
  const best = matches.filter(({ errors }) => errors === least)
  if (best.length > mostMeant)
    return narrow(
      best.map(({ village }) => village),
      typed,
    )
  const near = matches.filter(({ errors }) => errors <= least + 1).slice(0, mostMeant)
  return ask(
    'place-meant',
    near.map(({ village }) => village),
    typed,
  )
}

function offerByName(villages: readonly Village[], typed: Words): Reading {
  return villages.length === 1 ? ask('place-meant', villages, typed) : offerSure(villages, typed)
}

/** "Kelurahan" decides between a desa and a kelurahan of one name in one district, no further. */
function preferKind(places: Places, found: Village[], typed: Words): Village[] {
  const kind = findKind(typed)
  const oneDistrict = new Set(found.map(({ code }) => code.slice(0, 8))).size === 1
  if (!kind || !oneDistrict) return found
  const ofKind = found.filter(({ code }) => places.kind(code) === kind)
  return ofKind.length > 0 ? ofKind : found
}

/** The first words about a place. */
function readFirst(search: Search, places: Places, typed: Words): Reading {
  const sure = preferKind(places, search.findSure(typed), typed)
  if (sure.length > 0) return offerSure(sure, typed)
  const near = search.findNear(typed)
  if (near.length > 0) return offerNear(near, typed)
  const named = search.findByName(typed)
  return named.length > 0 ? offerByName(named, typed) : unknown
}

/** The words after a question: they narrow what was kept, or are a place of their own. */
function readNext(search: Search, places: Places, kept: Words, typed: Words): Reading {
  if (typed.length === 0) return askAgain(search, places, kept)
  const both = [...kept, ...typed]
  const narrowed = preferKind(places, search.findSure(both, kept.length), both)
  if (narrowed.length > 0) {
    const repeats = isSame(withoutMarks(kept), typed)
    return repeats ? offerByName(narrowed, kept) : offerSure(narrowed, both)
  }
  const near = search.findNear(both, kept.length)
  if (near.length > 0) return offerNear(near, both)
  // "Marabahan" may be meant as the district that was asked for, although a village is called so.
  if (!findKind(typed) && search.isArea(withoutMarks(typed))) return askAgain(search, places, kept)
  const sure = preferKind(places, search.findSure(typed), typed)
  if (sure.length > 0) return offerSure(sure, typed)
  const meant = offerNear(search.findNear(typed), kept)
  return meant.kind === 'doubt' && meant.options.length > 0 ? meant : askAgain(search, places, kept)
}

/** The same question once more; where the district did not help, the regency may. */
function askAgain(search: Search, places: Places, kept: Words): Reading {
  const again = readFirst(search, places, kept)
  if (again.kind === 'value') return ask('place-meant', [places.get(String(again.value))], kept)
  const isOpen = again.kind === 'doubt' && again.options.length === 0
  return isOpen ? { ...again, say: 'place-narrow-regency' } : again
}

function isSame(a: Words, b: Words): boolean {
  const keys = toKeys(a)
  return toKeys(b).some((key) => keys.includes(key))
}

/**
 * A reader of villages: `desa X`, `X, kecamatan Y`, `X kec Y kab Z`, as people write. The value
 * is a village code; a doubt lists codes that may be meant, or asks for the district or regency.
 * Whoever asks first waits a fifth of a second for the index of all names, and whoever first
 * misspells one as long again.
 */
export function createPlaceReader(places: Places): Reader {
  let prepared: Search | undefined
  return {
    read(words, { keep }) {
      prepared ??= prepareSearch(places.villages)
      const search = prepared
      const typed = withoutHouseNumbers(toWords(words))
      const kept = toWords(keep ?? '')
      if (kept.length + typed.length > mostWords) {
        return typed.length > mostWords ? unknown : readFirst(search, places, typed)
      }
      if (kept.length > 0) return readNext(search, places, kept, typed)
      return typed.length > 0 ? readFirst(search, places, typed) : unknown
    },
    holds: (value) => places.find(String(value)) !== undefined,
    show: (value) => places.label(String(value)),
  }
}
