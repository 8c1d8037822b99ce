// Reads one row of answers: about whom, what was decided, with which number or for which reason.

import { codeReader } from '../answers/code.ts'
import { isKpj } from '../kpj.ts'
import { type Cell, cellText, type SheetRow } from '../roster/cell.ts'
import { findColumns } from '../roster/find-columns.ts'
import { readNikCell } from '../roster/nik-cell.ts'
import { wordKey } from '../roster/roster-words.ts'
import { type ExportRow, readExportRow } from './export-row.ts'
import type { AnswerField, MemberWords, Result, UnreadableAnswer } from './member-words.ts'

/** Which column holds which field. */
export type AnswerColumns = ReadonlyMap<AnswerField, number>

/** An answer as its row says it. Of `row`, `receipt` and `nik` at least one is there. */
export interface Answer {
  row?: ExportRow
  /** As it is kept, without SD and dashes. */
  receipt: string
  nik: string
  result: Result
  /** Only where somebody is registered. */
  kpj: string
  /** What the portal says of why not, as it is written there. */
  reason: string
}

/** What all rows of a file are read by. */
export interface AnswerReading {
  columns: AnswerColumns
  words: MemberWords
  isTyped: boolean
  /** The day of the import. */
  on: string
}

/** The columns that this row names, when it is a row of headings: it says of whom, and what. */
export function findAnswerColumns(
  row: SheetRow,
  { headings }: MemberWords,
): AnswerColumns | undefined {
  const columns = findColumns(row, headings)
  const saysOfWhom = columns.has('nik') || columns.has('row') || columns.has('receipt')
  return saysOfWhom && (columns.has('kpj') || columns.has('result')) ? columns : undefined
}

/** The answer of a row, or why it cannot be read. */
export function readAnswerRow(row: SheetRow, reading: AnswerReading): Answer | UnreadableAnswer {
  const at = (field: AnswerField): Cell | undefined => {
    const column = reading.columns.get(field)
    return column === undefined ? undefined : row.cells[column]
  }
  const whom = readWhom(at('row'), at('receipt'), at('nik'), reading)
  if (typeof whom === 'string') return whom
  const kpj = cellText(at('kpj')).replace(/[\s.-]/g, '')
  if (kpj && !isKpj(kpj)) return 'number-unclear'
  const reason = cellText(at('reason'))
  const result = readResult(cellText(at('result')), kpj, reason, reading.words)
  if (result === 'result-missing' || result === 'result-unclear') return result
  if (result === 'registered' && !kpj) return 'kpj-missing'
  if (result !== 'registered' && kpj) return 'result-unclear'
  return { ...whom, result, kpj, reason }
}

function readWhom(
  rowCell: Cell | undefined,
  receiptCell: Cell | undefined,
  nikCell: Cell | undefined,
  { isTyped, on }: AnswerReading,
): Pick<Answer, 'row' | 'receipt' | 'nik'> | UnreadableAnswer {
  const [rowText, nikText] = [cellText(rowCell), cellText(nikCell)]
  const receiptText = cellText(receiptCell)
  if (!rowText && !receiptText && !nikText) return 'number-missing'
  const row = readExportRow(rowText)
  const code = codeReader.read(receiptText, { on })
  if ((rowText && !row) || (receiptText && code.kind !== 'value')) return 'number-unclear'
  const receipt = code.kind === 'value' ? String(code.value) : ''
  const found = { ...(row && { row }), receipt }
  if (nikCell === undefined || !nikText) return { ...found, nik: '' }
  const { value, reason } = readNikCell(nikCell, { isTyped, on })
  if (value) return { ...found, nik: value }
  if (reason !== 'nik-excel') return 'number-unclear'
  // A NIK that a spreadsheet has cut says nothing against the other numbers.
  return row || receipt ? { ...found, nik: '' } : 'number-excel'
}

/** The result that is written, or that the other cells say where there is no such column. */
function readResult(
  said: string,
  kpj: string,
  reason: string,
  { results }: MemberWords,
): Result | 'result-missing' | 'result-unclear' {
  if (said) return results.get(wordKey(said)) ?? 'result-unclear'
  if (kpj && reason) return results.get(wordKey(reason)) ?? 'result-unclear'
  if (kpj) return 'registered'
  return reason ? 'refused' : 'result-missing'
}
