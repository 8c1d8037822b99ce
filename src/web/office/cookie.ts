// What a browser keeps of being signed in, and the key of forms that follows from it.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'

/** With the prefix a browser refuses to let any other host or plain HTTP write it. */
const nameOf = (isHttps: boolean) => (isHttps ? '__Host-kantor' : 'kantor')

/** The token of the browser; empty where it has none. */
export function readToken(c: Context, isHttps: boolean): string {
  return getCookie(c, nameOf(isHttps)) ?? ''
}

/** Has the browser keep the token until it is closed; it is sent to nobody else. */
export function keepToken(c: Context, token: string, isHttps: boolean) {
  const shape = { path: '/', httpOnly: true, sameSite: 'Strict', secure: isHttps } as const
  setCookie(c, nameOf(isHttps), token, shape)
}

/** The key that forms of this browser carry: worth nothing for any other. */
export function formKeyOf(token: string): string {
  return createHmac('sha256', token).update('form').digest('base64url')
}

/** Whether a form carries the key of this browser. */
export function isFormKey(given: string, token: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(formKeyOf(token))]
  return one.length === other.length && timingSafeEqual(one, other)
}

/**
 * Whether a form was sent from a page of this very site. Browsers say so in one of two headers;
 * whatever sends neither is no browser.
 */
export function isFromHere(c: Context): boolean {
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin'
  const origin = c.req.header('origin') ?? ''
  return URL.canParse(origin) && new URL(origin).host === c.req.header('host')
}
