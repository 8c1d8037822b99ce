// Names the area of a post, whether it is a village, a district or regencies.
import type { Places } from './place.ts'
import { isInArea } from './roles.ts'

/** An area as people read it; its code where the official list does not have it. */
export function nameArea(places: Places, area: string): string {
  return area
    .split(' ')
    .map((part) => namePart(places, part))
    .join(', ')
}

function namePart(places: Places, code: string): string {
  if (places.find(code)) return places.label(code)
  const inside = places.villages.find((village) => isInArea(village.code, code))
  if (!inside) return code
  const regency = inside.regency.replace(/^Kabupaten /, 'Kab. ')
  return code.split('.').length > 2 ? `Kec. ${inside.district}, ${regency}` : regency
}

/** Whether every code of an area, blanks between, is of the official list. */
export function isArea(places: Places, area: string): boolean {
  return area.split(' ').every((code) => nameArea(places, code) !== code)
}
