// Hari ini: what waits and since when, whether everything runs, and how the area stands.
import {
  countOpenAlarms,
  countUndecided,
  countWaitingTickets,
  type Waiting,
} from '../../../registry/office-waiting.ts'
import { type Html, html } from '../../html.ts'
import { showCount, showDay, showMoment } from '../moments.ts'
import { countToCheck } from '../people/to-check.ts'
import type { OfficePage, Visit } from '../visit.ts'
import { channelsPart } from './today-channels.ts'
import { figuresPart } from './today-figures.ts'

/** What needs whoever is signed in. */
export const todayPage: OfficePage = async (visit) => {
  const parts = await Promise.all([waitingPart(visit), channelsPart(visit), figuresPart(visit)])
  return { title: visit.say('office-today'), body: html`${parts}` }
}

async function waitingPart(visit: Visit): Promise<Html> {
  const { say, officer, ground } = visit
  const { pool } = ground.db
  const [submissions, tickets, alarms, members] = await Promise.all([
    countUndecided(pool, officer.area),
    countWaitingTickets(pool, officer.area),
    countOpenAlarms(pool),
    countToCheck(visit),
  ])
  const line = (id: string, { count, since }: Waiting, link?: Html) => {
    if (!since) return undefined
    const at = showMoment(since, ground.book.branch.zone)
    const words = say(id, { count: showCount(count), since: at })
    return html`<li><span>${words}</span>${link}</li>`
  }
  const review = html`<a class="button" href="/kantor/periksa">${say('office-today-review')}</a>`
  const check = html`<a class="button" href="/kantor/kepesertaan">${say('office-today-look')}</a>`
  const { count, sinceOn } = members
  const lines = [
    line('office-today-submissions', submissions, review),
    line('office-today-tickets', tickets),
    line('office-today-alarms', alarms),
    sinceOn !== null &&
      html`<li><span>${say('office-today-members', {
        ...{ count: showCount(count), since: showDay(sinceOn) },
      })}</span>${check}</li>`,
  ].filter(Boolean)
  if (lines.length === 0) return html`<p class="lead">${say('office-today-nothing')}</p>`
  return html`<ul class="waiting">${lines}</ul>`
}
