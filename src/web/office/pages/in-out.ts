// Masuk-keluar: what goes to the portal and what comes from it and from the bank.
import { nameArea } from '../../../core/area.ts'
import { layoutKinds } from '../../../core/members/layout.ts'
import { answerVerdicts } from '../../../core/members/member-words.ts'
import { paymentVerdicts } from '../../../core/payments/payment-words.ts'
import { nameActors } from '../../../registry/audit-trail.ts'
import { type Export, listExports } from '../../../registry/exports.ts'
import { type ImportKind, type ListedImport, listImports } from '../../../registry/imports.ts'
import { type Html, html } from '../../html.ts'
import { fileForm, postForm } from '../form.ts'
import { showCount, showMoment } from '../moments.ts'
import { table } from '../table.ts'
import type { OfficePage, Visit } from '../visit.ts'
import { isSeen } from './exports.ts'
import { importPaths, sayCounts } from './imports.ts'

/** Lists and files of the history. */
const shown = 50
/** Names of officers by how they are audited. */
type Names = ReadonlyMap<string, string>

/** Newest lists that are looked through for those of the own area. */
const looked = 500

/** The last list and the last file first, then what can be done, then the history. */
export const inOutPage: OfficePage = async (visit) => {
  const { say, ground, officer } = visit
  const { pool } = ground.db
  const [all, answers, payments] = await Promise.all([
    listExports(pool, looked),
    listImports(pool, 'answer', shown, undefined, officer.area),
    listImports(pool, 'payment', shown, undefined, officer.area),
  ])
  const exports = all.filter((one) => isSeen(visit, one)).slice(0, shown)
  const names = await nameActors(pool, ground.seal, [...new Set(exports.map((one) => one.askedBy))])
  const body = html`<p class="lead">${leadOf(visit, exports, [...answers, ...payments])}</p>
${waitingPart(visit, exports, names)}
<h2>${say('export-ask')}</h2>
${exportForm(visit)}
<h2>${say('import-ask')}</h2>
<p class="soft">${say('import-note')}</p>
${importForm(visit, 'answer')}
${importForm(visit, 'payment')}
<h2>${say('export-history')}</h2>
${exports.length > 0 ? exportsTable(visit, exports, names) : html`<p>${say('export-none')}</p>`}
${historyPart(visit, 'answer', answers)}
${historyPart(visit, 'payment', payments)}`
  return { title: say('in-out'), body }
}

function leadOf({ say, ground }: Visit, [one]: Export[], imports: ListedImport[]): string {
  const { zone } = ground.book.branch
  const newest = imports.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())[0]
  const out = one
    ? say('in-out-last-out', { number: `${one.id}`, at: showMoment(one.askedAt, zone) })
    : say('in-out-never-out')
  const into = newest
    ? say('in-out-last-in', { at: showMoment(newest.createdAt, zone) })
    : say('in-out-never-in')
  return `${out} ${into}`
}

/** Lists that wait for a second person, or for whoever asked to take them. */
function waitingPart(visit: Visit, exports: Export[], names: Names): Html | false {
  const { say, actor } = visit
  const waiting = exports.filter(({ state }) => state === 'asked' || state === 'approved')
  const rows = waiting.map((one) => {
    const isMine = one.askedBy === actor
    const press = (what: string, word: string, kind = 'plain', more: Html | string = '') =>
      postForm(
        visit,
        `/masuk-keluar/ekspor/${one.id}/${what}`,
        html`${more}<button class="${kind}">${say(word)}</button>`,
      )
    const csv = html`<input type="hidden" name="bentuk" value="csv">`
    const canApprove = one.state === 'asked' && !isMine
    const canTake = one.state === 'approved' && isMine
    const actions = [
      canApprove && press('setujui', 'export-approve', ''),
      canTake && press('unduh', 'export-take', ''),
      canTake && press('unduh', 'export-take-csv', 'plain', csv),
      press('batal', 'export-cancel'),
    ]
    return [...factsOf(visit, one, names), html`${actions}`]
  })
  return (
    rows.length > 0 &&
    html`<h2>${say('export-waiting')}</h2>${table(say, [...factColumns, 'office-does'], rows)}`
  )
}

const factColumns = [
  'export-number',
  'export-kind',
  'export-area',
  '#export-people',
  'export-reason',
  'office-state',
]

function factsOf({ say, ground, actor }: Visit, one: Export, names: Names): string[] {
  const by = one.askedBy === actor ? say('export-you') : (names.get(one.askedBy) ?? one.askedBy)
  return [
    `${one.id}`,
    `${say(`export-kind-${one.kind}`)} (${one.layout})`,
    nameArea(ground.book.places, one.area),
    showCount(one.rows),
    one.reason,
    say(`export-state-${one.state}`, { by }),
  ]
}

function exportsTable(visit: Visit, exports: Export[], names: Names): Html {
  const { say, ground } = visit
  const rows = exports.map((one) => [
    ...factsOf(visit, one, names),
    showCount(one.answered),
    showMoment(one.askedAt, ground.book.branch.zone),
  ])
  return table(say, [...factColumns, '#export-answered', 'export-at'], rows)
}

function exportForm(visit: Visit): Html {
  const { say, ground, officer } = visit
  const { layouts, places } = ground.book
  const kinds = layoutKinds.map(
    (kind) => html`<option value="${kind}">${say(`export-kind-${kind}`)}</option>`,
  )
  const shapes = layouts.map(({ name, title }) => html`<option value="${name}">${title}</option>`)
  const areas = officer.area
    .split(' ')
    .map((code) => html`<option value="${code}">${nameArea(places, code)}</option>`)
  const fields = html`<div class="fields">
<div><label for="jenis">${say('export-kind')}</label>
<select id="jenis" name="jenis">${kinds}</select></div>
<div><label for="bentuk">${say('export-layout')}</label>
<select id="bentuk" name="bentuk"><option value="">${say('export-layout-today')}</option>
${shapes}</select></div>
<div><label for="wilayah">${say('export-area-code')}</label>
<input id="wilayah" name="wilayah" list="wilayah-sendiri" placeholder="${officer.area}">
<datalist id="wilayah-sendiri">${areas}</datalist></div>
<div><label for="alasan">${say('export-reason')}</label>
<input id="alasan" name="alasan" required minlength="5" maxlength="200"></div>
</div><button>${say('export-go')}</button>`
  return html`<div class="card">${postForm(visit, '/masuk-keluar/ekspor', fields)}
<p class="soft">${say('export-note')}</p></div>`
}

function importForm(visit: Visit, kind: ImportKind): Html {
  const shape = { label: `import-${kind}`, accept: '.csv,.xlsx', button: 'import-go' }
  const form = fileForm(visit, `/masuk-keluar/${importPaths[kind]}`, shape)
  return html`<div class="card">${form}</div>`
}

function historyPart(visit: Visit, kind: ImportKind, imports: ListedImport[]): Html {
  const { say, ground } = visit
  const verdicts: readonly string[] = kind === 'answer' ? answerVerdicts : paymentVerdicts
  const rows = imports.map((one) => [
    html`<a href="/kantor/masuk-keluar/${importPaths[kind]}/${one.id}">${one.id}</a>`,
    showMoment(one.createdAt, ground.book.branch.zone),
    sayCounts(visit, kind, verdicts, one.counts),
    say(one.closedAt ? 'import-state-done' : 'import-state-open'),
  ])
  const columns = ['import-number', 'import-at', 'import-results', 'office-state']
  return html`<h2>${say(`import-history-${kind}`)}</h2>
${rows.length > 0 ? table(say, columns, rows) : html`<p>${say('import-none')}</p>`}`
}
