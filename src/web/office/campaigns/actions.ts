// What can be done about a campaign as it stands; each says to how many people, before it is done.
import type { CampaignProgress } from '../../../campaigns/progress.ts'
import { stepsOf } from '../../../core/outreach/open-campaign.ts'
import type { Campaign } from '../../../registry/campaigns.ts'
import { type Html, html } from '../../html.ts'
import { postForm } from '../form.ts'
import { showCount } from '../moments.ts'
import type { Visit } from '../visit.ts'

/** The last part of the path of each step. */
const paths: Record<string, string> = {
  ...{ approve: 'setujui', 'go-on': 'semua', pause: 'jeda', resume: 'lanjut', cancel: 'batal' },
}

/** Everything that may be done, the next step first. */
export function actionsPart(visit: Visit, campaign: Campaign, progress: CampaignProgress): Html {
  const { say, actor } = visit
  const { id, state, writers } = campaign
  const isMine = writers.includes(actor)
  const isDraft = state === 'draft' || state === 'tested'
  const fills = {
    ...{ sent: showCount(progress.sent), total: showCount(progress.total) },
    waiting: showCount(progress.waiting),
    rest: showCount(Math.max(0, progress.total - campaign.canarySize)),
  }
  const steps = state === 'cancelled' || state === 'done' ? [] : stepsOf({ state, isMine })
  const cards = steps
    .filter((step) => step in paths)
    .map((step) => {
      const words = isDraft && step === 'cancel' ? 'discard' : step
      const kind = step === 'cancel' ? 'danger' : ''
      const button = html`<p>${say(`office-campaign-will-${words}`, fills)}</p>
<button class="${kind}">${say(`office-campaign-do-${words}`)}</button>`
      const form = postForm(visit, `/kampanye/${id}/${paths[step]}`, button)
      return html`<div class="card">${form}</div>`
    })
  return html`${state === 'waiting-approval' && isMine && ownPart(visit)}
${
  cards.length > 0 &&
  html`<h2>${say('office-campaign-doing')}</h2>
<div class="channels">${isDraft && draftPart(visit, campaign)}${cards}</div>`
}`
}

function ownPart({ say }: Visit): Html {
  return html`<p class="odd">${say('office-campaign-own')}</p>`
}

/** The way of a draft: written, read on one's own phone, counted, handed in. */
function draftPart(visit: Visit, { id, state }: Campaign): Html {
  const { say } = visit
  const path = `/kantor/kampanye/${id}`
  const test = html`<p>${say('office-campaign-will-test')}</p>
<button>${say('office-campaign-do-test')}</button>`
  const link = (to: string, words: string) => html`<div class="card">
<p>${say(`office-campaign-will-${words}`)}</p>
<p><a class="button" href="${path}/${to}">${say(`office-campaign-do-${words}`)}</a></p></div>`
  const tested = html`<div class="card">${postForm(visit, `/kampanye/${id}/uji`, test)}</div>`
  const count = link('penerima', 'count')
  return html`${state === 'tested' ? [count, tested] : [tested, count]}${link('ubah', 'change')}`
}
