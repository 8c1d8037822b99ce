// Cuts a long XML text, as it comes in, into the elements of one name and what stands between them.
import { RosterRefused } from './refused.ts'

/** Sees one part of a text, from one place to another; to cut it out would take longer. */
export type Seer = (text: string, from: number, to: number) => void

/** Cuts text that comes in pieces. */
export interface Cutter {
  /** Shows every element that is complete by now, and what stands between them. */
  take(text: string, seeElement: Seer, seeRest?: Seer): void
  /** What is left at the end. */
  end(): string
  /** The prefix of every tag, `x:` or nothing; known with the first element. */
  readonly prefix: string
}

const PREFIX = /<(\w{1,20}:)?(?:worksheet|sst)[\s>]/

/** A cutter for elements called `name` (never one inside another) of at most so many characters. */
export function createCutter(name: string, maxLength: number): Cutter {
  let prefix: string | undefined
  let held = ''

  return {
    take(text, seeElement, seeRest) {
      held += text
      prefix ??= PREFIX.exec(held)?.[1] ?? (PREFIX.test(held) ? '' : undefined)
      if (prefix === undefined && held.length < maxLength) return
      held = cut(held, (prefix ?? '') + name, seeElement, seeRest)
      if (held.length > maxLength) throw new RosterRefused('unsafe')
    },
    end: () => held,
    get prefix() {
      return prefix ?? ''
    },
  }
}

/** Gives the rest, which may go on. */
function cut(text: string, name: string, seeElement: Seer, seeRest: Seer | undefined): string {
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
    if (at > from) seeRest?.(text, from, at)
    seeElement(text, at, to)
    from = to
    at = findOpening(text, name, to)
  }
  // Without an opening tag only the last few characters may still become one.
  const kept = at >= 0 ? at : Math.max(from, text.length - name.length - 2)
  if (kept > from) seeRest?.(text, from, kept)
  return text.slice(kept)
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
