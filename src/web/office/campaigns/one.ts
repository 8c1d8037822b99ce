// One campaign: where it stands, what can be done about it, how it looks, what became of everybody.
import { type CampaignProgress, readProgress } from '../../../campaigns/progress.ts'
import { sayDuration, sayPersonState, sayReason } from '../../../campaigns/say.ts'
import { nameArea } from '../../../core/area.ts'
import type { CampaignAudience } from '../../../core/outreach/campaign.ts'
import type { Campaign } from '../../../registry/campaigns.ts'
import { nameActor } from '../../../registry/people.ts'
import { type Html, html } from '../../html.ts'
import { showCount, showMoment } from '../moments.ts'
import { reloadLine } from '../news-line.ts'
import { streamNews } from '../stream.ts'
import type { OfficePage, Visit } from '../visit.ts'
import { actionsPart } from './actions.ts'
import { previewPart } from './preview.ts'
import { findSeen, groundOf, nameCohort, nameLanguage } from './seen.ts'

/** In these states something happens by itself, and the page follows it. */
const moving = ['scheduled', 'canary', 'running', 'paused', 'waiting-approval']

/** The campaign of the path. */
export const campaignPage: OfficePage = async (visit) => {
  const campaign = await findSeen(visit)
  if (!campaign) return undefined
  const { say, ground } = visit
  const { pool } = ground.db
  const progress = await readProgress(pool, groundOf(visit), campaign.id)
  const by = await nameActor(pool, ground.seal, campaign.madeBy)
  const { lead, parts } = newsOf(visit, campaign, progress)
  const stream = streamOf(campaign)
  const isHandedIn = campaign.state !== 'draft' && campaign.state !== 'tested'
  const path = `/kantor/kampanye/${campaign.id}`
  const body = html`<div${stream}><p class="lead" data-live="lead">${lead}</p>
<ul class="states">${parts.map(({ words, isWell }) => part(words, isWell))}</ul>
${stream && reloadLine(say)}</div>
${
  isHandedIn &&
  html`<p class="filter"><a href="${path}">${say('office-campaign-look')}</a>
<a href="${path}/hasil">${say('office-campaign-results')}</a></p>`
}
${actionsPart(visit, campaign, progress)}
${previewPart(visit, campaign)}
<h2>${say('office-campaign-about')}</h2>
<dl class="facts">${aboutOf(visit, campaign, by)}</dl>`
  return { title: campaign.title, body }
}

/** The page names the state that it was made in: in another one its buttons are of no use. */
function streamOf({ id, state }: Campaign): Html | false {
  const from = `/kantor/kampanye/${id}/kabar?keadaan=${state}`
  return moving.includes(state) && html` data-stream="${from}" aria-live="polite"`
}

/** A count, or another thing to say; it may be good or bad. */
interface Part {
  isWell?: boolean
  words: string
}

function part(words: string, isWell: boolean | undefined): Html {
  if (isWell === undefined) return html`<li>${words}</li>`
  return html`<li class="${isWell ? 'on' : 'off'}">${words}</li>`
}

/** The first sentence and the counts, again whenever they change. */
export const campaignNews: OfficePage = async (visit) => {
  const campaign = await findSeen(visit)
  if (!campaign) return undefined
  const read = async () => {
    const now = (await findSeen(visit)) ?? campaign
    const progress = await readProgress(visit.ground.db.pool, groundOf(visit), now.id)
    const { lead, parts } = newsOf(visit, now, progress)
    const isOther = now.state !== visit.asked('keadaan')
    const changed = isOther ? visit.say('office-campaign-changed') : ''
    return { words: { lead, new: changed }, states: parts }
  }
  return { response: streamNews(visit, read) }
}

function newsOf(visit: Visit, campaign: Campaign, progress: CampaignProgress) {
  return { lead: leadOf(visit, campaign, progress), parts: partsOf(visit, campaign, progress) }
}

function leadOf({ say, ground }: Visit, campaign: Campaign, progress: CampaignProgress): string {
  const { book } = ground
  const { state, canarySize, startsAt, tests } = campaign
  return say(`office-campaign-lead-${state}`, {
    ...{ sent: showCount(progress.sent), total: showCount(progress.total) },
    ...{ waiting: showCount(progress.waiting), first: showCount(canarySize) },
    rest: showCount(Math.max(0, progress.total - canarySize)),
    tests: String(tests),
    left: sayDuration(book, progress.leftSeconds),
    at: startsAt ? showMoment(startsAt, book.branch.zone) : '',
  })
}

function partsOf(visit: Visit, { state }: Campaign, progress: CampaignProgress): Part[] {
  const { say, ground } = visit
  const parts: Part[] = progress.counts.map(({ state: one, reason, count }) => {
    const why = reason && ` (${sayReason(ground.book, reason)})`
    const words = `${sayPersonState(ground.book, one)}${why}: ${showCount(count)}`
    if (one === 'failed') return { isWell: false, words }
    return ['sent', 'delivered', 'read'].includes(one) ? { isWell: true, words } : { words }
  })
  const isMoving = state === 'running' || state === 'canary'
  if (state === 'running' && progress.perSecond > 0) {
    const count = progress.perSecond.toFixed(1).replace('.', ',')
    parts.push({ words: say('office-campaign-rate', { count }) })
  }
  if (isMoving && progress.later > 0) {
    parts.push({ words: say('office-campaign-later', { count: showCount(progress.later) }) })
  }
  return parts
}

function aboutOf(visit: Visit, campaign: Campaign, by: string): Html[] {
  const { say, ground } = visit
  const { startsAt, audience, message } = campaign
  const way = message.button && ground.book.flows.get(message.button)?.opensAs.id
  const facts: [string, string | undefined][] = [
    ['office-campaign-maker', by],
    ['office-state', say(`campaign-state-${campaign.state}`)],
    ['office-campaign-starts', startsAt && showMoment(startsAt, ground.book.branch.zone)],
    ['office-campaign-area', nameArea(ground.book.places, audience.area ?? '')],
    ['office-campaign-whom', sayWhom(visit, audience)],
    ['office-campaign-button', way?.toUpperCase()],
    ['office-campaign-template-name', message.template],
  ]
  return facts.flatMap(([id, words]) => (words ? html`<dt>${say(id)}</dt><dd>${words}</dd>` : []))
}

/** Whom it is for besides the area, in a line. */
export function sayWhom({ say, ground }: Visit, audience: CampaignAudience): string {
  const { states, cohorts, segments, languages, channels, silentDays } = audience
  const parts = [
    ...(audience.isListed ? [say('office-campaign-listed')] : []),
    ...states.map((one) => say(`office-campaign-state-${one}`)),
    ...cohorts.map((one) => nameCohort(ground.book, one)),
    ...segments.map((one) => say(`segment-${one.toLowerCase()}`)),
    ...languages.map((one) => nameLanguage(ground.book, one)),
    ...channels.map((one) => say(`office-channel-${one}`)),
    ...(silentDays ? [say('office-campaign-silent-line', { count: String(silentDays) })] : []),
    ...(audience.withoutVillage ? [say('office-campaign-also-unknown')] : []),
  ]
  return parts.length > 0 ? parts.join(', ') : say('office-campaign-everybody')
}
