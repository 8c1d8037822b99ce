// Tells the rows of people from everything else that stands in a list.
import { cellText, type SheetRow } from './cell.ts'
import type { Field } from './fields.ts'
import type { Layout } from './layout.ts'
import { headingKey, type RosterWords, saysNothing, wordKey } from './roster-words.ts'

/** What a row is. A vacant post is told to the person; the others are nothing to be told. */
export type RowKind = 'person' | 'vacant' | 'not-a-person'

/** Fewer values than this, without a name or a NIK, are a total or a signature. */
const LEAST_VALUES = 2
/** `JUMLAH` and a sum; more values are a person, whatever the first of them says. */
const MOST_IN_TOTAL = 2

/** A judge of the rows of one list, in their order. */
export function createRowKinds(layout: Layout, words: RosterWords): (row: SheetRow) => RowKind {
  let isFooter = false

  function text(row: SheetRow, field: Field): string {
    for (const column of layout.columns.get(field) ?? []) {
      const said = cellText(row.cells[column])
      if (!saysNothing(said, words)) return said
    }
    return ''
  }

  function countValues(row: SheetRow): number {
    const told = [...layout.columns.keys()].filter((one) => one !== 'ignored' && one !== 'verdict')
    return told.filter((field) => text(row, field)).length
  }

  return (row) => {
    if (isNumbering(row) || isHeadingAgain(row, layout)) return 'not-a-person'
    const name = text(row, 'name')
    if (words.examples.has(wordKey(name))) return 'not-a-person'
    const values = countValues(row)
    const nik = text(row, 'nik')
    const isTotal = !nik && values <= MOST_IN_TOTAL && startsNoPerson(row, words)
    isFooter ||= isTotal
    // Below `Mengetahui` stand a title and a name, each alone in its row.
    if (isFooter && (values < LEAST_VALUES || isTotal)) return 'not-a-person'
    if (words.vacant.has(wordKey(name)) && !nik) return 'vacant'
    if (name || nik) return 'person'
    if (text(row, 'post')) return 'vacant'
    return values < LEAST_VALUES ? 'not-a-person' : 'person'
  }
}

/** `1 2 3 4 …` or `(1) (2) (3) …` under the headings of official books, however they were moved. */
function isNumbering({ cells }: SheetRow): boolean {
  const said = cells.map((cell) => cellText(cell)).filter(Boolean)
  const numbers = said.map((text) => Number(/^\(?(\d{1,2})[.)]?$/.exec(text)?.[1] ?? Number.NaN))
  const sorted = [...numbers].sort((one, other) => one - other)
  return (
    sorted.length > 2 &&
    sorted.every((number, at) => at === 0 || number === (sorted[at - 1] ?? 0) + 1)
  )
}

/** The headings are printed again at the top of each page. */
function isHeadingAgain({ cells }: SheetRow, { columns, headings }: Layout): boolean {
  const [first = 0] = columns.get('name') ?? columns.get('nik') ?? []
  if (headingKey(cellText(cells[first])) !== headings.get(first)) return false
  const same = [...headings].filter(([column, key]) => headingKey(cellText(cells[column])) === key)
  return same.length >= LEAST_VALUES && same.length * 2 > headings.size
}

/** Whether the first words of the row are those of a total or a signature. */
function startsNoPerson({ cells }: SheetRow, words: RosterWords): boolean {
  const first = cells.find((cell) => typeof cell === 'string' && wordKey(cell) !== '')
  const key = wordKey(cellText(first))
  return words.notPeople.has(key) || words.notPeople.has(key.split(' ')[0] ?? '')
}
