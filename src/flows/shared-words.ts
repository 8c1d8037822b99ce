// Reads what every flow shares: global words, clear yes and no, and what the branch says of itself.
import { foldWhole } from '../core/answers/normalise.ts'
import type { Branch } from '../core/book.ts'
import { globalWords } from '../core/turn/globals.ts'
import { entriesOf, textOf, textsOf } from './entries.ts'
import { type Files, splitLanguage } from './files.ts'
import type { Problems } from './problems.ts'
import type { Entry, Raw } from './yaml.ts'

/** What stands below one head word of a file. */
export function sectionRaw(files: Files, name: string, head: string): Raw | undefined {
  const file = files.get(name)
  if (!file) return undefined
  return entriesOf(file.raw, file.problems).find((entry) => entry.key === head)?.value
}

/** The entries below one head word of a file. */
export function sectionOf(files: Files, name: string, head: string): Entry[] {
  const file = files.get(name)
  const raw = sectionRaw(files, name, head)
  return file && raw ? entriesOf(raw, file.problems) : []
}

/** Names of a shared file and of its translations. */
function inEveryLanguage(files: Files, name: string): string[] {
  return [...files.keys()].filter((one) => (splitLanguage(one)?.file ?? one) === name)
}

/** Global words by the whole messages that mean them, in every language. */
export function readUnderstood(files: Files): Map<string, string> {
  const globals = new Map<string, string>()
  for (const name of inEveryLanguage(files, 'phrases')) {
    const problems = files.get(name)?.problems
    for (const entry of problems ? sectionOf(files, name, 'understood') : []) {
      if (!problems) continue
      if (!globalWords.includes(entry.key)) {
        const known = globalWords.join(', ')
        problems.at(entry.line, `"${entry.key}" bukan kata umum yang dikenal (${known})`)
      }
      for (const { text, line } of textsOf(entry, problems)) {
        const other = globals.get(foldWhole(text))
        if (other && other !== entry.key) {
          problems.at(line, `"${text}" sudah berarti ${other.toUpperCase()}`)
        }
        globals.set(foldWhole(text), entry.key)
      }
    }
  }
  return globals
}

/** Whole messages that are a clear yes or no, in every language; none may be both. */
export function readClear(files: Files): { yes: Set<string>; no: Set<string> } {
  const clear = { yes: new Set<string>(), no: new Set<string>() }
  for (const name of inEveryLanguage(files, 'understood')) {
    const file = files.get(name)
    if (!file) continue
    for (const entry of entriesOf(file.raw, file.problems)) {
      const { key } = entry
      if (key !== 'yes' && key !== 'no') {
        file.problems.at(entry.line, `kata "${key}" tidak dikenal; pilih yes atau no`)
        continue
      }
      for (const { text, line } of textsOf(entry, file.problems)) {
        const words = foldWhole(text)
        if (clear[key === 'yes' ? 'no' : 'yes'].has(words)) {
          file.problems.at(line, `"${text}" tidak boleh berarti ya dan tidak`)
        }
        clear[key].add(words)
      }
    }
  }
  return clear
}

/** What the branch says about itself; empty where it says nothing. */
export function readBranch(files: Files): Branch {
  const branch: Branch = { operator: '', contacts: [], zone: 'Asia/Makassar' }
  const file = files.get('branch')
  if (!file) return branch
  for (const entry of entriesOf(file.raw, file.problems)) {
    const { key, line } = entry
    if (key === 'contacts') {
      branch.contacts = contactLines(entry, file.problems)
    } else if (key === 'operator') branch.operator = textOf(entry, file.problems)
    else if (key === 'zone') branch.zone = textOf(entry, file.problems)
    else file.problems.at(line, `kata "${key}" tidak dikenal; pilih operator, contacts atau zone`)
    if (key === 'zone' && !zones.includes(branch.zone)) {
      file.problems.at(line, `zona "${branch.zone}" tidak dikenal; pilih ${zones.join(', ')}`)
    }
  }
  return branch
}

/** One line each, as a list or written below each other: an address is full of commas. */
function contactLines(entry: Entry, problems: Problems): string[] {
  if (entry.value.is !== 'text') return textsOf(entry, problems).map(({ text }) => text)
  return entry.value.text.split('\n').filter(Boolean)
}

/** Indonesia's clocks. */
const zones = ['Asia/Jakarta', 'Asia/Pontianak', 'Asia/Makassar', 'Asia/Jayapura']
