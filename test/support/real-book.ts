// The real flows, figures and villages as the program reads them: once a process, for every test.
import type { Village } from '../../src/core/place.ts'
import { readVillages } from '../../src/place-list.ts'
import { readBook } from '../../src/program.ts'

let villages: Village[] | undefined
let book: ReturnType<typeof readBook> | undefined

/** Every village of the official list; nobody may change it. */
export function realVillages(): Village[] {
  villages ??= readVillages()
  return villages
}

/** The whole book in the name of this operator, or of nobody; nobody may change what is in it. */
export function realBook(operator?: string): ReturnType<typeof readBook> {
  book ??= readBook({ OPERATOR: undefined }, realVillages())
  return operator === undefined ? book : { ...book, branch: { ...book.branch, operator } }
}
