// Makes the picture of an area: its villages and people, as counted when it is sent.
import { createClock } from '../clock.ts'
import type { DocumentGround } from '../documents.ts'
import { drawOverview } from '../picture/overview.ts'
import { renderPng } from '../picture/render.ts'
import { sayOverview } from '../picture/say.ts'
import { readOverviewOf } from '../registry/overview.ts'

/** The picture as PNG; `id` is the codes of the area and a language, with blanks between. */
export async function makeAreaPicture({ config, db, book }: DocumentGround, id: string) {
  const parts = id.split(' ')
  const language = parts.pop() ?? ''
  const area = parts.join(' ')
  const overview = await readOverviewOf(db.pool, area)
  const on = createClock(book.branch.zone, config.RATES_ON).today()
  return renderPng(drawOverview(sayOverview(book, language, { area, on, overview })))
}
