// One village: whether it is Desa Sadar, its groups, its people, what was paid, and whom to call.
import { showCode } from '../../../core/answers/code.ts'
import { must } from '../../../core/must.ts'
import type { StaffMember } from '../../../core/village-staff.ts'
import { appendAudit } from '../../../registry/audit.ts'
import {
  countVillagePeople,
  listChannels,
  readVillageMonths,
  type VillageMonth,
} from '../../../registry/office-village.ts'
import { type Holder, listHolders } from '../../../registry/people.ts'
import { findSadarStatus } from '../../../registry/sadar.ts'
import { listStaff } from '../../../registry/staff.ts'
import { readVillageStates } from '../../../registry/village-states.ts'
import { type Html, html } from '../../html.ts'
import { stripes } from '../charts.ts'
import { showCount, showDay } from '../moments.ts'
import { cohortsTable } from '../places-table.ts'
import type { Answer, Visit } from '../visit.ts'
import { trailOf } from './trail.ts'

const shownMonths = 6

/** Everything about one village; that its people were looked at is audited. */
export async function villagePage(visit: Visit, code: string, name: string): Promise<Answer> {
  const { say, ground, actor } = visit
  const { db, seal } = ground
  const holders = (await listHolders(db.pool, seal, code)).filter(({ isInvited }) => !isInvited)
  const [status, states, staff, months, people, channels] = await Promise.all([
    findSadarStatus(db.pool, code),
    readVillageStates(db.pool, code),
    listStaff(db.pool, seal, code),
    readVillageMonths(db.pool, code, shownMonths),
    countVillagePeople(db.pool, code),
    listChannels(
      db.pool,
      holders.flatMap(({ addressId }) => addressId ?? []),
    ),
  ])
  await db.transaction((tx) => appendAudit(tx, actor, 'see-village', `village:${code}`))
  const groups = states.get(code) ?? []
  const lead = status
    ? say(status.isSadar ? 'office-village-aware' : 'office-village-lost', {
        on: showDay(status.sinceOn),
      })
    : say(groups.length > 0 ? 'office-village-underway' : 'office-village-idle')
  const body = html`${stripes}${trailOf(visit, code)}
<p class="lead">${lead} ${say('office-village-people', { count: showCount(people) })}</p>
${status?.code && certificateLink(visit, status.code)}
<h2>${say('office-village-call')}</h2>
${callPart(visit, holders, channels)}
<h2>${say('office-cohorts')}</h2>
${groups.length > 0 ? cohortsTable(say, groups) : html`<p>${say('office-village-no-groups')}</p>`}
<h2>${say('office-village-staff')}</h2>
${staff.length > 0 ? staffTable(visit, staff) : html`<p>${say('office-village-no-staff')}</p>`}
<h2>${say('office-village-months')}</h2>
${months.length > 0 ? monthsTable(visit, months) : html`<p>${say('office-village-no-months')}</p>`}`
  return { title: name, body }
}

function certificateLink({ say }: Visit, code: string): Html {
  const words = say('office-village-certificate', { code: showCode(code) })
  return html`<p><a href="/verify/${code}">${words}</a></p>`
}

function callPart({ say }: Visit, holders: Holder[], channels: Map<number, string>): Html {
  if (holders.length === 0) return html`<p>${say('office-village-nobody')}</p>`
  const lines = holders.map(({ role, name, sinceOn, addressId }) => {
    const channel = must(channels.get(addressId ?? 0), 'the channel of a post')
    const known = ['telegram', 'whatsapp', 'whatsapp-cloud', 'web'].includes(channel)
    const by = known ? say(`office-channel-${channel}`) : channel
    const since = say('office-village-since', { channel: by, on: showDay(sinceOn) })
    return html`<dt>${say(`role-${role}`)}</dt><dd>${name} <span class="soft">${since}</span></dd>`
  })
  return html`<dl class="facts card">${lines}</dl>`
}

function staffTable({ say }: Visit, staff: StaffMember[]): Html {
  const rows = staff.map(({ name, position, cohort, state, said, reason }) => {
    const why = reason && html` <span class="soft">${say(`reason-${reason}`)}</span>`
    const objects = said === 'objected' && html` <strong>${say('office-staff-objects')}</strong>`
    return html`<tr><th scope="row">${name}</th>
<td data-label="${say('office-staff-position')}">${position}</td>
<td data-label="${say('office-cohort')}">${say(`cohort-${cohort}`)}</td>
<td data-label="${say('office-state')}">${say(`resident-${state}`)}${why}${objects}</td></tr>`
  })
  const heads = ['office-staff-name', 'office-staff-position', 'office-cohort', 'office-state']
  return html`<table><thead><tr>${heads.map((id) => html`<th scope="col">${say(id)}</th>`)}</tr>
</thead><tbody>${rows}</tbody></table>`
}

function monthsTable({ say, ground: { book } }: Visit, months: VillageMonth[]): Html {
  const money = (rupiah: number) => book.readers.money.show(rupiah, 'id')
  const rows = months.map(
    (one) => html`<tr><th scope="row">${one.month}</th>
<td class="number" data-label="${say('office-month-people')}">${showCount(one.people)}</td>
<td class="number" data-label="${say('office-month-paid')}">${showCount(one.paid)}</td>
<td class="number" data-label="${say('office-month-total')}">${money(one.totalRupiah)}</td>
<td class="number" data-label="${say('office-month-paid-sum')}">${money(one.paidRupiah)}</td></tr>`,
  )
  const heads = ['people', 'paid', 'total', 'paid-sum'].map((id) => `office-month-${id}`)
  return html`<table><thead><tr><th scope="col">${say('office-month')}</th>
${heads.map((id) => html`<th scope="col" class="number">${say(id)}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table>`
}
