// A copy of the real flows that a test may spoil.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type FlowBook, readFlows } from '../../src/flows/index.ts'
import { FlowsRefused } from '../../src/flows/problems.ts'

/** Files of a copy, by path below flows/: their new text; undefined where one is taken away. */
export type Changed = Record<string, string | undefined>

/** Copies flows/ (without the figures), changes files in it and does something with the folder. */
export function withFlowCopy<T>(changed: Changed, use: (dir: string) => T): T {
  const dir = mkdtempSync(join(tmpdir(), 'sapa-desa-flows-'))
  try {
    cpSync('flows', dir, { recursive: true })
    for (const [path, text] of Object.entries(changed)) {
      if (text === undefined) rmSync(join(dir, path))
      else {
        mkdirSync(dirname(join(dir, path)), { recursive: true })
        writeFileSync(join(dir, path), text)
      }
    }
    return use(dir)
  } finally {
    rmSync(dir, { recursive: true })
  }
}

/** The real flows with some files changed. */
export function readChanged(changed: Changed): FlowBook {
  return withFlowCopy(changed, readFlows)
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
