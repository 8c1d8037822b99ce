// The workplace over real HTTP on real rows, and officers with browsers of their own.
import { createHash, randomBytes } from 'node:crypto'
import { Registry } from 'prom-client'
import { createClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import type { Role } from '../../src/core/roles.ts'
import type { Database } from '../../src/registry/database.ts'
import { makeSignInLink } from '../../src/registry/office-sessions.ts'
import { html } from '../../src/web/html.ts'
import { officeApp } from '../../src/web/office/index.ts'
import type { Machine, OfficeGround, Route } from '../../src/web/office/visit.ts'
import { createServer } from '../../src/web/server.ts'
import { type openStage, seal } from '../registry/stage.ts'
import { makeOfficial } from './officials.ts'

type Stage = Pick<Awaited<ReturnType<typeof openStage>>, 'db' | 'book' | 'seal'>

/** Areas of branch officers: the regencies of the villages in `homes`. */
export const areas = { own: '63.03', other: '63.02' } as const

/** A program whose queues are empty and in which no phone can be linked. */
const quietMachine: Machine = {
  states: async () => [],
  retry: async () => 0,
  linkPage: () => undefined,
  readingCopy: (flow) => html`<p>${flow}</p>`,
  wholeBook: () => '<!doctype html><title>Buku</title>',
  meaningOf: (blank) => blank,
  shownOn: (_, { text, choices = [] }) => ({
    messages: [{ text, choices: choices.map(({ label }) => label), hasFile: false }],
  }),
  ended: new AbortController().signal,
}

/** Starts the workplace on a free port; `errors` are the requests that failed. */
export async function startOffice(
  stage: Stage,
  {
    routes,
    publicUrl = '',
    machine = {},
    channels = new Map(),
  }: {
    routes?: readonly Route[]
    publicUrl?: string
    machine?: Partial<Machine>
    channels?: OfficeGround['channels']
  } = {},
) {
  const clock = {
    today: createClock(stage.book.branch.zone).today,
    now: () => ({ on: '2026-12-09', second: Math.floor(Date.now() / 1000), id: '7K3M292QXA' }),
  }
  const ending = new AbortController()
  const ground = {
    ...{
      config: readConfig({ PUBLIC_URL: publicUrl }),
      clock,
      channels,
      ring: () => undefined,
      machine: { ...quietMachine, ended: ending.signal, ...machine },
    },
    ...{ db: stage.db, seal: stage.seal, book: stage.book },
  } as unknown as OfficeGround
  const errors: unknown[] = []
  const server = createServer({
    ...{ port: 0, host: '127.0.0.1', metrics: new Registry(), title: 'Sapa Desa' },
    apps: [{ path: '/kantor', app: routes ? officeApp(ground, routes) : officeApp(ground) }],
    ready: async () => ({ isReady: true, states: {} }),
    words: (id) => id,
    onError: (error) => errors.push(error),
  })
  const url = `http://127.0.0.1:${await server.listen()}`
  const close = () => {
    ending.abort()
    return server.close()
  }
  return { url, server: { close }, errors }
}

/** Somebody with a browser that is signed in. */
export interface OfficeBrowser {
  url: string
  cookie: string
  addressId: number
  get(path: string): Promise<Response>
  /** Sends a form as a browser does, with the key that this browser's forms carry. */
  post(path: string, form?: Record<string, string>): Promise<Response>
}

/** Makes somebody with this role and area who is signed in, also one whom no link would let in. */
export async function signInAs(
  db: Database,
  url: string,
  role: Role,
  area: string,
  name = 'Vina Contoh',
): Promise<OfficeBrowser> {
  const addressId = await makeOfficial(db, role, area, name)
  return openBrowser(db, url, addressId)
}

/** Another browser of an official who is there already. */
export async function openBrowser(
  db: Database,
  url: string,
  addressId: number,
): Promise<OfficeBrowser> {
  const token = randomBytes(32).toString('base64url')
  await db.pool.query(
    `INSERT INTO office_session (post_id, token_hash, device, expires_at)
     SELECT id, $2, 'Test', now() + interval '1 hour' FROM post
      WHERE address_id = $1 AND revoked_at IS NULL`,
    [addressId, createHash('sha256').update(token).digest()],
  )
  return browserOf(url, `kantor=${token}`, addressId)
}

/** A browser that sends this cookie. */
export function browserOf(url: string, cookie: string, addressId = 0): OfficeBrowser {
  const get = (path: string) =>
    fetch(`${url}/kantor${path}`, { headers: { cookie }, redirect: 'manual' })
  let key: string | undefined
  const post = async (path: string, form: Record<string, string> = {}) => {
    key ??= /name="kunci" value="([^"]+)"/.exec(await (await get('/perangkat')).text())?.[1]
    return send(url, path, { cookie }, { kunci: key ?? '', ...form })
  }
  return { url, cookie, addressId, get, post }
}

/** Posts a form from the site itself; `headers` may say otherwise. */
export function send(
  url: string,
  path: string,
  headers: Record<string, string>,
  form: Record<string, string>,
) {
  return fetch(`${url}/kantor${path}`, {
    ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams(form) },
    headers: { 'sec-fetch-site': 'same-origin', ...headers },
  })
}

/** A link into the workplace for this address. */
export async function newLink(db: Database, addressId: number): Promise<string> {
  return `/masuk/${await db.transaction((tx) => makeSignInLink(tx, seal, addressId))}`
}

/** What a page says, without its marks and head. */
export async function wordsOf(answer: Promise<Response> | Response): Promise<string> {
  const page = await (await answer).text()
  return page.replace(/<head>[\s\S]*<\/head>|<[^>]*>/g, ' ').replace(/\s+/g, ' ')
}
