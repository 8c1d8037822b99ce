// Reads an officer's list of receipts and telephone numbers, whatever stands between them.
import { phoneReader } from '../core/answers/phone.ts'
import { findReceipt } from '../core/text.ts'

/** What a list names, each once, and how many cells are neither. */
export interface NamedList {
  receipts: string[]
  phones: string[]
  unreadable: number
}

/** Reads a text of cells with commas, semicolons, tabs or line ends between them. */
export function readNamedList(text: string, on: string): NamedList {
  const receipts = new Set<string>()
  const phones = new Set<string>()
  let unreadable = 0
  for (const cell of text.split(/[,;\t\r\n]+/).map((one) => one.replace(/^\ufeff|"/g, '').trim())) {
    if (cell === '' || /^[\p{L} .]+$/u.test(cell)) continue
    const receipt = findReceipt(cell)
    const phone = receipt ? undefined : phoneReader.read(cell, { on })
    if (receipt) receipts.add(receipt)
    else if (phone?.kind === 'value') phones.add(String(phone.value))
    else unreadable += 1
  }
  return { receipts: [...receipts], phones: [...phones], unreadable }
}
