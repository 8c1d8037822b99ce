// What came of a campaign: who answered, enrolled or opted out after it, by wording and by village.
import { nameArea } from '../../../core/area.ts'
import { getFigure } from '../../../core/rates.ts'
import { localDay } from '../../../core/reminders/local-time.ts'
import { type CampaignResult, readResults } from '../../../registry/campaign-results.ts'
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
  const { say, ground, asked } = visit
  const { rates, branch } = ground.book
  const days = getFigure(rates, 'campaign-answer-days', localDay(branch.zone, nowMs(visit)))
  const results = await readResults(ground.db.pool, campaign.id, days)
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
${
  villages.length > skip + perPage &&
  html`<p><a class="button plain" href="${next}">${say('office-more')}</a></p>`
}`
  return { title: say('office-campaign-results'), body }
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

function villagesPart({ say, ground }: Visit, villages: [string, Figures][]): Html {
  const rows = villages.map(([code, figures]) => [
    code === ''
      ? say('office-campaign-no-village')
      : html`<a href="/kantor/desa/${code}">${nameArea(ground.book.places, code)}</a>`,
    ...cells(figures),
  ])
  return html`<h2>${say('office-campaign-by-village')}</h2>
${table(say, ['office-village', ...allColumns], rows)}`
}
