// Alur: where people stop, where they ask for a person, and what the bot says there.
import type { Flow, Translated } from '../../../core/flow.ts'
import { sayPlain, wordsIn } from '../../../core/phrase.ts'
import { readStepWeeks, type StepWeek } from '../../../registry/flow-days.ts'
import { countEnds, countHelp, type FlowCount, type Standing } from '../../../registry/standing.ts'
import { type Html, html } from '../../html.ts'
import { bar, stripes } from '../charts.ts'
import { showCount, showDay, showMoment } from '../moments.ts'
import { readStanding } from '../standing-now.ts'
import { table } from '../table.ts'
import type { OfficePage, Visit } from '../visit.ts'
import { sumSteps, weeksPart } from './flow-weeks.ts'

const shownWeeks = 12
const longestWords = 90

/** How a flow is called in an address. */
const slugOf = (name: string) => name.replace('/', '-')

const sumOf = (all: { count: number }[]) => all.reduce((sum, { count }) => sum + count, 0)

/** Every flow with its figures; those where most people stand come first. */
export const flowsPage: OfficePage = async (visit) => {
  const { say, ground } = visit
  const { flows } = ground.book
  const { standing, ends, help, note } = await readAll(visit)
  const rows = [...flows.values()]
    .map((flow) => {
      const ofFlow = <T extends { flow: string }>(all: T[]) =>
        all.filter((one) => one.flow === flow.name)
      const counts = [ofFlow(standing), ofFlow(help), ofFlow(ends)].map(sumOf)
      return { flow, counts }
    })
    .sort((a, b) => (b.counts[0] ?? 0) - (a.counts[0] ?? 0))
    .map(({ flow, counts }) => [
      html`<a href="/kantor/alur/${slugOf(flow.name)}">${sayPlain(flow.title, 'id')}</a>`,
      ...counts.map(showCount),
    ])
  const columns = ['flow-name', '#flow-standing', '#flow-help', '#flow-ends']
  const body = html`<p class="lead">${leadOf(visit, standing)}</p>
<p class="soft">${note}</p>
<p><a href="/kantor/alur/semua" download>${say('flow-book')}</a></p>
${table(say, columns, rows)}`
  return { title: say('flows'), body }
}

/** Every flow, word and figure in one file: too long for a page, made for paper. */
export const bookFile: OfficePage = async ({ ground }) => ({
  file: {
    name: 'buku-sapa-desa.html',
    mime: 'text/html; charset=utf-8',
    bytes: Buffer.from(ground.machine.wholeBook()),
  },
})

async function readAll({ say, ground }: Visit) {
  const { db, seal, clock, book } = ground
  const { zone } = book.branch
  const [now, ends, help] = await Promise.all([
    readStanding(db, seal),
    countEnds(db.pool, clock.today(), shownWeeks),
    countHelp(db.pool, clock.today(), shownWeeks, zone),
  ])
  const fills = {
    at: showMoment(now.at, zone),
    count: showCount(now.looked),
    weeks: String(shownWeeks),
  }
  const note = say(now.isPartial ? 'flow-note-partial' : 'flow-note', fills)
  return { standing: now.all, ends, help, note }
}

function leadOf({ say, ground }: Visit, [most]: Standing[]): string {
  if (!most) return say('flow-nobody')
  const { flow: name, step, count } = most
  const flow = ground.book.flows.get(name)
  const words = wordsOf(flow?.asks.get(step)?.words) || step
  const title = flow ? sayPlain(flow.title, 'id') : name
  return say('flow-most', { count: showCount(count), step: words, flow: title })
}

/** The beginning of what is asked, with its blanks as dots. */
function wordsOf(words: Translated | undefined): string {
  const text = words ? wordsIn(words, 'id').texts.join('…').replace(/\s+/g, ' ').trim() : ''
  return text.length > longestWords ? `${text.slice(0, longestWords)}…` : text
}

/** What a question asks, in a few words; its id where the flow no longer has it. */
function nameStep(flow: Flow, step: string): string {
  return wordsOf(flow.asks.get(step)?.words) || step
}

/** One flow: its questions with who stands there, its ends by week, its reading copy. */
export const flowPage: OfficePage = async (visit) => {
  const { say, ground, part } = visit
  const flow = [...ground.book.flows.values()].find(({ name }) => slugOf(name) === part('name'))
  if (!flow) return undefined
  const [{ standing, ends, note }, weeks] = await Promise.all([
    readAll(visit),
    readStepWeeks(ground.db.pool, flow.name, {
      ...{ on: ground.clock.today(), weeks: shownWeeks, zone: ground.book.branch.zone },
    }),
  ])
  const here = standing.filter((one) => one.flow === flow.name)
  const endsHere = ends.filter((one) => one.flow === flow.name)
  const body = html`<p class="trail"><a href="/kantor/alur">${say('flows')}</a></p>
<p class="lead">${leadOf(visit, here)}</p>
<p class="soft">${note}</p>
${stripes}<h2>${say('flow-questions')}</h2>
${questionsTable(visit, flow, here, weeks)}
${weeksPart(visit, flow, { weeks, shownWeeks, nameStep: (step) => nameStep(flow, step) })}
<h2>${say('flow-ends-by-week')}</h2>
${endsHere.length > 0 ? endsTable(visit, endsHere) : html`<p>${say('flow-no-ends')}</p>`}
<div class="reading">${ground.machine.readingCopy(flow.name)}</div>`
  return { title: sayPlain(flow.title, 'id'), body }
}

function questionsTable(
  { say, ground }: Visit,
  flow: Flow,
  here: Standing[],
  weeks: StepWeek[],
): Html {
  const steps = [...flow.asks.values()].map((ask) => {
    return { ask, sum: sumSteps(weeks.filter(({ step }) => step === ask.id)) }
  })
  const most = Math.max(1, ...steps.map(({ sum }) => sum.stops + sum.backs))
  const rows = steps.map(({ ask, sum: { stops, backs, helps } }) => {
    const one = here.find(({ step }) => step === ask.id)
    const label = say('flow-bar', { stops: showCount(stops), backs: showCount(backs) })
    const href = `/kantor/alur/${slugOf(flow.name)}?langkah=${ask.id}#minggu`
    return [
      html`<a href="${href}">${wordsOf(ask.words)}</a> <span class="soft">${ask.id}</span>`,
      showCount(one?.count ?? 0),
      one ? showMoment(one.oldestAt, ground.book.branch.zone) : '–',
      bar(label, most, stops, backs),
      ...[stops, backs, helps].map(showCount),
    ]
  })
  if (rows.length === 0) return html`<p>${say('flow-no-questions')}</p>`
  const columns = ['flow-question', '#flow-standing', 'flow-since', 'flow-chart']
  return table(say, [...columns, '#flow-stops', '#flow-backs', '#flow-help'], rows)
}

function endsTable({ say }: Visit, ends: FlowCount[]): Html {
  const rows = ends.map(({ what, weekOn, count }) => [showDay(weekOn), what, showCount(count)])
  return table(say, ['flow-week', 'flow-end', '#flow-count'], rows)
}
