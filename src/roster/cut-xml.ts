// Cuts a long XML text, as it comes in, into the elements of one name and what stands between them.
import { RosterRefused } from './refused.ts'

/** An element with all that is in it, or the text between two of them. */
export interface Piece {
  isElement: boolean
  text: string
}

/** Cuts text that comes in pieces. */
export interface Cutter {
  /** What is complete by now. */
  take(text: string): Piece[]
  /** What is left at the end. */
  end(): Piece[]
  /** The prefix of every tag, `x:` or nothing; known with the first piece. */
  readonly prefix: string
}

const PREFIX = /<(\w{1,20}:)?(?:worksheet|sst)[\s>]/

/** A cutter for elements called `name` (never one inside another) of at most so many characters. */
export function createCutter(name: string, maxLength: number): Cutter {
  let prefix: string | undefined
  let held = ''

  function take(text: string): Piece[] {
    held += text
    prefix ??= PREFIX.exec(held)?.[1] ?? (PREFIX.test(held) ? '' : undefined)
    if (prefix === undefined && held.length < maxLength) return []
    const { pieces, rest } = cut(held, (prefix ?? '') + name)
    held = rest
    if (held.length > maxLength) throw new RosterRefused('unsafe')
    return pieces
  }

  return {
    take,
    end: () => (held ? [{ isElement: false, text: held }] : []),
    get prefix() {
      return prefix ?? ''
    },
  }
}

function cut(text: string, name: string): { pieces: Piece[]; rest: string } {
  const pieces: Piece[] = []
  const close = `</${name}>`
  let from = 0
  let at = findOpening(text, name, 0)
  while (at >= 0) {
    const tagEnd = text.indexOf('>', at)
    if (tagEnd < 0) break
    const isWhole = text.charCodeAt(tagEnd - 1) === SLASH
    const closeAt = isWhole ? tagEnd : text.indexOf(close, tagEnd)
    if (closeAt < 0) break
    const to = isWhole ? tagEnd + 1 : closeAt + close.length
    if (at > from) pieces.push({ isElement: false, text: text.slice(from, at) })
    pieces.push({ isElement: true, text: text.slice(at, to) })
    from = to
    at = findOpening(text, name, to)
  }
  // Without an opening tag only the last few characters may still become one.
  const kept = at >= 0 ? at : Math.max(from, text.length - name.length - 2)
  if (kept > from) pieces.push({ isElement: false, text: text.slice(from, kept) })
  return { pieces, rest: text.slice(kept) }
}

const SLASH = 0x2f

/** The next `<name` that is not the beginning of a longer name. */
function findOpening(text: string, name: string, from: number): number {
  const open = `<${name}`
  let at = text.indexOf(open, from)
  while (at >= 0 && !isNameEnd(text.charCodeAt(at + open.length))) {
    at = text.indexOf(open, at + open.length)
  }
  return at
}

/** A space, a tab, a line end, `/` or `>`. */
export function isNameEnd(code: number): boolean {
  return code === 0x20 || code === SLASH || code === 0x3e || (code >= 0x09 && code <= 0x0d)
}
