// What came of a campaign: who answered, enrolled or opted out after it, by wording and by village.
import { nameArea } from '../../../core/area.ts'
import { getFigure } from '../../../core/rates.ts'
import { localDay } from '../../../core/reminders/local-time.ts'
import { type CampaignResult, readResults } from '../../../registry/campaign-results.ts'
import { listLine } from '../../../roster/write-list.ts'
import { type Html, html } from '../../html.ts'
import { showCount } from '../moments.ts'
import { table } from '../table.ts'
import type { OfficePage, Visit } from '../visit.ts'
import { backTo, findSeen, nowMs } from './seen.ts'

/** Villages shown at once, those with the most people first. */
const perPage = 50

type Figures = Omit<CampaignResult, 'villageCode' | 'variant'>

/** Sums by wording, then by village. */
export const campaignResults: OfficePage = async (visit) => {
  const campaign = await findSeen(visit)
  if (!campaign) return undefined
  const { say, asked } = visit
  const { results, days } = await resultsOf(visit, campaign.id)
  const whole = sum(results)
  const fills = {
    ...{ reached: showCount(whole.reached), answered: showCount(whole.answered) },
    ...{ enrolled: showCount(whole.enrolled), left: showCount(whole.optedOut) },
    days: String(days),
  }
  const from = Number(asked('mulai') || 0)
  const skip = Number.isSafeInteger(from) && from > 0 ? from : 0
  const villages = villagesOf(results)
  const next = `/kantor/kampanye/${campaign.id}/hasil?mulai=${skip + perPage}`
  const lead = whole.reached > 0 ? 'office-campaign-came' : 'office-campaign-came-none'
  const body = html`${backTo(campaign)}
<p class="lead">${say(lead, fills)}</p>
${campaign.message.wordings.length > 1 && wordingsPart(visit, results)}
${whole.reached > 0 && villagesPart(visit, villages.slice(skip, skip + perPage))}
${whole.reached > 0 && filePart(visit, campaign.id)}
${
  villages.length > skip + perPage &&
  html`<p><a class="button plain" href="${next}">${say('office-more')}</a></p>`
}`
  return { title: say('office-campaign-results'), body }
}

async function resultsOf(visit: Visit, id: number) {
  const { book, db } = visit.ground
  const on = localDay(book.branch.zone, nowMs(visit))
  const days = getFigure(book.rates, 'campaign-answer-days', on)
  return { results: await readResults(db.pool, id, days), days }
}

function filePart({ say }: Visit, id: number): Html {
  const href = `/kantor/kampanye/${id}/hasil/berkas`
  return html`<p><a class="button plain" href="${href}">${say('office-campaign-file')}</a></p>`
}

/** The results as a file: a row for each village and wording. */
export const campaignResultsFile: OfficePage = async (visit) => {
  const campaign = await findSeen(visit)
  if (!campaign) return undefined
  const { say } = visit
  const { results } = await resultsOf(visit, campaign.id)
  const heads = ['office-village', 'office-campaign-words', ...allColumns]
  const lines = [
    heads.map((id) => say(id.replace('#', ''))),
    ...results.map((one) => [
      nameVillage(visit, one.villageCode),
      say(`office-campaign-wording-${one.variant}`),
      ...[one.reached, one.answered, one.enrolled, one.optedOut].map(String),
    ]),
  ]
  const bytes = Buffer.from(lines.map(listLine).join(''))
  const name = `kampanye-${campaign.id}.hasil.csv`
  return { file: { name, mime: 'text/csv; charset=utf-8', bytes } }
}

function nameVillage({ say, ground }: Visit, code: string): string {
  return code === '' ? say('office-campaign-no-village') : nameArea(ground.book.places, code)
}

function sum(results: CampaignResult[]): Figures {
  const all = { reached: 0, answered: 0, enrolled: 0, optedOut: 0 }
  for (const one of results) {
    all.reached += one.reached
    all.answered += one.answered
    all.enrolled += one.enrolled
    all.optedOut += one.optedOut
  }
  return all
}

const columns = ['#office-campaign-sent', '#office-campaign-answered', '#office-campaign-enrolled']
const allColumns = [...columns, '#office-campaign-opted-out']

function cells({ reached, answered, enrolled, optedOut }: Figures): string[] {
  const part = (count: number) => {
    const percent = reached === 0 ? 0 : (count / reached) * 100
    return `${showCount(count)} (${percent.toFixed(1).replace('.', ',')}%)`
  }
  return [showCount(reached), part(answered), part(enrolled), part(optedOut)]
}

/** Half of the people, drawn by lot, heard each wording: the shares may be compared. */
function wordingsPart({ say }: Visit, results: CampaignResult[]): Html {
  const rows = [0, 1].map((variant) => [
    say(`office-campaign-wording-${variant}`),
    ...cells(sum(results.filter((one) => one.variant === variant))),
  ])
  return html`<h2>${say('office-campaign-by-wording')}</h2>
${table(say, ['office-campaign-words', ...allColumns], rows)}`
}

function villagesOf(results: CampaignResult[]): [string, Figures][] {
  const codes = [...new Set(results.map(({ villageCode }) => villageCode))]
  return codes
    .map((code): [string, Figures] => [
      code,
      sum(results.filter(({ villageCode }) => villageCode === code)),
    ])
    .sort(([, one], [, other]) => other.reached - one.reached)
}

function villagesPart(visit: Visit, villages: [string, Figures][]): Html {
  const { say } = visit
  const rows = villages.map(([code, figures]) => [
    code === ''
      ? nameVillage(visit, code)
      : html`<a href="/kantor/desa/${code}">${nameVillage(visit, code)}</a>`,
    ...cells(figures),
  ])
  return html`<h2>${say('office-campaign-by-village')}</h2>
${table(say, ['office-village', ...allColumns], rows)}`
}
