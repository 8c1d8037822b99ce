// Hari ini: what waits and since when, whether everything runs, and how the area stands.
import {
  countOpenAlarms,
  countUndecided,
  countWaitingTickets,
  type Waiting,
} from '../../../registry/office-waiting.ts'
import { type Html, html } from '../../html.ts'
import { showCount, showMoment } from '../moments.ts'
import type { OfficePage, Visit } from '../visit.ts'
import { channelsPart } from './today-channels.ts'
import { figuresPart } from './today-figures.ts'

/** What needs whoever is signed in. */
export const todayPage: OfficePage = async (visit) => {
  const parts = await Promise.all([waitingPart(visit), channelsPart(visit), figuresPart(visit)])
  return { title: visit.say('office-today'), body: html`${parts}` }
}

async function waitingPart({ say, officer, ground }: Visit): Promise<Html> {
  const { pool } = ground.db
  const [submissions, tickets, alarms] = await Promise.all([
    countUndecided(pool, officer.area),
    countWaitingTickets(pool, officer.area),
    countOpenAlarms(pool),
  ])
  const line = (id: string, { count, since }: Waiting, link?: Html) => {
    if (!since) return undefined
    const at = showMoment(since, ground.book.branch.zone)
    const words = say(id, { count: showCount(count), since: at })
    return html`<li><span>${words}</span>${link}</li>`
  }
  const review = html`<a class="button" href="/kantor/periksa">${say('office-today-review')}</a>`
  const lines = [
    line('office-today-submissions', submissions, review),
    line('office-today-tickets', tickets),
    line('office-today-alarms', alarms),
  ].filter((one) => one !== undefined)
  if (lines.length === 0) return html`<p class="lead">${say('office-today-nothing')}</p>`
  return html`<ul class="waiting">${lines}</ul>`
}
