// What every page of a campaign begins with: the one of the path, if it is the visitor's to see.
import { type CampaignGround, campaignGround } from '../../../campaigns/ground.ts'
import type { Book } from '../../../core/book.ts'
import { isAudienceIn } from '../../../core/outreach/campaign.ts'
import { sayPhrase } from '../../../core/phrase.ts'
import { type Campaign, findCampaign } from '../../../registry/campaigns.ts'
import { type Html, html } from '../../html.ts'
import { showCount } from '../moments.ts'
import type { Visit } from '../visit.ts'

/** The campaign that the path names; nothing where somebody in it is outside the own area. */
export async function findSeen({ ground, part, officer }: Visit): Promise<Campaign | undefined> {
  const id = Number(part('id'))
  if (!Number.isSafeInteger(id) || id < 1) return undefined
  const campaign = await findCampaign(ground.db.pool, id)
  return campaign && isAudienceIn(campaign.audience, officer.area) ? campaign : undefined
}

/** What campaigns are judged by, with the channels of this process and those of others. */
export function groundOf({ ground: { config, book, channels } }: Visit): CampaignGround {
  const set = campaignGround(config, book)
  return { ...set, channels: new Set([...set.channels, ...channels.keys()]) }
}

/** This moment, in ms. */
export function nowMs({ ground: { clock } }: Visit): number {
  return clock.now().second * 1000
}

/** The way from a page about a campaign to the campaign itself. */
export function backTo({ id, title }: Campaign): Html {
  return html`<p class="soft"><a href="/kantor/kampanye/${id}">${title}</a></p>`
}

/** What a language calls itself. */
export function nameLanguage(book: Pick<Book, 'phrases'>, code: string): string {
  return sayPhrase(book, code, 'language-name')
}

/** A group of people as officers know it: its own short name where nobody has worded that. */
export function nameCohort(book: Pick<Book, 'phrases'>, cohort: string): string {
  const id = `cohort-${cohort}`
  return book.phrases.has(id) ? sayPhrase(book, 'id', id) : cohort.toUpperCase()
}

/** Said wherever a campaign would go over a linked phone: what to take instead. */
export function noMassChannel(visit: Visit): Html {
  const cap = showCount(groundOf(visit).whatsappDailyCap)
  return html`<p class="odd">${visit.say('office-campaign-whatsapp', { cap })}</p>`
}
