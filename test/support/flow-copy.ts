// A copy of the real flows that a test may spoil.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { inject } from 'vitest'
import { type FlowBook, readFlows } from '../../src/flows/index.ts'
import { FlowsRefused } from '../../src/flows/problems.ts'
import { readOnce } from './read-once.ts'

/** Files of a copy, by path below flows/: their new text; undefined where one is taken away. */
export type Changed = Record<string, string | undefined>

let copy: string | undefined

/** The one copy of this process; whoever spoils a file in it puts it right again. */
function openCopy(): string {
  if (copy) return copy
  const dir = mkdtempSync(join(inject('scratchDir'), 'flows-'))
  cpSync('flows', dir, { recursive: true })
  copy = dir
  return dir
}

/** Copies flows/, changes files in it and does something with the folder. */
function withFlowCopy<T>(changed: Changed, use: (dir: string) => T): T {
  const dir = openCopy()
  try {
    for (const [path, text] of Object.entries(changed)) {
      if (text === undefined) rmSync(join(dir, path))
      else {
        mkdirSync(dirname(join(dir, path)), { recursive: true })
        writeFileSync(join(dir, path), text)
      }
    }
    return use(dir)
  } finally {
    for (const path of Object.keys(changed)) putRight(dir, path)
  }
}

/** What is no file of the real flows goes, and with it the folders that were made for it. */
function putRight(dir: string, path: string): void {
  const original = join('flows', path)
  if (existsSync(original)) {
    cpSync(original, join(dir, path))
    return
  }
  let gone = path
  while (dirname(gone) !== '.' && !existsSync(join('flows', dirname(gone)))) gone = dirname(gone)
  rmSync(join(dir, gone), { recursive: true, force: true })
}

/** The real flows with some files changed. */
export function readChanged(changed: Changed): FlowBook {
  return withFlowCopy(changed, (dir) => readFlows(dir, readOnce))
}

/** The sentences with which changed flows are refused; none when they are taken. */
export function problemsOf(changed: Changed): string[] {
  try {
    readChanged(changed)
    return []
  } catch (error) {
    if (error instanceof FlowsRefused) return error.problems
    throw error
  }
}

/** The text of a real file. */
export function flowFile(path: string): string {
  return readFileSync(join('flows', path), 'utf8')
}
