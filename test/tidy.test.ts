// The style, as a test: sizes, names, comments, exports, and what words and figures are kept out.
import { basename } from 'node:path'
import {
  isFunctionLikeDeclaration,
  isIdentifier,
  isInterfaceDeclaration,
  isNonNullExpression,
  isTypeAliasDeclaration,
  type Node,
  SyntaxKind,
} from 'typescript/unstable/ast'
import { describe, expect, it } from 'vitest'
import { exportsOf, importsOf } from './support/exports.ts'
import { countLines, lineOf, readSources, type Source, visit } from './support/source.ts'

const sources = readSources()
const product = sources.filter(({ path }) => path.startsWith('src/'))

const maxLines = 300
const maxColumns = 100
const maxFunction = 40

/** Functions that are longer than they should be, with their lines: they may only shrink. */
const longFunctions: Record<string, number> = {}

/** Exports that only tests use, each with its reason. */
const forTests: Record<string, string> = {}

/** What a check found, as `path:line what`. */
type Finding = string

function nodesOf(source: Source, find: (node: Node) => string | undefined): Finding[] {
  const found: Finding[] = []
  visit(source.tree, (node) => {
    const what = find(node)
    if (what) found.push(`${source.path}:${lineOf(source, node)} ${what}`)
  })
  return found
}

function linesOf(source: Source, find: (line: string) => string | undefined): Finding[] {
  return source.lines.flatMap((line, index) => {
    const what = find(line)
    return what ? [`${source.path}:${index + 1} ${what}`] : []
  })
}

it('reads the whole program', () => {
  expect(product.map(({ path }) => path)).toContain('src/core/turn.ts')
  expect(sources.map(({ path }) => path)).toContain('test/tidy.test.ts')
})

describe('sizes', () => {
  it('files are at most 300 lines', () => {
    const long = sources.filter(({ lines }) => lines.length > maxLines + 1)
    expect(long.map(({ path, lines }) => `${path} ${lines.length - 1}`)).toEqual([])
  })

  it('lines are at most 100 columns', () => {
    const wide = (line: string) => ([...line].length > maxColumns ? 'is too wide' : undefined)
    expect(product.flatMap((source) => linesOf(source, wide))).toEqual([])
  })

  it('functions are at most 40 lines', () => {
    const long = product.flatMap((source) =>
      nodesOf(source, (node) => {
        if (!isFunctionLikeDeclaration(node)) return undefined
        const name = (node as Node & { name?: Node }).name?.getText(source.tree) ?? 'a function'
        const lines = countLines(source, node)
        const allowed = longFunctions[`${source.path} ${name}`] ?? maxFunction
        return lines > allowed ? `${name} has ${lines} lines` : undefined
      }),
    )
    expect(long).toEqual([])
  })
})

describe('names', () => {
  it('files are kebab-case and named for what they hold', () => {
    const vague = /(^|-)(utils?|helpers?|services?|common|managers?|misc|base)(-|\.|$)/
    const odd = sources.filter(({ path }) => {
      const name = basename(path).replace(/(\.chromium)?(\.test)?\.ts$/, '')
      return !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) || vague.test(name)
    })
    expect(odd.map(({ path }) => path)).toEqual([])
  })

  it('no export is a Service, Manager, Helper or Utils', () => {
    const vague = /(Service|Manager|Helper|Utils?)s?$/i
    const found = sources.flatMap((source) => exportsOf(source).map(({ name }) => name))
    expect(found.filter((name) => vague.test(name))).toEqual([])
  })
})

describe('comments', () => {
  it('the first line of each file says what it is', () => {
    const silent = sources.filter(({ lines }) => !/^\/\/ \S.{10,}/.test(lines[0] ?? ''))
    expect(silent.map(({ path }) => path)).toEqual([])
  })

  it('every export has a sentence that says what it promises', () => {
    const bare = product.flatMap((source) =>
      exportsOf(source)
        .filter(({ node }) => !isDocumented(source, node))
        .map(({ name, node }) => `${source.path}:${lineOf(source, node)} ${name}`),
    )
    expect(bare).toEqual([])
  })

  it('nothing is put off or switched off', () => {
    const off = new RegExp(
      ['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X\\b', '@ts-' + 'ignore', 'biome-' + 'ignore'].join('|'),
    )
    const skipped = /\b(it|test|describe)\.(only|skip|todo)\(/
    const found = sources.flatMap((source) =>
      linesOf(source, (line) => off.exec(line)?.[0] ?? skipped.exec(line)?.[0]),
    )
    expect(found).toEqual([])
  })
})

function isDocumented({ tree }: Source, node: Node): boolean {
  const before = tree.text.slice(node.pos, node.getStart(tree))
  return /\/\*\*\s*(\*\s*)?\S(?:.|\n)*?\*\/\s*$/.test(before)
}

describe('types', () => {
  it('nothing is any, and nothing is said to be there with !', () => {
    const found = sources.flatMap((source) =>
      nodesOf(source, (node) => {
        if (node.kind === SyntaxKind.AnyKeyword) return 'any'
        return isNonNullExpression(node) ? '!' : undefined
      }),
    )
    expect(found).toEqual([])
  })
})

/** A type in the signature of another export belongs to it, whoever imports it. */
function isType(node: Node): boolean {
  return isInterfaceDeclaration(node) || isTypeAliasDeclaration(node)
}

function countNames(source: Source, name: string): number {
  return nodesOf(source, (node) => (isIdentifier(node) && node.text === name ? name : undefined))
    .length
}

describe('exports', () => {
  const imports = sources.flatMap(importsOf)

  function isUsed(path: string, name: string, from: RegExp): boolean {
    return imports.some(
      (one) =>
        one.path === path &&
        from.test(one.from) &&
        (one.names.includes(name) || one.names.includes('*')),
    )
  }

  it('each is used by another file of the program', () => {
    const dead = product.flatMap((source) =>
      exportsOf(source)
        .filter(({ name }) => !isUsed(source.path, name, /^src\//))
        .filter(({ name, node }) => !isType(node) || countNames(source, name) < 2)
        .map(({ name }) => `${source.path} ${name}`)
        .filter((name) => !(name in forTests)),
    )
    expect(dead).toEqual([])
  })

  it('each that only tests use is still there and still needed', () => {
    const listed = Object.keys(forTests).filter((entry) => {
      const [path = '', name = ''] = entry.split(' ')
      return isUsed(path, name, /^test\//) && !isUsed(path, name, /^src\//)
    })
    expect(listed).toEqual(Object.keys(forTests))
  })
})
