// Of Mesin: who asked to be erased and is registered, with the clock of each request.
import { findFigure } from '../../../core/rates.ts'
import { listErasures } from '../../../registry/machine-state.ts'
import { type Html, html } from '../../html.ts'
import { showCount, showMoment } from '../moments.ts'
import { table } from '../table.ts'
import type { Visit } from '../visit.ts'

const mostListed = 50
const hourMs = 3_600_000

/** The requests of the area; the time allowed is the branch's own to set where no law does. */
export async function erasuresPart({ say, ground, officer }: Visit): Promise<Html> {
  const { db, book, clock } = ground
  const requests = await listErasures(db.pool, officer.area, mostListed)
  const hours = findFigure(book.rates, 'erasure-hours', clock.today())
  const { zone } = book.branch
  const rows = requests.map(({ id, askedAt, closedAt }) => {
    const age = Math.floor(((closedAt ?? new Date()).getTime() - askedAt.getTime()) / hourMs)
    const dueAt = hours === undefined ? undefined : new Date(askedAt.getTime() + hours * hourMs)
    const isLate = dueAt !== undefined && !closedAt && dueAt.getTime() < Date.now()
    return [
      say('machine-ticket', { number: String(id) }),
      showMoment(askedAt, zone),
      say('machine-hours', { count: showCount(age) }),
      dueAt ? showMoment(dueAt, zone) : say('machine-erasure-unset'),
      closedAt
        ? say('machine-erasure-done', { at: showMoment(closedAt, zone) })
        : say(isLate ? 'machine-erasure-late' : 'machine-erasure-open'),
    ]
  })
  const columns = ['machine-erasure', 'machine-asked', 'machine-age', 'machine-due', 'office-state']
  return html`<h2>${say('machine-erasures')}</h2>
${rows.length > 0 ? table(say, columns, rows) : html`<p>${say('machine-no-erasures')}</p>`}`
}
