// What goes with a draft: a picture or PDF, and a list of those whom it is for alone.
import { type TakenList, takeList } from '../../../campaigns/take-list.ts'
import {
  attachmentLimits,
  findAttachmentKind,
  nameAttachment,
} from '../../../core/outreach/attachment.ts'
import { findCampaignFile, keepCampaignFile } from '../../../registry/campaign-files.ts'
import { type Campaign, changeCampaign } from '../../../registry/campaigns.ts'
import { type Html, html } from '../../html.ts'
import { fileForm, postForm } from '../form.ts'
import { showCount } from '../moments.ts'
import type { Answer, OfficePage, Visit } from '../visit.ts'
import { findSeen } from './seen.ts'

/** Bytes of the other fields of a form with a file. */
const formBytes = 16 * 1024

/** Largest form with an attachment; with a list. */
export const maxBytes = { attachment: attachmentLimits.file + formBytes, list: 512 * 1024 } as const

/** Most kB of each kind, for whoever reads. */
const sizes = {
  picture: showCount(attachmentLimits.picture / 1_024),
  file: showCount(attachmentLimits.file / 1_024),
}

const button = 'office-campaign-upload'
const attached = { label: 'office-campaign-attach', accept: '.jpg,.jpeg,.png,.pdf', button }
const list = { label: 'office-campaign-take-list', accept: '.csv,.txt', button }

/** The form for the picture or PDF, with the one that is there. */
export function attachmentPart(visit: Visit, { id, message }: Campaign): Html {
  const { say } = visit
  const { upload } = message
  return html`<h2>${say('office-campaign-attachment')}</h2><div class="card">
${
  upload &&
  postForm(
    visit,
    `/kampanye/${id}/lampiran-lepas`,
    html`<p><a href="/kantor/kampanye/${id}/berkas">${upload.name}</a></p>
<button class="plain">${say('office-campaign-detach')}</button>`,
  )
}
${fileForm(visit, `/kampanye/${id}/lampiran`, attached)}
<p class="soft">${say('office-campaign-attach-note', sizes)}</p></div>`
}

/** The form for the list, and the way back from one. */
export function listPart(visit: Visit, { id, audience }: Campaign): Html {
  const { say } = visit
  const leave = html`<p>${say('office-campaign-is-listed')}</p>
<button class="plain">${say('office-campaign-unlist')}</button>`
  return html`<h2>${say('office-campaign-list')}</h2><div class="card">
${audience.isListed && postForm(visit, `/kampanye/${id}/daftar-lepas`, leave)}
${fileForm(visit, `/kampanye/${id}/daftar`, list)}
<p class="soft">${say('office-campaign-list-note')}</p></div>`
}

/** Keeps a picture or PDF with a draft, in place of the one before. */
export const attachPage: OfficePage = async (visit) => {
  const campaign = await findSeen(visit)
  if (!campaign) return undefined
  const file = visit.givenFile('berkas')
  const bytes = new Uint8Array((await file?.arrayBuffer()) ?? new ArrayBuffer(0))
  const kind = findAttachmentKind(bytes)
  if (!file || !kind) return tellWrong(visit, campaign, 'office-campaign-attach-unknown')
  if (bytes.length > kind.maxBytes)
    return tellWrong(visit, campaign, 'office-campaign-attach-large')
  const { db, seal } = visit.ground
  const { id } = campaign
  const { mime, isPicture } = kind
  const { picture: _, file: __, ...message } = campaign.message
  const refused = await db.transaction(async (tx) => {
    const fileId = await keepCampaignFile(tx, seal, id, bytes)
    const upload = { id: fileId, name: nameAttachment(file.name, kind), mime, isPicture }
    const changed = { ...campaign, message: { ...message, upload } }
    return changeCampaign(tx, id, changed, visit.actor)
  })
  return { to: `/kampanye/${id}`, told: `campaign-${refused ?? 'attached'}` }
}

/** Takes the picture or PDF away from a draft. */
export const detachPage: OfficePage = async (visit) => {
  const campaign = await findSeen(visit)
  if (!campaign) return undefined
  const { upload: _, ...message } = campaign.message
  return change(visit, { ...campaign, message }, 'detached')
}

/** The attachment, as it came. */
export const attachmentFile: OfficePage = async (visit) => {
  const campaign = await findSeen(visit)
  const upload = campaign?.message.upload
  if (!upload) return undefined
  const { db, seal } = visit.ground
  const bytes = await findCampaignFile(db.pool, seal, upload.id)
  return bytes && { file: { name: upload.name, mime: upload.mime, bytes } }
}

/** Keeps a list with a draft: from then on it is for those alone. */
export const takeListPage: OfficePage = async (visit) => {
  const campaign = await findSeen(visit)
  if (!campaign) return undefined
  const { ground, actor, givenFile } = visit
  const text = (await givenFile('berkas')?.text()) ?? ''
  if (text.trim() === '') return tellWrong(visit, campaign, 'import-no-file')
  const given = { text, on: ground.clock.today(), by: actor }
  const taken = await ground.db.transaction((tx) => takeList(tx, ground.seal, campaign.id, given))
  if (typeof taken === 'string') {
    return { to: `/kampanye/${campaign.id}`, told: `campaign-${taken}` }
  }
  return tellTaken(visit, campaign, taken)
}

function tellTaken({ say }: Visit, { id, title }: Campaign, taken: TakenList): Answer {
  const fills = {
    ...{ found: showCount(taken.found), unknown: showCount(taken.unknown) },
    unreadable: showCount(taken.unreadable),
  }
  const body = html`<p class="lead">${say('office-campaign-list-taken', fills)}</p>
<p><a class="button" href="/kantor/kampanye/${id}">${say('office-campaign-back')}</a></p>`
  return { title, body }
}

/** The list no longer matters. */
export const leaveListPage: OfficePage = async (visit) => {
  const campaign = await findSeen(visit)
  if (!campaign) return undefined
  const audience = { ...campaign.audience, isListed: false }
  return change(visit, { ...campaign, audience }, 'unlisted')
}

async function change({ ground, actor }: Visit, to: Campaign, told: string): Promise<Answer> {
  const refused = await ground.db.transaction((tx) => changeCampaign(tx, to.id, to, actor))
  return { to: `/kampanye/${to.id}`, told: `campaign-${refused ?? told}` }
}

function tellWrong({ say }: Visit, { id, title }: Campaign, why: string): Answer {
  const body = html`<p class="wrong" role="alert">${say(why)}</p>
<p><a class="button" href="/kantor/kampanye/${id}/ubah">${say('office-campaign-back')}</a></p>`
  return { title, body, status: 422 }
}
