// Perangkat: where one is signed in, and how to end it.
import { officeIdleMinutes } from '../../../core/limits.ts'
import { endSession, listDevices } from '../../../registry/office-sessions.ts'
import { html } from '../../html.ts'
import { postForm } from '../form.ts'
import { showCount, showMoment } from '../moments.ts'
import type { OfficePage } from '../visit.ts'

/** Every browser in which this post is signed in. */
export const devicesPage: OfficePage = async (visit) => {
  const { say, officer, ground } = visit
  const { zone } = ground.book.branch
  const devices = await listDevices(ground.db.pool, officer.postId)
  const rows = devices.map((one) => {
    const isThis = one.id === officer.sessionId
    const to = isThis ? '/keluar' : `/perangkat/${one.id}/keluarkan`
    const word = say(isThis ? 'office-sign-out' : 'office-device-end')
    const mark = isThis && html` <em>${say('office-device-this')}</em>`
    return html`<tr><th scope="row">${one.device}${mark}</th>
<td data-label="${say('office-device-since')}">${showMoment(one.createdAt, zone)}</td>
<td data-label="${say('office-device-seen')}">${showMoment(one.seenAt, zone)}</td>
<td>${postForm(visit, to, html`<button class="plain">${word}</button>`)}</td></tr>`
  })
  const heads = ['office-device', 'office-device-since', 'office-device-seen']
  const lead = say('office-devices-lead', { count: showCount(devices.length) })
  const body = html`<p class="lead">${lead}</p>
<table><thead><tr>${heads.map((id) => html`<th scope="col">${say(id)}</th>`)}
<th scope="col"><span class="hidden">${say('office-does')}</span></th></tr></thead>
<tbody>${rows}</tbody></table>
<p class="soft">${say('office-devices-note', { minutes: String(officeIdleMinutes) })}</p>`
  return { title: say('office-devices'), body }
}

/** Signs another browser of the same post out. Once more changes nothing. */
export const endDevice: OfficePage = async ({ officer, actor, ground, part }) => {
  const id = Number(part('id'))
  if (!Number.isSafeInteger(id)) return undefined
  const isMine = await ground.db.transaction((tx) => endSession(tx, id, actor, officer.postId))
  return isMine ? { to: '/perangkat', told: 'device-ended' } : undefined
}

/** Signs this browser out. */
export const signOut: OfficePage = async ({ officer, actor, ground }) => {
  await ground.db.transaction((tx) => endSession(tx, officer.sessionId, actor))
  return { to: '' }
}
