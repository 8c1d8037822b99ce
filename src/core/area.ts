// Names the area of a post, whether it is a village, a district or regencies.
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
  const inside = findInside(places.villages, code)
  if (!inside) return code
  const regency = inside.regency.replace(/^Kabupaten /, 'Kab. ')
  return code.split('.').length > 2 ? `Kec. ${inside.district}, ${regency}` : regency
}

const firstInside = new WeakMap<readonly Village[], Map<string, Village>>()

/** A village of a district, regency or province. Tables ask it for each of their rows. */
function findInside(villages: readonly Village[], code: string): Village | undefined {
  const known = firstInside.get(villages) ?? indexAreas(villages)
  firstInside.set(villages, known)
  return known.get(code)
}

function indexAreas(villages: readonly Village[]): Map<string, Village> {
  const areas = new Map<string, Village>()
  for (const village of villages) {
    const [province = '', regency = '', district = ''] = village.code.split('.')
    const codes = [province, `${province}.${regency}`, `${province}.${regency}.${district}`]
    for (const code of codes) if (!areas.has(code)) areas.set(code, village)
  }
  return areas
}

/** Whether every code of an area, blanks between, is of the official list. */
export function isArea(places: Places, area: string): boolean {
  return area.split(' ').every((code) => nameArea(places, code) !== code)
}
