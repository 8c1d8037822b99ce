// Finds which columns of a sheet hold what, by the headings of one of its rows.
import { cellText, type SheetRow } from './cell.ts'
import { headingKey } from './roster-words.ts'

/** Rows at the top of a sheet that may hold the headings. */
export const headingRows = 15

/** Which column holds which field by these headings; where two would, the first. */
export function findColumns<Field>(
  row: SheetRow,
  headings: ReadonlyMap<string, Field>,
): Map<Field, number> {
  const columns = new Map<Field, number>()
  for (const [column, cell] of row.cells.entries()) {
    const heading = cellText(cell)
    const field =
      headings.get(headingKey(heading)) ??
      headings.get(headingKey(heading.replace(/[([{].*?[)\]}]/g, ' ')))
    if (field && !columns.has(field)) columns.set(field, column)
  }
  return columns
}
