// Hari ini: what waits and since when, whether everything runs, and how the area stands.
import {
  countOpenAlarms,
  countUndecided,
  countWaitingTickets,
  type Waiting,
} from '../../../registry/office-waiting.ts'
import { type Html, html } from '../../html.ts'
import { showCount, showDay, showMoment } from '../moments.ts'
import { countToCheck } from '../people/count-to-check.ts'
import type { OfficePage, Visit } from '../visit.ts'
import { channelsPart } from './today-channels.ts'
import { figuresPart } from './today-figures.ts'

/** What needs whoever is signed in. */
export const todayPage: OfficePage = async (visit) => {
  const parts = await Promise.all([waitingPart(visit), channelsPart(visit), figuresPart(visit)])
  return { title: visit.say('office-today'), body: html`${parts}` }
}

/** What waits, each in a sentence; empty where nothing does. `nothing` is for when none waits. */
export async function sayWaiting(visit: Visit): Promise<Record<string, string>> {
  const { say, officer, ground } = visit
  const { pool } = ground.db
  const [submissions, tickets, alarms, members] = await Promise.all([
    countUndecided(pool, officer.area),
    countWaitingTickets(pool, officer.area),
    countOpenAlarms(pool),
    countToCheck(visit),
  ])
  const line = (id: string, { count, since }: Waiting) => {
    const at = since ? showMoment(since, ground.book.branch.zone) : ''
    return since ? say(id, { count: showCount(count), since: at }) : ''
  }
  const lines = {
    submissions: line('office-today-submissions', submissions),
    tickets: line('office-today-tickets', tickets),
    alarms: line('office-today-alarms', alarms),
    members: sayToCheck(visit, members),
  }
  const isQuiet = Object.values(lines).every((words) => words === '')
  return { ...lines, nothing: isQuiet ? say('office-today-nothing') : '' }
}

function sayToCheck(
  { say }: Visit,
  { count, sinceOn }: Awaited<ReturnType<typeof countToCheck>>,
): string {
  if (sinceOn === null) return ''
  return say('office-today-members', { count: showCount(count), since: showDay(sinceOn) })
}

async function waitingPart(visit: Visit): Promise<Html> {
  const { say } = visit
  const { nothing = '', ...lines } = await sayWaiting(visit)
  const hidden = (words: string) => words === '' && html` hidden`
  const link = (to: string, id: string) =>
    html`<a class="button" href="/kantor${to}">${say(id)}</a>`
  const links: Record<string, Html> = {
    submissions: link('/periksa', 'office-today-review'),
    tickets: link('/percakapan', 'office-today-talk'),
    alarms: link('/mesin', 'office-today-machine'),
    members: link('/kepesertaan', 'office-today-look'),
  }
  const items = Object.entries(lines).map(
    ([name, words]) => html`<li data-line${hidden(words)}><span data-live="${name}">${words}</span>
${links[name]}</li>`,
  )
  return html`<div data-stream="/kantor/kabar?tentang=hari-ini" aria-live="polite">
<p class="lead" data-live="nothing"${hidden(nothing)}>${nothing}</p>
<ul class="waiting">${items}</ul></div>`
}
