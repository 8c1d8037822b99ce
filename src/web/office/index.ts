// The workplace: each row of the table of routes behind the same guard, in the same order.
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { sayPhrase } from '../../core/phrase.ts'
import { confirmPin, findOfficer, type Officer } from '../../registry/office-sessions.ts'
import { createFlood, type Flood } from '../flood.ts'
import { html } from '../html.ts'
import { formKeyOf, isFormKey, isFromHere, readToken } from './cookie.ts'
import { framedPage } from './layout.ts'
import { askPin } from './pin.ts'
import { routes } from './routes.ts'
import { addSignIn, showEnd } from './sign-in.ts'
import type { Answer, OfficeGround, Route, SayOffice, Visit } from './visit.ts'

/** Somebody with the keyboard goes through three pages a second at most, for a while. */
const limit = { burst: 120, perSecond: 3 }

/** A form with words in it; files have a limit of their own. */
const maxFormBytes = 64 * 1024

interface Guard {
  ground: OfficeGround
  say: SayOffice
  isHttps: boolean
  flood: Flood
}

/** The part of the site below `/kantor`. */
export function officeApp(ground: OfficeGround, table: readonly Route[] = routes): Hono {
  const { book, config } = ground
  const app = new Hono()
  const guard: Guard = {
    ground,
    say: (id, fills = {}) =>
      sayPhrase(book, 'id', id, { operator: book.branch.operator, ...fills }).trim(),
    isHttps: config.PUBLIC_URL?.startsWith('https:') ?? false,
    flood: createFlood(limit),
  }
  addSignIn(app, ground, guard.say, guard.isHttps)
  for (const route of table) {
    const maxSize = route.maxBytes ?? maxFormBytes
    const path = route.path === '/' ? '' : route.path
    app.on(route.method, path || '/', bodyLimit({ maxSize }), (c) => serve(c, guard, route, table))
  }
  app.all('*', async (c) => {
    const officer = await officerOf(c, guard)
    return officer
      ? showEnd(c, guard.say, 404, 'office-nothing-here')
      : showEnd(c, guard.say, 401, 'office-not-in')
  })
  return app
}

function officerOf(c: Context, { ground, isHttps }: Guard): Promise<Officer | undefined> {
  const token = readToken(c, isHttps)
  return token ? findOfficer(ground.db.pool, ground.seal, token) : Promise.resolve(undefined)
}

/** Session, pace, role, where the form comes from, PIN: only then the page itself. */
async function serve(c: Context, guard: Guard, route: Route, table: readonly Route[]) {
  const { say, isHttps, flood } = guard
  const officer = await officerOf(c, guard)
  if (!officer) return showEnd(c, say, 401, 'office-not-in')
  if (flood(String(officer.sessionId)) > 0) return showEnd(c, say, 429, 'office-too-many')
  if (!route.roles.includes(officer.role)) return showEnd(c, say, 404, 'office-nothing-here')
  const form = route.method === 'post' ? await c.req.parseBody() : {}
  const visit = visitOf(c, guard, officer, form)
  if (route.method === 'post') {
    const isOurs = isFromHere(c) && isFormKey(visit.given('kunci'), readToken(c, isHttps))
    if (!isOurs) return showEnd(c, say, 403, 'office-form-stale')
    const asking = route.needsPin && (await checkFresh(visit, form))
    if (asking) return give(visit, asking, table)
  }
  return give(visit, await route.page(visit), table)
}

type Form = Record<string, string | File>

function visitOf(c: Context, guard: Guard, officer: Officer, form: Form): Visit {
  const field = (name: string) => (Object.hasOwn(form, name) ? form[name] : undefined)
  return {
    ...{ c, officer, ground: guard.ground, say: guard.say, actor: `post:${officer.postId}` },
    part: (name) => c.req.param(name) ?? '',
    asked: (name) => c.req.query(name) ?? '',
    given: (name) => {
      const value = field(name)
      return typeof value === 'string' ? value : ''
    },
    givenFile: (name) => {
      const value = field(name)
      return value instanceof File ? value : undefined
    },
    formKey: formKeyOf(readToken(c, guard.isHttps)),
  }
}

/** The page that asks for the PIN, with all that the form said; undefined once it was right. */
async function checkFresh(visit: Visit, form: Form): Promise<Answer> {
  const { officer, ground } = visit
  if (officer.isPinFresh) return undefined
  const pin = visit.given('pin')
  if (!/^\d{1,12}$/.test(pin)) return askPin(visit, form, undefined)
  const found = await ground.db.transaction((tx) => confirmPin(tx, ground.seal, officer, pin))
  return found === 'right' ? undefined : askPin(visit, form, found)
}

async function give(visit: Visit, answer: Answer, table: readonly Route[]): Promise<Response> {
  const { c, say } = visit
  c.header('Cache-Control', 'no-store')
  if (!answer) {
    const nothing = html`<p>${say('office-nothing-here')}</p>`
    const page = await framedPage(visit, table, say('office-nothing-title'), nothing)
    return c.html(page.text, 404)
  }
  if ('response' in answer) return answer.response
  if ('to' in answer) {
    const mark = answer.to.includes('?') ? '&' : '?'
    return c.redirect(`/kantor${answer.to}${answer.told ? `${mark}kabar=${answer.told}` : ''}`, 303)
  }
  if ('file' in answer) {
    const { name, mime, bytes } = answer.file
    c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
    return c.body(new Uint8Array(bytes), 200, { 'Content-Type': mime })
  }
  const page = await framedPage(visit, table, answer.title, answer.body)
  return c.html(page.text, answer.status ?? 200)
}
