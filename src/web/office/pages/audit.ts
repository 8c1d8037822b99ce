// Of Mesin: the audit trail with its filter, and the check of its chain.
import { appendAudit } from '../../../registry/audit.ts'
import { type AuditLine, listAudit, nameActors } from '../../../registry/audit-trail.ts'
import { type Html, html } from '../../html.ts'
import { type AuditCheck, beginCheck, findCheck } from '../audit-check.ts'
import { postForm } from '../form.ts'
import { showCount, showMoment } from '../moments.ts'
import { table } from '../table.ts'
import type { OfficePage, Visit } from '../visit.ts'

const perPage = 50
const columns = ['number', 'at', 'actor', 'action', 'subject', 'detail'].map((id) => `audit-${id}`)
const dayShape = /^\d{4}-\d{2}-\d{2}$/

/** What the address asks for; what is no day or number is left out. */
function wishOf({ asked, officer, ground }: Visit) {
  const day = (name: string) =>
    dayShape.test(asked(name)) && !Number.isNaN(Date.parse(asked(name))) ? asked(name) : ''
  const before = Number(asked('sebelum'))
  return {
    ...{ area: officer.area, actor: asked('pelaku').trim(), action: asked('tindakan').trim() },
    ...{ fromOn: day('dari'), untilOn: day('sampai'), zone: ground.book.branch.zone },
    ...(Number.isSafeInteger(before) && before > 0 && { before }),
    limit: perPage + 1,
  }
}

/** Who did what, the newest first. */
export const auditPage: OfficePage = async (visit) => {
  const { say, ground } = visit
  const { pool } = ground.db
  const wish = wishOf(visit)
  const found = await listAudit(pool, wish)
  const lines = found.slice(0, perPage)
  const names = await nameActors(pool, ground.seal, [...new Set(lines.map(({ actor }) => actor))])
  const given = {
    pelaku: wish.actor,
    tindakan: wish.action,
    dari: wish.fromOn,
    sampai: wish.untilOn,
  }
  const hrefWith = (more: Record<string, string>) =>
    `/kantor/mesin/jejak?${new URLSearchParams({ ...given, ...more })}`
  const rows = lines.map((line) => [
    showCount(line.id),
    showMoment(line.at, wish.zone),
    html`${names.get(line.actor)} <a href="${hrefWith({ pelaku: line.actor })}">${line.actor}</a>`,
    html`<a href="${hrefWith({ tindakan: line.action })}">${line.action}</a>`,
    line.subject,
    sayDetail(line),
  ])
  const last = lines.at(-1)
  const more = found.length > perPage && last && hrefWith({ sebelum: String(last.id) })
  const body = html`${checkPart(visit, findCheck(ground.db))}
${filterForm(visit, given)}
${rows.length > 0 ? table(say, columns, rows) : html`<p>${say('audit-none')}</p>`}
${more && html`<p><a class="button plain" href="${more}">${say('audit-older')}</a></p>`}`
  return { title: say('machine-trail'), body }
}

function sayDetail({ detail }: AuditLine): string {
  return Object.entries(detail)
    .map(([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ')
}

function checkPart(visit: Visit, check: AuditCheck | undefined): Html {
  const { say, ground } = visit
  const isRunning = check !== undefined && !check.endedAt
  const form = postForm(visit, '/mesin/jejak/periksa', html`<button>${say('audit-check')}</button>`)
  return html`<p class="${check?.brokenId === undefined ? 'lead' : 'lead wrong'}" role="status">${
    check ? sayCheck(visit, check) : say('audit-unchecked')
  }</p>
${
  isRunning
    ? html`<p><a class="button plain" href="/kantor/mesin/jejak">${say('audit-look')}</a></p>`
    : form
}
<p class="soft">${say('audit-note', { operator: ground.book.branch.operator })}</p>`
}

function sayCheck({ say, ground }: Visit, check: AuditCheck): string {
  const { checked, total, endedAt, brokenId, hasFailed } = check
  const at = endedAt ? showMoment(endedAt, ground.book.branch.zone) : ''
  const fills = { count: showCount(checked), total: showCount(total), at }
  if (brokenId !== undefined) return say('audit-broken', { number: showCount(brokenId), at })
  if (hasFailed) return say('audit-stopped', fills)
  return say(endedAt ? 'audit-whole' : 'audit-checking', fills)
}

function filterForm({ say }: Visit, given: Record<string, string>): Html {
  const field = (name: string, id: string, kind: string) =>
    html`<div><label for="${name}">${say(`audit-field-${id}`)}</label>
<input id="${name}" name="${name}" type="${kind}" value="${given[name] ?? ''}"></div>`
  return html`<form method="get" action="/kantor/mesin/jejak" class="fields">
${field('pelaku', 'actor', 'text')}${field('tindakan', 'action', 'text')}
${field('dari', 'from', 'date')}${field('sampai', 'until', 'date')}
<button class="plain">${say('audit-filter')}</button></form>`
}

/** Begins to follow the chain; the page tells how far it is. */
export const checkAudit: OfficePage = async ({ ground, actor }) => {
  await ground.db.transaction((tx) => appendAudit(tx, actor, 'check-audit', 'audit:all'))
  beginCheck(ground.db)
  return { to: '/mesin/jejak' }
}
