// Of Alur: where people stopped, went back and asked for a person, week by week.
import type { Flow } from '../../../core/flow.ts'
import type { StepWeek } from '../../../registry/flow-days.ts'
import { type Html, html } from '../../html.ts'
import { bar } from '../charts.ts'
import { showCount, showDay } from '../moments.ts'
import { table } from '../table.ts'
import type { Visit } from '../visit.ts'

type Sum = Pick<StepWeek, 'stops' | 'backs' | 'helps'>

/** All of these together. */
export function sumSteps(some: StepWeek[]): Sum {
  const sum = (key: keyof Sum) => some.reduce((total, one) => total + one[key], 0)
  return { stops: sum('stops'), backs: sum('backs'), helps: sum('helps') }
}

const dayMs = 86_400_000

/** The Mondays of the last weeks, the newest first. */
function mondaysOf(today: string, weeks: number): string[] {
  const now = Date.parse(today)
  const sinceMonday = (new Date(now).getUTCDay() + 6) % 7
  return Array.from({ length: weeks }, (_, ago) => {
    return new Date(now - (sinceMonday + 7 * ago) * dayMs).toISOString().slice(0, 10)
  })
}

/** A row for each week, of the whole flow or of the question that the address names. */
export function weeksPart(
  visit: Visit,
  flow: Flow,
  given: { weeks: StepWeek[]; shownWeeks: number; nameStep: (step: string) => string },
): Html {
  const { say, asked, c, ground } = visit
  const wanted = flow.asks.has(asked('langkah')) ? asked('langkah') : ''
  const some = given.weeks.filter(({ step }) => wanted === '' || step === wanted)
  const rows = mondaysOf(ground.clock.today(), given.shownWeeks).map((monday) => {
    return { monday, sum: sumSteps(some.filter(({ weekOn }) => weekOn === monday)) }
  })
  const most = Math.max(1, ...rows.map(({ sum }) => sum.stops + sum.backs))
  const cells = rows.map(({ monday, sum: { stops, backs, helps } }) => {
    const label = say('flow-bar', { stops: showCount(stops), backs: showCount(backs) })
    const counts = [stops, backs, helps].map(showCount)
    return [showDay(monday), bar(label, most, stops, backs), ...counts]
  })
  const all = html`<p>${say('flow-of-step', { step: given.nameStep(wanted) })}
 <a href="${c.req.path}#minggu">${say('flow-all-steps')}</a></p>`
  const columns = ['flow-week', 'flow-chart', '#flow-stops', '#flow-backs', '#flow-help']
  return html`<h2 id="minggu">${say('flow-by-week')}</h2>
${wanted !== '' && all}
<p class="soft">${say('flow-by-week-note')}</p>
${table(say, columns, cells)}`
}
