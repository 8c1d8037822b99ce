// Kampanye: what is being told to whom, those that run first.
import { readProgress } from '../../../campaigns/progress.ts'
import { sayDuration } from '../../../campaigns/say.ts'
import { nameArea } from '../../../core/area.ts'
import { type CampaignState, campaignStates } from '../../../core/outreach/campaign.ts'
import {
  countCampaignsToLookAt,
  type ListedCampaign,
  listCampaignsIn,
} from '../../../registry/campaign-list.ts'
import { type Html, html } from '../../html.ts'
import { showCount, showDay } from '../moments.ts'
import { table } from '../table.ts'
import type { OfficePage, Visit } from '../visit.ts'
import { groundOf } from './seen.ts'

/** Each has its counts counted from its rows: so few on a page that it stays quick. */
const perPage = 20

/** Parts of the list, by the word in the address. */
const filters: Record<string, readonly CampaignState[]> = {
  semua: campaignStates,
  jalan: ['canary', 'running', 'paused', 'scheduled', 'waiting-approval'],
  rancangan: ['draft', 'tested'],
  selesai: ['done', 'cancelled'],
}

/** The first sentence is about what goes out at this moment. */
export const campaignsPage: OfficePage = async (visit) => {
  const { say, ground, officer, asked } = visit
  const wanted = asked('keadaan') in filters ? asked('keadaan') : 'semua'
  const from = Number(asked('mulai') || 0)
  const skip = Number.isSafeInteger(from) && from > 0 ? from : 0
  const { area } = officer
  const states = filters[wanted] ?? campaignStates
  const { pool } = ground.db
  const [campaigns, [first]] = await Promise.all([
    listCampaignsIn(pool, { area, states, skip, limit: perPage + 1 }),
    listCampaignsIn(pool, { area, states: campaignStates, skip: 0, limit: 1 }),
  ])
  const next = `/kantor/kampanye?keadaan=${wanted}&mulai=${skip + perPage}`
  const body = html`<p class="lead">${await leadOf(visit, first)}</p>
<p><a class="button" href="/kantor/kampanye/baru">${say('office-campaign-new')}</a></p>
${first && filterOf(visit, wanted)}
${campaigns.length > 0 && tableOf(visit, campaigns.slice(0, perPage))}
${first && campaigns.length === 0 && html`<p>${say('office-campaign-none-such')}</p>`}
${
  campaigns.length > perPage &&
  html`<p><a class="button plain" href="${next}">${say('office-more')}</a></p>`
}`
  return { title: say('office-campaigns'), body }
}

/** How many wait for whoever looks, for the menu. */
export function countCampaigns({ ground, officer, actor }: Visit): Promise<number> {
  return countCampaignsToLookAt(ground.db.pool, officer.area, actor)
}

async function leadOf(visit: Visit, first: ListedCampaign | undefined): Promise<string> {
  const { say, ground } = visit
  if (!first) return say('office-campaigns-none')
  const { title, state, sent, total } = first
  if (state !== 'running' && state !== 'canary') return say('office-campaigns-idle')
  const { leftSeconds } = await readProgress(ground.db.pool, groundOf(visit), first.id)
  return say('office-campaigns-running', {
    ...{ title, sent: showCount(sent), total: showCount(total) },
    left: sayDuration(ground.book, leftSeconds),
  })
}

function filterOf({ say }: Visit, wanted: string): Html {
  const links = Object.keys(filters).map((key) => {
    const mark = key === wanted && html` aria-current="true"`
    const words = say(`office-campaigns-${key}`)
    return html`<a href="/kantor/kampanye?keadaan=${key}"${mark}>${words}</a>`
  })
  return html`<p class="filter">${links}</p>`
}

function tableOf({ say, ground }: Visit, campaigns: ListedCampaign[]): Html {
  const { book } = ground
  const rows = campaigns.map((one) => [
    html`<a href="/kantor/kampanye/${one.id}">${one.title}</a>`,
    say(`campaign-state-${one.state}`),
    nameArea(book.places, one.area),
    ...[one.sent, one.failed, one.skipped, one.waiting].map(showCount),
    showDay(one.madeAt.toISOString().slice(0, 10)),
  ])
  const columns = ['office-campaign-title', 'office-state', 'office-campaign-area']
  const counts = ['sent', 'failed', 'skipped', 'waiting'].map((id) => `#office-campaign-${id}`)
  return table(say, [...columns, ...counts, 'office-campaign-made'], rows)
}
