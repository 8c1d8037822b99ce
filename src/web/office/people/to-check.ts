// Kepesertaan: memberships that may be over, the longest first; each leads to what can be decided.
import { nameArea } from '../../../core/area.ts'
import { monthOf } from '../../../core/calendar.ts'
import { endReasonOf } from '../../../core/endings.ts'
import { rowsPerPage } from '../../../core/limits.ts'
import { showMonth } from '../../../core/show-month.ts'
import {
  countMembersToCheck,
  listMembersToCheck,
  type MemberToCheck,
  type WageDifference,
} from '../../../registry/members-to-check.ts'
import { type Html, html } from '../../html.ts'
import { showCount, showDay } from '../moments.ts'
import { table } from '../table.ts'
import type { OfficePage, Visit } from '../visit.ts'

/** The list. Nobody on it was told more than that an officer looks. */
export const toCheckPage: OfficePage = async (visit) => {
  const { say, ground, officer } = visit
  const { db, seal, book, clock } = ground
  const wish = { area: officer.area, on: clock.today(), rates: book.rates }
  const [{ count }, members] = await Promise.all([
    countMembersToCheck(db.pool, wish.area, wish.on, wish.rates),
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

function rowOf(visit: Visit, one: MemberToCheck): Html[] {
  const { say, ground } = visit
  const { book } = ground
  const person = `/kantor/orang/${one.receipt}`
  const village = one.villageCode === null ? '–' : nameArea(book.places, one.villageCode)
  const wage = html`<a href="${person}">${say('office-wage-look')}</a>`
  const decide = html`<a href="${person}#sampai">${say('office-member-active')}</a> ·
 <a href="${person}#alasan">${say('office-member-end')}</a>`
  const claimed = html` <strong>${say('office-check-claimed')}</strong>`
  return [
    html`<a href="${person}">${one.name || '–'}</a>`,
    html`${village}`,
    html`${sayWhy(visit, one)}${one.isClaimed && claimed}`,
    one.why === 'wage' ? wage : decide,
  ]
}

function sayWhy(visit: Visit, one: MemberToCheck): string {
  const { say } = visit
  const { why, months, sinceOn, reason } = one
  if (why === 'wage') return sayDifference(visit, one)
  const since = showDay(sinceOn)
  if (why === 'unpaid') return say('office-check-unpaid', { count: showCount(months), since })
  const because = say(`ended-because-${endReasonOf(reason ?? '')}`)
  return say('office-check-left', { since, reason: because })
}

/** Since when the wage should have been another, and what that comes to. */
export function sayDifference(
  { say, ground: { book } }: Visit,
  { months, sinceOn, differenceRupiah }: WageDifference,
): string {
  const amount =
    differenceRupiah === null
      ? say('office-wage-unknown')
      : book.readers.money.show(Math.abs(differenceRupiah), 'id')
  const which = (differenceRupiah ?? 0) < 0 ? 'office-wage-more' : 'office-wage-less'
  const from = showMonth(book, 'id', monthOf(sinceOn))
  return say(which, { count: showCount(months), from, amount })
}
