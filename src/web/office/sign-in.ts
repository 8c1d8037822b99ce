// Into the workplace by a link that works once: looking at it shows a button, pressing signs in.
import type { Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { signInMinutes } from '../../core/limits.ts'
import { isSignInLink, signIn } from '../../registry/office-sessions.ts'
import { createFlood } from '../flood.ts'
import { html } from '../html.ts'
import { originOf } from '../origin.ts'
import { isFromHere, keepToken } from './cookie.ts'
import { nameDevice } from './device.ts'
import { barePage } from './layout.ts'
import type { OfficeGround, SayOffice } from './visit.ts'

/** A person opens a link or two; whoever tries links through is stopped. */
const limit = { burst: 20, perSecond: 0.2 }

/** Adds the two pages of a link below `/masuk/`; the office itself asks for nothing else. */
export function addSignIn(app: Hono, ground: OfficeGround, say: SayOffice, isHttps: boolean) {
  const { db, seal } = ground
  const flood = createFlood(limit)
  const isTooMuch = (c: Context) => flood(originOf(c, isHttps)) > 0
  app.get('/masuk/:token', async (c) => {
    if (isTooMuch(c)) return showEnd(c, say, 429, 'office-too-many')
    // Whoever fetches the link for a preview only looks: nothing is used up by it.
    if (!(await isSignInLink(db.pool, seal, c.req.param('token')))) {
      return showEnd(c, say, 410, 'office-link-stale')
    }
    const body = html`<p>${say('office-sign-in-why')}</p>
<form method="post"><button>${say('office-sign-in')}</button></form>
<p class="soft">${say('office-sign-in-once', { minutes: String(signInMinutes) })}</p>`
    return show(c, 200, barePage(say, say('office-sign-in-title'), body).text)
  })
  app.post('/masuk/:token', bodyLimit({ maxSize: 1024 }), async (c) => {
    if (isTooMuch(c)) return showEnd(c, say, 429, 'office-too-many')
    if (!isFromHere(c)) return showEnd(c, say, 403, 'office-form-stale')
    const device = nameDevice(c.req.header('user-agent') ?? '')
    const link = c.req.param('token')
    const token = await db.transaction((tx) => signIn(tx, seal, link, device))
    if (!token) return showEnd(c, say, 410, 'office-link-stale')
    keepToken(c, token, isHttps)
    c.header('Cache-Control', 'no-store')
    return c.redirect('/kantor', 303)
  })
}

/** A page with one sentence, and how to get in. */
export function showEnd(
  c: Context,
  say: SayOffice,
  status: 401 | 403 | 404 | 410 | 429,
  sentence: string,
) {
  const body = html`<p>${say(sentence)}</p>
<p><a href="/kantor">${say('office-again')}</a></p>
<p class="soft">${say('office-how-in')}</p>`
  return show(c, status, barePage(say, say('office-sign-in-title'), body).text)
}

function show(c: Context, status: 200 | 401 | 403 | 404 | 410 | 429, page: string) {
  c.header('Cache-Control', 'no-store')
  return c.html(page, status)
}
