// Where a request came from, for limits only.
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

/**
 * Where a request came from, for limits only. Behind a proxy (`isProxied`) the last entry of
 * X-Forwarded-For is the one the proxy wrote. IPv6 by its /64: a home has one, not one address.
 */
export function originOf(c: Context, isProxied: boolean): string {
  const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim()
  const ip = (isProxied && forwarded) || getConnInfo(c).remote.address || ''
  return ip.includes(':') && !ip.includes('.') ? ip.split(':').slice(0, 4).join(':') : ip
}
