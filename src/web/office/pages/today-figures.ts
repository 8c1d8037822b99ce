// Of Hari ini: the villages and groups of the area, registrations by week, growth in a year.

import { nameArea } from '../../../core/area.ts'
import { sumProgress } from '../../../core/area-progress.ts'
import {
  countRegistered,
  countRegisteredByWeek,
  readAreaProgress,
} from '../../../registry/office-figures.ts'
import { type Html, html } from '../../html.ts'
import { type Column, columns, stripes } from '../charts.ts'
import { showCount } from '../moments.ts'
import { cohortsTable, placesTable } from '../places-table.ts'
import type { Visit } from '../visit.ts'

/** Weeks of the chart: a quarter of a year, and it fits a phone. */
const shownWeeks = 12

/** How the area of whoever looks stands, in three tables and a chart. */
export async function figuresPart({ say, officer, ground }: Visit): Promise<Html> {
  const { book, db, clock } = ground
  const [{ villages, cohorts }, weeks, registered] = await Promise.all([
    readAreaProgress(db.pool, officer.area),
    countRegisteredByWeek(
      ...([db.pool, officer.area, clock.today(), book.branch.zone, shownWeeks] as const),
    ),
    countRegistered(db.pool, officer.area),
  ])
  const regencies = sumProgress(villages, 2)
  const [now, before] = [showCount(registered.now), showCount(registered.yearAgo)]
  return html`${stripes}
<h2>${say('office-villages')}</h2>
${placesTable(say, regencies, (code) => nameArea(book.places, code))}
<h2>${say('office-cohorts')}</h2>
${cohorts.length > 0 ? cohortsTable(say, cohorts) : html`<p>${say('office-cohorts-none')}</p>`}
<h2>${say('office-weeks')}</h2>
<p>${say('office-growth', { now, before })}</p>
${columns(
  say('office-weeks-label', { count: String(shownWeeks) }),
  weeks.map(({ fromOn, count }): Column => {
    const [, month, day] = fromOn.split('-')
    return { label: `${Number(day)}/${Number(month)}`, count, shown: showCount(count) }
  }),
)}
<p class="soft">${say('office-weeks-note')}</p>`
}
