// Linking a phone: a code in the terminal and on a page that only its address opens.
import { randomBytes, timingSafeEqual } from 'node:crypto'
import encodeQr from 'qr'
import type { Clock } from './clock.ts'

/** What an officer sees while a phone is linked, and when it is too late for that. */
export type LinkShown =
  | { kind: 'waiting' | 'linked' | 'over' }
  | { kind: 'qr'; svg: string }
  | { kind: 'code'; code: string }

/** What linking needs; the words come from flows. */
export interface LinkOptions {
  /** Shows lines in the terminal. */
  tell(lines: string): void
  words(id: string): string
  /** Where the page is, for a given token; undefined when this process shows no pages. */
  pageOf(token: string): string | undefined
  clock: Clock
}

/** The time in which a phone may be linked. */
export interface Link {
  qr(code: string): void
  code(code: string): void
  linked(): void
  /** Begins the time anew: the keys are gone and there may be a new phone. */
  renew(): void
  /** Too late: nobody looks at a code any more. */
  isOver(): boolean
  /** The token of the page on which a phone may be linked now; undefined when none may. */
  token(): string | undefined
  /** What the page of this token shows; undefined when it is no token. */
  find(token: string): LinkShown | undefined
}

/** How long a phone may be linked after it was offered. */
const openMs = 15 * 60_000

interface Window {
  token: string
  openedAt: number
  shown: LinkShown
}

/** Makes a link; its time runs from the first code. */
export function createLink({ tell, words, pageOf, clock }: LinkOptions): Link {
  let window: Window | undefined
  const isOpen = () => window !== undefined && clock.now() - window.openedAt < openMs

  function show(shown: LinkShown, lines: string[]): void {
    if (!window) {
      window = { token: randomBytes(18).toString('base64url'), openedAt: clock.now(), shown }
      const page = pageOf(window.token)
      if (page) lines.push(`${words('web-link-page')} ${page}`)
    }
    if (!isOpen()) return
    window.shown = shown
    tell(lines.join('\n'))
  }
  return {
    qr: (code) => {
      const svg = encodeQr(code, 'svg', { ecc: 'low', border: 4 })
      const drawn = encodeQr(code, 'ascii', { ecc: 'low', border: 2 })
      show({ kind: 'qr', svg }, [words('web-link-scan'), drawn])
    },
    code: (code) => {
      const halves = code.replace(/^(.{4})(.{4})$/, '$1-$2')
      show({ kind: 'code', code: halves }, [words('web-link-type'), halves])
    },
    linked: () => {
      if (!window || window.shown.kind === 'linked') return
      window.shown = { kind: 'linked' }
      tell(words('web-link-done'))
    },
    renew: () => {
      window = undefined
    },
    isOver: () => window !== undefined && !isOpen(),
    token: () => (isOpen() ? window?.token : undefined),
    find: (token) => {
      if (!window || !isSame(token, window.token)) return undefined
      return isOpen() || window.shown.kind === 'linked' ? window.shown : { kind: 'over' }
    },
  }
}

function isSame(given: string, token: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(token)]
  return one.length === other.length && timingSafeEqual(one, other)
}
