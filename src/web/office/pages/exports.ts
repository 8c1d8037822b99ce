// Of Masuk-keluar: lists that go out to be registered, asked for, approved, taken once.
import { isArea } from '../../../core/area.ts'
import { layoutKinds } from '../../../core/members/layout.ts'
import { fillWords } from '../../../core/phrase.ts'
import { isInArea } from '../../../core/roles.ts'
import { showReceipt } from '../../../core/text.ts'
import { nameExportFile, writeExport } from '../../../members/export-file.ts'
import {
  type AskedExport,
  approve,
  askExport,
  cancel,
  type HeldBack,
} from '../../../members/export-members.ts'
import { ExportRefused } from '../../../members/export-refused.ts'
import { type Export, findExport } from '../../../registry/exports.ts'
import { type Html, html } from '../../html.ts'
import { showCount } from '../moments.ts'
import { table } from '../table.ts'
import type { Answer, OfficePage, Visit } from '../visit.ts'

const heldShown = 50

/** Whether this list is the visitor's to see: all of it lies in the own area. */
export function isSeen({ officer }: Visit, one: Export): boolean {
  const parts = one.area.split(' ').filter(Boolean)
  return parts.length > 0 && parts.every((part) => isInArea(part, officer.area))
}

function deskOf({ ground, actor }: Visit) {
  const { db, seal, book } = ground
  return { db, seal, book, actor }
}

/** Asks for a list; one that needs nobody else can be taken at once. */
export const askExportPage: OfficePage = async (visit) => {
  const { given, officer, ground } = visit
  const kind = layoutKinds.find((one) => one === given('jenis'))
  const area = given('wilayah').trim() || officer.area
  const isOwn =
    isArea(ground.book.places, area) &&
    area.split(' ').every((part) => isInArea(part, officer.area))
  if (!kind || !isOwn) return sayRefusal(visit, 'export-no-area')
  const layout = given('bentuk')
  const wish = { kind, area, reason: given('alasan'), ...(layout && { layout }) }
  return refusing(visit, async () => {
    const asked = await askExport(deskOf(visit), wish, ground.clock.today())
    if (asked.id !== undefined && asked.heldBack.length === 0 && !asked.hasMore) {
      return { to: '/masuk-keluar', told: asked.isLarge ? 'export-asked' : 'export-ready' }
    }
    return tellAsked(visit, asked)
  })
}

function tellAsked(visit: Visit, { id, rows, isLarge, heldBack, hasMore }: AskedExport): Answer {
  const { say } = visit
  const fills = { number: String(id ?? ''), count: showCount(rows) }
  const lead = id === undefined ? 'export-nobody' : isLarge ? 'export-waits' : 'export-can'
  const body = html`<p class="lead">${say(lead, fills)}</p>
${hasMore && html`<p>${say('export-more')}</p>`}
${heldBack.length > 0 && heldPart(visit, heldBack)}
<p><a class="button" href="/kantor/masuk-keluar">${say('in-out-back')}</a></p>`
  return { title: say('in-out'), body }
}

function heldPart({ say, ground }: Visit, held: HeldBack[]): Html {
  const { lacks } = ground.book.members
  const rows = held.slice(0, heldShown).map(({ receipt, lack: { why, headings } }) => {
    const words = lacks.get(why)
    return [showReceipt(receipt), words ? fillWords(words, () => headings.join(', ')) : why]
  })
  return html`<h2>${say('export-held', { count: showCount(held.length) })}</h2>
${table(say, ['export-receipt', 'export-lack'], rows)}`
}

/** A second person lets a large list go out. */
export const approveExportPage: OfficePage = (visit) =>
  doing(visit, async ({ id }) => {
    await approve(deskOf(visit), id)
    return { to: '/masuk-keluar', told: 'export-approved' }
  })

/** Gives up a list that was not taken. */
export const cancelExportPage: OfficePage = (visit) =>
  doing(visit, async ({ id }) => {
    await cancel(deskOf(visit), id)
    return { to: '/masuk-keluar', told: 'export-cancelled' }
  })

/** The file, once, for whoever asked for it. */
export const takeExportPage: OfficePage = (visit) =>
  doing(visit, async (one) => {
    if (one.askedBy !== visit.actor) return sayRefusal(visit, 'export-not-yours')
    const format = visit.given('bentuk') === 'csv' ? 'csv' : 'xlsx'
    let bytes = new Uint8Array()
    await writeExport(deskOf(visit), one.id, format, new Date(), async (written) => {
      bytes = new Uint8Array(written)
    })
    const mime = format === 'csv' ? 'text/csv; charset=utf-8' : workbookType
    return { file: { name: nameExportFile(one, format), mime, bytes } }
  })

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Does something with the list that the path names, if it is the visitor's to see. */
async function doing(visit: Visit, work: (one: Export) => Promise<Answer>): Promise<Answer> {
  const id = Number(visit.part('id'))
  const isNumber = Number.isSafeInteger(id) && id > 0
  const one = isNumber ? await findExport(visit.ground.db.pool, id) : undefined
  return one && isSeen(visit, one) ? refusing(visit, () => work(one)) : undefined
}

async function refusing(visit: Visit, work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ExportRefused)) throw error
    return sayRefusal(visit, `export-${error.refusal}`)
  }
}

function sayRefusal({ say }: Visit, id: string): Answer {
  const body = html`<p class="wrong" role="alert">${say(id)}</p>
<p><a class="button" href="/kantor/masuk-keluar">${say('in-out-back')}</a></p>`
  return { title: say('in-out'), body, status: 422 }
}
