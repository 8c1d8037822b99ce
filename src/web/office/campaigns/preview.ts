// How a campaign looks on each channel: the very words and buttons that the channel would be given.
import { villagesIn } from '../../../core/area.ts'
import type { CampaignMessage } from '../../../core/outreach/campaign.ts'
import { sayCampaign } from '../../../core/outreach/words.ts'
import { localDay } from '../../../core/reminders/local-time.ts'
import type { Campaign } from '../../../registry/campaigns.ts'
import { type Html, html } from '../../html.ts'
import type { Shown, ShownMessage, Visit } from '../visit.ts'
import { groundOf, nameLanguage, noMassChannel, nowMs } from './seen.ts'

/** Channels on which campaigns go, the widest first. */
export const campaignChannels = ['telegram', 'whatsapp-cloud', 'whatsapp', 'web'] as const

/** Every wording, as it looks to the officer's own name in a village of the area. */
export function previewPart(visit: Visit, campaign: Campaign): Html {
  const { say, officer, ground } = visit
  const { message, audience } = campaign
  const { places } = ground.book
  const area = audience.area ?? officer.area
  const [village] = villagesIn(places, area)
  const fills = { name: officer.name, village: village ? places.label(village.code) : '' }
  const known = groundOf(visit).channels
  const wanted = campaignChannels.filter(
    (one) => known.has(one) && (audience.channels.length === 0 || audience.channels.includes(one)),
  )
  const inLanguage = (language: string) =>
    wanted.map((channel) => channelPart(visit, campaign, channel, language, village?.code))
  const foreign = ground.book.languages.filter((code) =>
    message.wordings.some((wording) => code !== 'id' && code in wording),
  )
  return html`<h2>${say('office-campaign-preview')}</h2>
<p class="soft">${say('office-campaign-preview-note', fills)}</p>
${wanted.length === 0 && html`<p>${say('office-campaign-no-channel')}</p>`}
<div class="channels">${inLanguage('id')}</div>
${foreign.map((code) => {
  const language = nameLanguage(ground.book, code)
  return html`<details><summary>${say('office-campaign-language', { language })}</summary>
<div class="channels">${inLanguage(code)}</div></details>`
})}`
}

function channelPart(
  visit: Visit,
  { message, id }: Campaign,
  channel: string,
  language: string,
  villageCode: string | undefined,
): Html {
  const { say, ground } = visit
  const shown = message.wordings.map((_, variant) => {
    const to = { language, channel, name: visit.officer.name, ...(villageCode && { villageCode }) }
    const on = localDay(ground.book.branch.zone, nowMs(visit))
    const words = sayCampaign(ground.book, message, variant, to, on)
    return { variant, shown: ground.machine.shownOn(channel, words) }
  })
  const isTwo = message.wordings.length > 1
  return html`<section class="card"><h3>${say(`office-channel-${channel}`)}</h3>
${shown.map(
  ({ variant, shown: { messages, template } }) => html`${
    isTwo && html`<p class="soft">${say(`office-campaign-wording-${variant}`)}</p>`
  }
<ol class="talk">${messages.map((one) => bubble(visit, id, message, one))}</ol>
${template !== undefined && templatePart(visit, template)}`,
)}
${channel === 'whatsapp' && noMassChannel(visit)}</section>`
}

function bubble(
  { say }: Visit,
  id: number,
  { upload }: CampaignMessage,
  shown: ShownMessage,
): Html {
  const path = `/kantor/kampanye/${id}/berkas`
  const file =
    shown.hasFile &&
    upload &&
    (upload.isPicture
      ? html`<img src="${path}" alt="${say('office-campaign-picture')}">`
      : html`<a href="${path}">${upload.name}</a>`)
  return html`<li class="bot">${file && html`<p>${file}</p>`}
${shown.text !== '' && html`<p>${shown.text}</p>`}
${shown.choices.map((label) => html`<span class="choice">${label}</span>`)}</li>`
}

/** What goes to whoever has not written for a day. */
function templatePart({ say }: Visit, template: NonNullable<Shown['template']>): Html {
  if (template === 'none') return html`<p class="odd">${say('office-campaign-no-template')}</p>`
  const lines = template.fills.map((fill, i) => html`<dt>{{${i + 1}}}</dt><dd>${fill}</dd>`)
  return html`<p class="soft">${say('office-campaign-template', { name: template.name })}</p>
<dl class="facts">${lines}</dl>`
}
