// Rancang: a campaign is written, or changed until it is handed in.
import { checkAudience, checkMessage } from '../../../core/outreach/check.ts'
import { type Campaign, changeCampaign, makeCampaign } from '../../../registry/campaigns.ts'
import { type Html, html } from '../../html.ts'
import type { Answer, OfficePage, Visit } from '../visit.ts'
import { attachmentPart, listPart } from './attach.ts'
import { type Fields, fieldsOf, readFields } from './fields.ts'
import { composeForm } from './form.ts'
import { backTo, findSeen } from './seen.ts'

/** An empty form. */
export const newCampaign: OfficePage = async (visit) =>
  showForm(visit, undefined, fieldsOf(undefined, visit.officer.area))

/** The form of a campaign that was not handed in. */
export const changeCampaignPage: OfficePage = async (visit) => {
  const campaign = await findSeen(visit)
  if (!campaign) return undefined
  return isOpen(campaign)
    ? showForm(visit, campaign, fieldsOf(campaign, visit.officer.area))
    : { to: `/kampanye/${campaign.id}`, told: 'campaign-wrong-state' }
}

/** Keeps a new draft, or shows the form again with the places of what was chosen. */
export const saveNewCampaign: OfficePage = (visit) => save(visit, undefined)

/** Keeps what was changed; it is to be tested again. */
export const saveCampaign: OfficePage = async (visit) => {
  const campaign = await findSeen(visit)
  return campaign && save(visit, campaign)
}

/** Whether it may still be changed. */
function isOpen({ state }: Campaign): boolean {
  return state === 'draft' || state === 'tested'
}

async function save(visit: Visit, before: Campaign | undefined): Promise<Answer> {
  const { ground, actor, given } = visit
  if (given('langkah') === 'wilayah') return showForm(visit, before, given)
  const { problems, ...composed } = readFields(visit, given, before)
  // What is in flows/files was checked when it was named, on the branch's own machine.
  const wrong = [
    ...problems,
    ...checkMessage(ground.book, composed.message, () => true),
    ...checkAudience(ground.book, composed.audience),
  ]
  if (wrong.length > 0) return showForm(visit, before, given, wrong)
  const { db } = ground
  if (!before) {
    const id = await db.transaction((tx) => makeCampaign(tx, composed, actor))
    return { to: `/kampanye/${id}`, told: 'campaign-saved' }
  }
  const { id } = before
  const refused = await db.transaction((tx) => changeCampaign(tx, id, composed, actor))
  return { to: `/kampanye/${id}`, told: `campaign-${refused ?? 'saved'}` }
}

function showForm(
  visit: Visit,
  campaign: Campaign | undefined,
  fields: Fields,
  wrong: string[] = [],
): Answer {
  const { say } = visit
  const body = html`${campaign && backTo(campaign)}
<p class="lead">${say('office-campaign-compose-lead')}</p>
${
  wrong.length > 0 &&
  html`<div class="wrong" role="alert"><p>${say('office-campaign-not-saved')}</p>
<ul>${wrong.map((sentence) => html`<li>${sentence}</li>`)}</ul></div>`
}
${composeForm(visit, campaign, fields)}
${campaign ? [attachmentPart(visit, campaign), listPart(visit, campaign)] : laterPart(visit)}`
  const title = say(campaign ? 'office-campaign-change' : 'office-campaign-new')
  return { title, body, ...(wrong.length > 0 && { status: 422 as const }) }
}

function laterPart({ say }: Visit): Html {
  return html`<p class="soft">${say('office-campaign-files-later')}</p>`
}
