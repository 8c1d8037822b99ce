// Desa: how far the villages are, from the regency down to the one village.

import { nameArea } from '../../../core/area.ts'
import { type PlaceProgress, sumProgress } from '../../../core/area-progress.ts'
import { isInArea } from '../../../core/roles.ts'
import { readAreaProgress } from '../../../registry/office-figures.ts'
import { type Html, html } from '../../html.ts'
import { stripes } from '../charts.ts'
import { showCount } from '../moments.ts'
import { placesTable, villagesTable } from '../places-table.ts'
import type { Answer, OfficePage, Visit } from '../visit.ts'
import { shortName, trailOf } from './trail.ts'
import { villagePage } from './village.ts'

/** The regencies of whoever looks. */
export const regenciesPage: OfficePage = (visit) =>
  showPlaces(visit, visit.officer.area, 2, visit.say('office-villages'))

/** What lies below a regency or a district, or the village itself. */
export const placePage: OfficePage = async (visit) => {
  const { officer, ground } = visit
  const code = visit.part('code')
  const name = nameArea(ground.book.places, code)
  const isKnown = /^\d\d\.\d\d(\.\d\d(\.\d{4})?)?$/.test(code) && name !== code
  if (!isKnown || !isInArea(code, officer.area)) return undefined
  const parts = code.split('.').length
  if (parts === 4) return villagePage(visit, code, name)
  return showPlaces(visit, code, parts === 2 ? 3 : 4, name)
}

async function showPlaces(
  visit: Visit,
  area: string,
  parts: 2 | 3 | 4,
  title: string,
): Promise<Answer> {
  const { say, ground } = visit
  const { villages } = await readAreaProgress(ground.db.pool, area)
  const wanted = visit.asked('keadaan')
  const places = sumProgress(villages, parts).filter((one) => isWanted(one, wanted))
  const all = sumProgress(villages, 2)
  const sum = (key: 'villages' | 'aware' | 'underWay' | 'idle') =>
    showCount(all.reduce((total, one) => total + one[key], 0))
  const fills = { villages: sum('villages'), aware: sum('aware') }
  const lead = say('office-places-lead', {
    ...fills,
    underway: sum('underWay'),
    idle: sum('idle'),
  })
  const name = (code: string) => shortName(visit, code)
  const body = html`${stripes}${parts > 2 && trailOf(visit, area)}
<p class="lead">${lead}</p>
${parts === 4 && filterOf(visit, area, wanted)}
${
  places.length > 0
    ? (parts === 4 ? villagesTable : placesTable)(say, places, name)
    : html`<p>${say(wanted ? 'office-places-filtered' : 'office-places-none')}</p>`
}`
  return { title, body }
}

function isWanted(place: PlaceProgress, wanted: string): boolean {
  if (wanted === 'sadar') return place.aware > 0
  if (wanted === 'berjalan') return place.underWay > 0
  if (wanted === 'belum') return place.idle > 0
  return true
}

function filterOf({ say }: Visit, area: string, wanted: string): Html {
  const words = { '': 'all', sadar: 'aware', berjalan: 'underway', belum: 'idle' }
  const links = Object.entries(words).map(([key, word]) => {
    const mark = key === wanted && html` aria-current="true"`
    const href = `/kantor/desa/${area}${key && `?keadaan=${key}`}`
    return html`<a href="${href}"${mark}>${say(`office-places-${word}`)}</a>`
  })
  return html`<p class="filter">${links}</p>`
}
