// Of Mesin: whose data an account looked at or changed while it was not in the right hands.
import { nameArea } from '../../../core/area.ts'
import { getFigure } from '../../../core/rates.ts'
import { showReceipt } from '../../../core/text.ts'
import {
  type Affected,
  countAffected,
  listAffected,
  readLocal,
  type Window,
} from '../../../registry/affected.ts'
import { appendAudit } from '../../../registry/audit.ts'
import { listLine } from '../../../roster/write-list.ts'
import { type Html, html } from '../../html.ts'
import { postForm } from '../form.ts'
import { showCount, showMoment } from '../moments.ts'
import { table } from '../table.ts'
import type { OfficePage, Visit } from '../visit.ts'

const shown = 50
/** People of one file: more than a branch has. */
const mostWritten = 200_000
const hourMs = 3_600_000
const fields = ['pelaku', 'dari', 'sampai', 'diketahui'] as const
type Given = Record<(typeof fields)[number], string>
/** The ends of the phrases that name the fields. */
const fieldWords: Given = { pelaku: 'actor', dari: 'from', sampai: 'until', diketahui: 'known' }

/** Asks for the account and the time, and lists the people. */
export const affectedPage: OfficePage = async (visit) => {
  const { say, ground } = visit
  const given = readFields(visit.asked)
  const window = await windowOf(visit, given)
  const body = html`<p class="lead">${await leadOf(visit, window)}</p>
${await clockOf(visit, given)}
<form method="get" action="/kantor/mesin/terkena" class="fields">
${fields.map((name) => fieldOf(visit, name, given[name]))}
<button>${say('affected-show')}</button></form>
${window && (await peoplePart(visit, window, given))}
<p class="soft">${say('affected-note', { operator: ground.book.branch.operator })}</p>`
  return { title: say('machine-affected'), body }
}

function readFields(from: (name: string) => string): Given {
  const [pelaku = '', dari = '', sampai = '', diketahui = ''] = fields.map((name) =>
    from(name).trim(),
  )
  return { pelaku, dari, sampai, diketahui }
}

function fieldOf({ say }: Visit, name: keyof Given, value: string): Html {
  const kind = name === 'pelaku' ? 'text' : 'datetime-local'
  return html`<div><label for="${name}">${say(`affected-field-${fieldWords[name]}`)}</label>
<input id="${name}" name="${name}" type="${kind}" value="${value}"></div>`
}

/** A moment as the field of a form writes it, in the branch's zone. */
async function momentOf({ ground }: Visit, local: string): Promise<Date | undefined> {
  const isMoment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(local) && !Number.isNaN(Date.parse(local))
  return isMoment ? readLocal(ground.db.pool, local, ground.book.branch.zone) : undefined
}

async function windowOf(visit: Visit, given: Given): Promise<Window | undefined> {
  const [from, until] = [await momentOf(visit, given.dari), await momentOf(visit, given.sampai)]
  if (!given.pelaku || !from || !until) return undefined
  return { actor: given.pelaku, from, until, area: visit.officer.area }
}

async function leadOf({ say, ground }: Visit, window: Window | undefined): Promise<string> {
  if (!window) return say('affected-ask')
  const count = await countAffected(ground.db.pool, window)
  return say('affected-lead', { count: showCount(count), actor: window.actor })
}

/** Until when they have to be told, from the moment at which it became known. */
async function clockOf(visit: Visit, { diketahui }: Given): Promise<Html | undefined> {
  const { say, ground } = visit
  const knownAt = await momentOf(visit, diketahui)
  const hours = getFigure(ground.book.rates, 'breach-notice-hours', ground.clock.today())
  if (!knownAt) return html`<p>${say('affected-clock-unset', { hours: String(hours) })}</p>`
  const dueAt = new Date(knownAt.getTime() + hours * hourMs)
  const left = Math.ceil((dueAt.getTime() - Date.now()) / hourMs)
  const fills = { at: showMoment(dueAt, ground.book.branch.zone), count: showCount(Math.abs(left)) }
  const id = left > 0 ? 'affected-clock' : 'affected-clock-over'
  return html`<p class="${left > 0 ? 'odd' : 'wrong'}">${say(id, fills)}</p>`
}

async function peoplePart(visit: Visit, window: Window, given: Given): Promise<Html> {
  const { say, ground } = visit
  const people = await listAffected(ground.db.pool, window, shown)
  if (people.length === 0) return html`<p>${say('affected-none')}</p>`
  const hidden = fields.map(
    (name) => html`<input type="hidden" name="${name}" value="${given[name]}">`,
  )
  const button = html`${hidden}<button class="plain">${say('affected-file')}</button>`
  return html`${postForm(visit, '/mesin/terkena/berkas', button)}
${table(
  say,
  columns,
  people.map((one) => cellsOf(visit, one)),
)}`
}

const columns = [
  'affected-who',
  'affected-place',
  'affected-actions',
  '#affected-times',
  'affected-first',
  'affected-last',
]

function cellsOf({ say, ground }: Visit, one: Affected): string[] {
  const { places, branch } = ground.book
  return [
    one.receipt ? showReceipt(one.receipt) : say('affected-chat', { number: `${one.addressId}` }),
    one.village ? nameArea(places, one.village) : '–',
    one.actions.join(', '),
    showCount(one.times),
    showMoment(one.firstAt, branch.zone),
    showMoment(one.lastAt, branch.zone),
  ]
}

/** The whole list as a file; that it went out is audited. */
export const affectedFile: OfficePage = async (visit) => {
  const { say, ground, actor } = visit
  const window = await windowOf(visit, readFields(visit.given))
  if (!window) return { to: '/mesin/terkena' }
  const people = await listAffected(ground.db.pool, window, mostWritten)
  const headings = columns.map((column) => say(column.replace('#', '')))
  const lines = [headings, ...people.map((one) => cellsOf(visit, one))]
  const detail = {
    of: window.actor,
    from: window.from.toISOString(),
    until: window.until.toISOString(),
    count: people.length,
  }
  await ground.db.transaction((tx) =>
    appendAudit(tx, actor, 'export-affected', `account:${window.actor}`, detail),
  )
  const name = `terkena-${window.actor.replace(/[^\w-]+/g, '-')}.csv`
  return {
    file: {
      name,
      mime: 'text/csv; charset=utf-8',
      bytes: Buffer.from(lines.map(listLine).join('')),
    },
  }
}
