// Makes the picture of an area: its villages and people, as counted when it is sent.
import type { DocumentGround } from '../documents.ts'
import { drawOverview } from '../picture/overview.ts'
import { renderPng } from '../picture/render.ts'
import { sayOverview } from '../picture/say.ts'
import { readOverviewOf } from '../registry/overview.ts'

/** The picture as PNG; `id` is the codes of the area and a language, with blanks between. */
export async function makeAreaPicture({ clock, db, book }: DocumentGround, id: string) {
  const parts = id.split(' ')
  const language = parts.pop() ?? ''
  const area = parts.join(' ')
  const overview = await readOverviewOf(db.pool, area)
  const counted = { area, on: clock.today(), overview }
  return renderPng(drawOverview(sayOverview(book, language, counted)))
}
