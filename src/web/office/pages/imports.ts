// Of Masuk-keluar: a file that came in, how far it is, and the verdict of each row.
import { answerVerdicts } from '../../../core/members/member-words.ts'
import { paymentVerdicts } from '../../../core/payments/payment-words.ts'
import { answerCells, answerHeadings, answerPages } from '../../../members/result-file.ts'
import { paymentCells, paymentHeadings, paymentPages } from '../../../payments/result-file.ts'
import { listAnswers } from '../../../registry/answer-rows.ts'
import { type ImportKind, type ListedImport, listImports } from '../../../registry/imports.ts'
import { listRows } from '../../../registry/payments.ts'
import { maxFileBytes } from '../../../roster/limits.ts'
import { listLine } from '../../../roster/write-list.ts'
import { type Html, html } from '../../html.ts'
import { beginImport, findImportWork, type ImportWork } from '../import-work.ts'
import { showCount } from '../moments.ts'
import type { OfficePage, Visit } from '../visit.ts'

const perPage = 50

/** Bytes of a form with such a file, and with its other fields. */
export const maxImportBytes = maxFileBytes + 16 * 1024

/** Where each kind of import is, below `/masuk-keluar/`. */
export const importPaths: Record<ImportKind, string> = { answer: 'jawaban', payment: 'iuran' }

const verdictsOf: Record<ImportKind, readonly string[]> = {
  answer: answerVerdicts,
  payment: paymentVerdicts,
}

/** Takes a file of a kind; the page of the import tells how far it is. */
export function takeImport(kind: ImportKind): OfficePage {
  return async (visit) => {
    const { say, givenFile } = visit
    const file = givenFile('berkas')
    const begun = file?.size
      ? await beginImport(visit, kind, file)
      : { problem: say('import-no-file') }
    if ('id' in begun) return { to: `/masuk-keluar/${importPaths[kind]}/${begun.id}` }
    const body = html`<p class="wrong" role="alert">${begun.problem}</p>
<p>${say('import-nothing-kept')}</p>
<p><a class="button" href="/kantor/masuk-keluar">${say('in-out-back')}</a></p>`
    return { title: say('in-out'), body, status: 422 }
  }
}

async function findSeen({ part, ground, officer }: Visit, kind: ImportKind) {
  const id = Number(part('id'))
  if (!Number.isSafeInteger(id) || id < 1) return undefined
  const [found] = await listImports(ground.db.pool, kind, 1, id, officer.area)
  return found
}

/** One import: its counts, and its rows of the own area with what became of each. */
export function importPage(kind: ImportKind): OfficePage {
  return async (visit) => {
    // Asked before the rows are: what ends in between is done, and not stopped halfway.
    const work = { ...findImportWork(visit.ground.db, kind, Number(visit.part('id'))) }
    const one = await findSeen(visit, kind)
    if (!one) return undefined
    const { say, asked, ground, officer } = visit
    const verdict = verdictsOf[kind].find((each) => each === asked('hasil'))
    const after = Number(asked('sesudah') || -1)
    const from = Number.isSafeInteger(after) ? after : -1
    const wish = { area: officer.area, ...(verdict !== undefined && { verdict }) }
    const { rows, last } = await readRows(visit, kind, one.id, from, wish)
    const path = `/kantor/masuk-keluar/${importPaths[kind]}/${one.id}`
    const headings = kind === 'answer' ? answerHeadings(ground.book) : paymentHeadings(ground.book)
    const query = new URLSearchParams({ hasil: verdict ?? '', sesudah: String(last) })
    const next = `${path}?${query}`
    const body = html`<p class="lead" role="status">${leadOf(visit, one, work)}</p>
<p>${sayCounts(visit, kind, verdictsOf[kind], one.counts)}</p>
<p><a class="button plain" href="${path}/berkas">${say('import-file')}</a>
<a class="button plain" href="${path}">${say('import-look')}</a></p>
${filterOf(visit, kind, path, verdict)}
${rows.length > 0 ? rowsTable(headings, rows) : html`<p>${say('import-no-rows')}</p>`}
${rows.length === perPage && nextPart(visit, next)}`
    return { title: say(`import-title-${kind}`, { number: String(one.id) }), body }
  }
}

function nextPart({ say }: Visit, href: string): Html {
  return html`<p><a class="button plain" href="${href}">${say('import-next')}</a></p>`
}

function leadOf({ say }: Visit, one: ListedImport, { rows, isRunning }: Partial<ImportWork>) {
  const judged = [...one.counts.values()].reduce((sum, count) => sum + count, 0)
  const fills = { count: showCount(judged), total: showCount(rows ?? judged) }
  if (one.closedAt) return say('import-done', fills)
  return say(isRunning ? 'import-running' : 'import-stopped', fills)
}

async function readRows(
  { ground: { db, seal, book } }: Visit,
  kind: ImportKind,
  id: number,
  after: number,
  wish: { area: string; verdict?: string },
) {
  if (kind === 'answer') {
    const found = await listAnswers(db.pool, seal, id, after, perPage, wish)
    return { rows: found.map((row) => answerCells(book, row)), last: found.at(-1)?.line ?? after }
  }
  const found = await listRows(db.pool, seal, id, after, perPage, wish)
  return { rows: found.map((row) => paymentCells(book, row)), last: found.at(-1)?.line ?? after }
}

/** The headings are the branch's own words already. */
function rowsTable(headings: string[], rows: string[][]): Html {
  const lines = rows.map(
    ([first, ...others]) => html`<tr><th scope="row">${first}</th>
${others.map((cell, i) => html`<td data-label="${headings[i + 1]}">${cell}</td>`)}</tr>`,
  )
  return html`<table><thead><tr>${headings.map((one) => html`<th scope="col">${one}</th>`)}</tr>
</thead><tbody>${lines}</tbody></table>`
}

function nameVerdict({ ground: { book } }: Visit, kind: ImportKind, verdict: string): string {
  const names: ReadonlyMap<string, string> =
    kind === 'answer' ? book.members.verdicts : book.payments.verdicts
  return names.get(verdict) ?? verdict
}

/** How many rows have each verdict, in a line. */
export function sayCounts(
  visit: Visit,
  kind: ImportKind,
  verdicts: readonly string[],
  counts: ReadonlyMap<string, number>,
): string {
  return verdicts
    .filter((verdict) => counts.has(verdict))
    .map(
      (verdict) => `${nameVerdict(visit, kind, verdict)}: ${showCount(counts.get(verdict) ?? 0)}`,
    )
    .join(', ')
}

function filterOf(visit: Visit, kind: ImportKind, path: string, verdict?: string): Html {
  const link = (href: string, words: string, isHere: boolean) =>
    html`<a href="${href}"${isHere && html` aria-current="true"`}>${words}</a>`
  const links = verdictsOf[kind].map((each) =>
    link(`${path}?hasil=${each}`, nameVerdict(visit, kind, each), each === verdict),
  )
  return html`<p class="filter">${link(path, visit.say('office-places-all'), !verdict)}${links}</p>`
}

/** The verdicts of an import as a file, of nobody outside the own area. */
export function importFilePage(kind: ImportKind): OfficePage {
  return async (visit) => {
    const one = await findSeen(visit, kind)
    if (!one) return undefined
    const { db, seal, book } = visit.ground
    const desk = { db, seal, book }
    const { area } = visit.officer
    const pages = (kind === 'answer' ? answerPages : paymentPages)(desk, one.id, area)
    const headings = kind === 'answer' ? answerHeadings(book) : paymentHeadings(book)
    const lines = [listLine(headings)]
    for await (const page of pages) lines.push(...page.map(listLine))
    const name = `${importPaths[kind]}-${one.id}.hasil.csv`
    const bytes = Buffer.from(lines.join(''))
    return { file: { name, mime: 'text/csv; charset=utf-8', bytes } }
  }
}
