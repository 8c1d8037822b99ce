// The area of a post: how it is called and which villages lie in it.
import type { Places, Village } from './place.ts'

/** An area as people read it; its code where the official list does not have it. */
export function nameArea(places: Places, area: string): string {
  return area
    .split(' ')
    .map((part) => namePart(places, part))
    .join(', ')
}

function namePart(places: Places, code: string): string {
  if (places.find(code)) return places.label(code)
  const [village] = groupsOf(places).get(code) ?? []
  if (!village) return code
  const regency = village.regency.replace(/^Kabupaten /, 'Kab. ')
  return code.split('.').length > 2 ? `Kec. ${village.district}, ${regency}` : regency
}

const inside = new WeakMap<readonly Village[], Map<string, Village[]>>()

/** The villages of an area, in the order of their codes. */
export function villagesIn(places: Places, area: string): Village[] {
  const groups = groupsOf(places)
  return area
    .split(' ')
    .sort()
    .flatMap((code) => groups.get(code) ?? places.find(code) ?? [])
}

/** Pages ask it again and again, tables for each of their rows: the list is gone through once. */
function groupsOf({ villages }: Places): Map<string, Village[]> {
  const groups = inside.get(villages) ?? groupByArea(villages)
  inside.set(villages, groups)
  return groups
}

/** By the codes of provinces, regencies and districts. */
function groupByArea(villages: readonly Village[]): Map<string, Village[]> {
  const groups = new Map<string, Village[]>()
  for (const village of villages) {
    for (const length of [2, 5, 8]) {
      const code = village.code.slice(0, length)
      const group = groups.get(code)
      if (group) group.push(village)
      else groups.set(code, [village])
    }
  }
  return groups
}

/** Whether every code of an area, blanks between, is of the official list. */
export function isArea(places: Places, area: string): boolean {
  return area.split(' ').every((code) => nameArea(places, code) !== code)
}
