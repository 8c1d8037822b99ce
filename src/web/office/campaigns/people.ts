// Whom a campaign would reach: how many, who is left out and why, how long; and handing in.
import { planHandIn } from '../../../campaigns/hand-in.ts'
import { countReached, type Preview, previewCampaign } from '../../../campaigns/preview.ts'
import { sayDuration, sayReason } from '../../../campaigns/say.ts'
import { estimateSeconds } from '../../../core/outreach/pace.ts'
import type { Campaign } from '../../../registry/campaigns.ts'
import { type Html, html } from '../../html.ts'
import { postForm } from '../form.ts'
import { showCount } from '../moments.ts'
import { table } from '../table.ts'
import type { OfficePage, Visit } from '../visit.ts'
import { sayWhom } from './one.ts'
import { backTo, findSeen, groundOf, noMassChannel, nowMs } from './seen.ts'

/** Counts anew at each look: people come and go. */
export const recipientsPage: OfficePage = async (visit) => {
  const campaign = await findSeen(visit)
  if (!campaign) return undefined
  const { say, ground } = visit
  const preview = await previewCampaign(ground.db.pool, groundOf(visit), campaign, nowMs(visit))
  const reached = countReached(preview)
  const fills = {
    ...{ reached: showCount(reached), total: showCount(preview.total) },
    left: sayDuration(ground.book, preview.seconds),
  }
  const isDraft = campaign.state === 'draft' || campaign.state === 'tested'
  const lead = reached > 0 ? 'office-campaign-reaches' : 'office-campaign-nobody'
  const body = html`${backTo(campaign)}
<p class="soft">${sayWhom(visit, campaign.audience)}</p>
<p class="lead">${say(lead, fills)}</p>
${reached > 0 && channelsPart(visit, preview)}
${reasonsPart(visit, 'office-campaign-left-out', preview.left)}
${reasonsPart(visit, 'office-campaign-put-off', preview.later)}
<p class="soft">${say('office-campaign-rules')}</p>
${isDraft && reached > 0 && handInPart(visit, campaign, preview)}`
  return { title: say('office-campaign-recipients'), body }
}

function channelsPart(visit: Visit, { reached, isOverBudget }: Preview): Html {
  const { say, ground } = visit
  const { whatsappDailyCap } = groundOf(visit)
  const rows = [...reached].map(([channel, count]) => [
    say(`office-channel-${channel}`),
    showCount(count),
    sayDuration(ground.book, estimateSeconds(channel, count, whatsappDailyCap)),
  ])
  const columns = ['machine-channel', '#office-campaign-count', 'office-campaign-takes']
  return html`${table(say, columns, rows)}
${reached.has('whatsapp') && noMassChannel(visit)}
${isOverBudget && html`<p class="odd">${say('office-campaign-over-budget')}</p>`}`
}

function reasonsPart({ say, ground }: Visit, head: string, counts: Preview['left']): Html | false {
  const rows = [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([reason, count]) => [sayReason(ground.book, reason), showCount(count)])
  return (
    rows.length > 0 &&
    html`<h2>${say(head)}</h2>
${table(say, ['office-campaign-why', '#office-campaign-count'], rows)}`
  )
}

function handInPart(visit: Visit, { id, state }: Campaign, preview: Preview): Html {
  const { say } = visit
  if (state === 'draft') {
    return html`<p class="odd">${say('office-failed-campaign-not-tested')}</p>
<p><a class="button" href="/kantor/kampanye/${id}">${say('office-campaign-back')}</a></p>`
  }
  const { needsApproval, canarySize } = planHandIn(groundOf(visit), preview, nowMs(visit))
  const fills = { reached: showCount(countReached(preview)), first: showCount(canarySize) }
  const fields = html`<p>${say('office-campaign-will-hand-in', fills)}</p>
${needsApproval && html`<p>${say('office-campaign-will-second')}</p>`}
${canarySize > 0 && html`<p>${say('office-campaign-will-first', fills)}</p>`}
<label for="mulai">${say('office-campaign-start')}</label>
<input id="mulai" name="mulai" type="datetime-local">
<button>${say('office-campaign-do-hand-in')}</button>`
  return html`<h2>${say('office-campaign-hand-in')}</h2>
<div class="card">${postForm(visit, `/kampanye/${id}/serahkan`, fields)}</div>`
}
