// The program's own source, parsed: what the style tests look at.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Node, SourceFile } from 'typescript/unstable/ast'
import { API } from 'typescript/unstable/sync'

/** One file of the project. */
export interface Source {
  /** From the project's root, with slashes, e.g. `src/core/turn.ts`. */
  path: string
  lines: string[]
  tree: SourceFile
}

const root = join(import.meta.dirname, '../..')

/** Every TypeScript file below src/ and test/ that people write. */
export function readSources(): Source[] {
  const api = new API({ cwd: root })
  try {
    const snapshot = api.updateSnapshot({ openProjects: ['tsconfig.json'] })
    const program = snapshot.getProjects()[0]?.program
    if (!program) throw new Error('tsconfig.json opens no project')
    const paths = program.getSourceFileNames().filter((path) => path.startsWith(`${root}/`))
    return paths
      .map((path) => path.slice(root.length + 1))
      .filter((path) => /^(src|test)\/.*\.ts$/.test(path) && !path.includes('/generated/'))
      .flatMap((path) => {
        const tree = program.getSourceFile(join(root, path))
        const lines = readFileSync(join(root, path), 'utf8').split('\n')
        return tree ? [{ path, lines, tree }] : []
      })
  } finally {
    api.close()
  }
}

/** Visits a node and everything below it. */
export function visit(node: Node, see: (node: Node) => void) {
  see(node)
  node.forEachChild((child) => visit(child, see))
}

/** The line, from 1, on which a node begins. */
export function lineOf({ tree }: Source, node: Node): number {
  return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1
}

/** How many lines a node takes. */
export function countLines({ tree }: Source, node: Node): number {
  const { line: last } = tree.getLineAndCharacterOfPosition(node.end)
  return last - tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1
}
