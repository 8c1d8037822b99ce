// Kepesertaan: memberships that may be over, the longest first; each leads to what can be decided.
import { nameArea } from '../../../core/area.ts'
import { endReasonOf } from '../../../core/endings.ts'
import { rowsPerPage } from '../../../core/limits.ts'
import {
  countMembersToCheck,
  listMembersToCheck,
  type MemberToCheck,
} from '../../../registry/members-to-check.ts'
import { type Html, html } from '../../html.ts'
import { showCount, showDay } from '../moments.ts'
import { table } from '../table.ts'
import type { OfficePage, Visit } from '../visit.ts'

/** How many memberships of the area wait to be looked at. */
export async function countToCheck({ ground, officer }: Visit) {
  const { db, book, clock } = ground
  return countMembersToCheck(db.pool, officer.area, clock.today(), book.rates)
}

/** The list. Nobody on it was told more than that an officer looks. */
export const toCheckPage: OfficePage = async (visit) => {
  const { say, ground, officer } = visit
  const { db, seal, book, clock } = ground
  const wish = { area: officer.area, on: clock.today(), rates: book.rates }
  const [{ count }, members] = await Promise.all([
    countToCheck(visit),
    listMembersToCheck(db.pool, seal, wish),
  ])
  const title = say('office-check')
  if (members.length === 0) {
    return { title, body: html`<p class="lead">${say('office-check-none')}</p>` }
  }
  const lead = say('office-check-lead', { count: showCount(count) })
  const more = count > rowsPerPage && say('office-check-first', { count: showCount(rowsPerPage) })
  const columns = ['office-staff-name', 'office-village', 'office-check-why', 'office-check-doing']
  const rows = members.map((one) => rowOf(visit, one))
  return {
    title,
    body: html`<p class="lead">${lead} ${more}</p>
<p class="soft">${say('office-check-note')}</p>${table(say, columns, rows)}`,
  }
}

function rowOf({ say, ground: { book } }: Visit, one: MemberToCheck): Html[] {
  const person = `/kantor/orang/${one.receipt}`
  const village = one.villageCode === null ? '–' : nameArea(book.places, one.villageCode)
  const claimed = html` <strong>${say('office-check-claimed')}</strong>`
  return [
    html`<a href="${person}">${one.name || '–'}</a>`,
    html`${village}`,
    html`${sayWhy(say, one)}${one.isClaimed && claimed}`,
    html`<a href="${person}#sampai">${say('office-member-active')}</a> ·
 <a href="${person}#alasan">${say('office-member-end')}</a>`,
  ]
}

function sayWhy(say: Visit['say'], { why, months, sinceOn, reason }: MemberToCheck): string {
  const since = showDay(sinceOn)
  if (why === 'unpaid') return say('office-check-unpaid', { count: showCount(months), since })
  const because = say(`ended-because-${endReasonOf(reason ?? '')}`)
  return say('office-check-left', { since, reason: because })
}
