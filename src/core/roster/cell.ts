// What a cell of somebody's list holds, as far as the file itself says.

/** A cell as it was kept: text as typed, or something that the spreadsheet knows to be no text. */
export type Cell =
  | string
  /** `text` is the number as the file writes it: `6303051203850001` or `6.30305E+15`. */
  | { is: 'number'; text: string }
  /** A day of the calendar, `YYYY-MM-DD`. */
  | { is: 'date'; on: string }
  /** A formula that failed, such as `#REF!`. */
  | { is: 'error'; text: string }

/** One row that holds something. */
export interface SheetRow {
  /** Its number as the person sees it, from 1. */
  at: number
  cells: Cell[]
  /** The person has hidden it, perhaps by a filter. */
  isHidden?: boolean
}

/** Some rows of one sheet, in order; a CSV file is one sheet. */
export interface SheetRows {
  /** Number of the sheet in its file, from 0, hidden ones counted. */
  sheet: number
  name: string
  /** Whether the file tells text from numbers. A CSV file does not. */
  isTyped: boolean
  rows: SheetRow[]
}

/** The cell's words; a date as `YYYY-MM-DD`; nothing for an error. */
export function cellText(cell: Cell | undefined): string {
  if (cell === undefined) return ''
  if (typeof cell === 'string') return cell.trim()
  if (cell.is === 'date') return cell.on
  return cell.is === 'number' ? cell.text : ''
}

/** Whether there is nothing in it. */
export function isBlank(cell: Cell | undefined): boolean {
  return cell === undefined || (typeof cell === 'string' && cell.trim() === '')
}
