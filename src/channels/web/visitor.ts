// Who is visiting: a random address in a signed cookie.
import { createHmac, randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { getSignedCookie, setSignedCookie } from 'hono/cookie'

const cookieName = 'percakapan'

/** The longest that browsers keep a cookie: 400 days. Every visit begins them again. */
const maxAgeSeconds = 400 * 24 * 60 * 60

/** Knows visitors by their cookie. */
export interface Visitors {
  /** The visitor's address; undefined when no cookie came, or one that was not signed here. */
  find(c: Context): Promise<string | undefined>
  /** Gives the cookie (again), for a new address if none is named. Returns the address. */
  keep(c: Context, address?: string): Promise<string>
}

/** Visitors whose cookies are signed with this key; `isSecure` when pages are reached by https. */
export function createVisitors(key: Buffer, isSecure: boolean): Visitors {
  const prefix = isSecure ? ('host' as const) : undefined
  const shape = { httpOnly: true, sameSite: 'Lax', path: '/', maxAge: maxAgeSeconds } as const
  return {
    async find(c) {
      return (await getSignedCookie(c, new Uint8Array(key), cookieName, prefix)) || undefined
    },
    async keep(c, address = randomBytes(16).toString('base64url')) {
      const secure = isSecure ? ({ secure: true, prefix: 'host' } as const) : {}
      await setSignedCookie(c, cookieName, address, new Uint8Array(key), { ...shape, ...secure })
      return address
    },
  }
}

/** A key for one purpose, from the program's own. */
export function deriveKey(key: string | Uint8Array, purpose: string): Buffer {
  return createHmac('sha256', key).update(`web chat: ${purpose}`).digest()
}
