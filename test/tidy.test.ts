// The style, as a test: sizes, names, comments, exports, and what words and figures are kept out.
import { basename } from 'node:path'
import {
  isFunctionLikeDeclaration,
  isIdentifier,
  isInterfaceDeclaration,
  isNonNullExpression,
  isNoSubstitutionTemplateLiteral,
  isNumericLiteral,
  isStringLiteral,
  isTemplateHead,
  isTemplateMiddleOrTail,
  isTypeAliasDeclaration,
  type Node,
  SyntaxKind,
} from 'typescript/unstable/ast'
import { describe, expect, it } from 'vitest'
import { readRates } from '../src/rates-file.ts'
import { exportsOf, importsOf } from './support/exports.ts'
import { countLines, lineOf, readSources, type Source, visit } from './support/source.ts'

const sources = readSources()
const product = sources.filter(({ path }) => path.startsWith('src/'))

const maxLines = 300
const maxColumns = 100
const maxFunction = 40
const hardMaxFunction = 70

/** Functions that may take up to the hard limit; a list that may only shrink. */
const longFunctions = [
  'src/channels/telegram/limiter.ts createLimiter',
  'src/channels/telegram/listen.ts createListening',
  'src/channels/web/bell.ts createBell',
  'src/core/place/search.ts prepareSearch',
  'src/embedded/keep.ts keepServer',
  'src/jobs/job.ts openQueues',
  'src/program.ts startParts',
  'src/registry/seal.ts createSeal',
]

/** Exports that only tests use, each with its reason. */
const forTests: Record<string, string> = {
  'src/config.ts ConfigError': 'thrown; main prints its message',
  'src/core/answers/code.ts codeLetters': 'the letters that codeOf takes',
  'src/core/benefit.ts jkpBenefit': 'for wage earners, whom officers will serve',
  'src/core/due-day.ts bpuStatus': 'for officers who look at a late membership',
  'src/core/early-death.ts jkmDeath': 'for claims, which officers reckon',
  'src/core/nik.ts parseNik': 'what nikDiffers stands on',
  'src/core/rates.ts findRow': 'what every look-up stands on',
  'src/core/roster/mapping.ts noMapping': 'for lists that officials send',
  'src/flows/problems.ts FlowsRefused': 'thrown; main prints its message',
  'src/rates-file.ts RatesFileError': 'thrown; main prints its message',
  'src/registry/key-proof.ts WrongKeyError': 'thrown; main prints its message',
  'src/registry/migrate.ts MigrationError': 'thrown; main prints its message',
  'src/registry/whatsapp-auth.ts FencedError': 'for the WhatsApp channels',
  'src/roster/thread.ts createRosterThreads': 'threads with limits of their own',
  'src/settings-table.ts settingsTable': 'the README has the same table',
  'src/talk.ts bubble': 'how the terminal shows a message',
  'src/talk.ts wrap': 'how the terminal shows a message',
}

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
    const long = sources.filter(({ lines }) => lines.length - 1 > maxLines)
    expect(long.map(({ path, lines }) => `${path} ${lines.length - 1}`)).toEqual([])
  })

  it('lines are at most 100 columns', () => {
    // A regular expression cannot be broken.
    const wide = (line: string) =>
      [...line].length > maxColumns && !/^\s*\/.*\/[a-z]*$/.test(line) ? 'is too wide' : undefined
    expect(product.flatMap((source) => linesOf(source, wide))).toEqual([])
  })

  it('functions are at most 40 lines', () => {
    const long = product.flatMap((source) =>
      nodesOf(source, (node) => {
        if (!isFunctionLikeDeclaration(node)) return undefined
        const name = (node as Node & { name?: Node }).name?.getText(source.tree) ?? 'a function'
        const lines = countLines(source, node)
        const isListed = longFunctions.includes(`${source.path} ${name}`)
        const allowed = isListed ? hardMaxFunction : maxFunction
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
      const name = basename(path).replace(/(\.chromium)?(\.test)?(\.d)?\.ts$/, '')
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

describe('words and figures', () => {
  /** Files that speak to officers and to those who run the program, in Indonesian. */
  const speaks =
    /^src\/(main|talk|officer|config|program|check-flows|book)\.ts$|^src\/(flows|embedded|book|officer)\/|^src\/core\/(wording|outreach\/check)\.ts$|^src\/registry\/(secret-key|seal|migrate|key-proof)\.ts$/

  /** Words that hardly any Indonesian sentence does without, and that are no English ones. */
  const indonesian =
    /\b(anda|kami|kita|yang|tidak|belum|sudah|akan|untuk|dengan|dari|dan|atau|silakan|tolong|ketik|maaf|terima kasih)\b/i

  function textsOf(source: Source): Finding[] {
    return nodesOf(source, (node) => {
      const text = (node as Node & { text?: string }).text ?? ''
      const isText =
        isStringLiteral(node) ||
        isNoSubstitutionTemplateLiteral(node) ||
        isTemplateHead(node) ||
        isTemplateMiddleOrTail(node)
      return isText ? text.replaceAll('\n', ' ') : undefined
    })
  }

  it('no sentence that a villager reads stands in the program', () => {
    const readers = /^src\/core\/(answers|place)\//
    const found = product
      .filter(({ path }) => !speaks.test(path) && !readers.test(path))
      .flatMap(textsOf)
      .filter((text) => indonesian.test(text.replace(/^\S+ /, '')) && text.split(' ').length > 3)
    expect(found).toEqual([])
  })

  it('no amount and no percentage is typed into the program', () => {
    const typed = product
      .flatMap(textsOf)
      .filter((text) => /\bRp\.? ?\d|\d ?%|\d ?(persen|rupiah)\b/.test(text.replace(/^\S+ /, '')))
    expect(typed).toEqual([])
    const { figures } = readRates('flows/rates')
    const amounts = new Set(JSON.stringify(figures).match(/(?<=[:[])\d{4,}(?=[,}\]])/g))
    const found = product.flatMap((source) =>
      nodesOf(source, (node) => {
        if (!isNumericLiteral(node)) return undefined
        // A round number is as likely a number of milliseconds.
        const value = node.text.replaceAll('_', '')
        return amounts.has(value) && !/^10+$/.test(value) ? `types ${value}` : undefined
      }),
    )
    expect(found).toEqual([])
    expect(amounts.has('6800')).toBe(true)
  })
})
