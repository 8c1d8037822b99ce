// Into the workplace and out of it: links that work once, forged ones, forms from elsewhere.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeSignInLink } from '../../src/registry/office-sessions.ts'
import { revokeHolder } from '../../src/registry/revoke-holder.ts'
import { html } from '../../src/web/html.ts'
import { routes } from '../../src/web/office/routes.ts'
import type { Route } from '../../src/web/office/visit.ts'
import { openStage } from '../registry/stage.ts'
import {
  areas,
  browserOf,
  newLink,
  openBrowser,
  send,
  signInAs,
  startOffice,
  wordsOf,
} from '../support/office-stage.ts'
import { homes, makeOfficial, pin } from '../support/officials.ts'
import { cookieOf } from './visitor.ts'

const stage = await openStage()
const { db, seal } = stage

let done = 0
/** Something dangerous, for want of one among the real routes: counts how often it was done. */
const dangerous: Route = {
  ...{ method: 'post', path: '/bahaya', roles: ['branch-head'], needsPin: true },
  page: async ({ given }) => {
    done += 1
    return { title: 'Bahaya', body: html`<p>${given('isi')}</p>` }
  },
}

let office: Awaited<ReturnType<typeof startOffice>>
let url = ''
beforeAll(async () => {
  office = await startOffice(stage, { routes: [...routes, dangerous] })
  url = office.url
})
afterAll(async () => {
  await office.server.close()
  expect(office.errors).toEqual([])
})

const look = (path: string) => fetch(`${url}/kantor${path}`, { redirect: 'manual' })
const press = (path: string, headers = {}) => send(url, path, headers, {})

test('a link shows a button and is not used up by looking; pressing signs in, once', async () => {
  const link = await newLink(db, await makeOfficial(db, 'branch-officer', areas.own))
  for (let looks = 0; looks < 3; looks++) {
    const page = await look(link)
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(page.headers.get('set-cookie')).toBeNull()
  }
  const answer = await press(link, { 'user-agent': 'X11; Linux x86_64) Firefox/140.0' })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/kantor'])
  expect(answer.headers.get('set-cookie')).toMatch(
    /^kantor=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
  )
  const who = browserOf(url, cookieOf(answer))
  expect(await wordsOf(who.get('/perangkat'))).toContain('Firefox, Linux yang ini')
  expect([(await press(link)).status, (await look(link)).status]).toEqual([410, 410])
})

test('two who press at once: one is in', async () => {
  const link = await newLink(db, await makeOfficial(db, 'branch-officer', areas.own))
  const answers = await Promise.all([press(link), press(link), press(link)])
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 410, 410])
})

test('a newer link ends the older; after ten minutes none is good', async () => {
  const officer = await makeOfficial(db, 'branch-officer', areas.own)
  const [older, newer] = [await newLink(db, officer), await newLink(db, officer)]
  expect([(await look(older)).status, (await look(newer)).status]).toEqual([410, 200])
  await db.pool.query(`UPDATE office_link SET expires_at = expires_at - interval '10 minutes'`)
  expect((await press(newer)).status).toBe(410)
})

test('only who works for the branch gets a link', async () => {
  const head = await makeOfficial(db, 'village-head', homes.own)
  const coordinator = await makeOfficial(db, 'coordinator', areas.own)
  for (const one of [head, coordinator]) {
    await expect(db.transaction((tx) => makeSignInLink(tx, seal, one))).rejects.toThrow('a post')
  }
})

test('forty forged links sign nobody in; whoever tries links through is stopped', async () => {
  const proxied = await startOffice(stage, { publicUrl: 'https://sapadesa.example' })
  const link = await newLink(db, await makeOfficial(db, 'branch-head', areas.own))
  const token = link.slice('/masuk/'.length)
  const changed = Array.from({ length: 25 }, (_, i) => {
    const at = Math.floor((i * token.length) / 25)
    return `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`
  })
  const made = (value: string, place: string) => seal.seal(value, place).toString('base64url')
  const forged = [
    ...changed,
    ...['1', 'null', '%00', '..%2f..', `${token}=`, `${token}A`, `${token}%20`, `%20${token}`],
    ...[token.slice(1), token.slice(0, -1), token.toUpperCase(), `${token}${token}`],
    ...[made('1', 'page-link:'), made('1 1 1', 'office-link:'), made('999999', 'office-link:')],
  ]
  expect(new Set([...forged, token]).size).toBe(41)
  const pressFrom = (path: string, origin: string) =>
    send(proxied.url, path, { 'x-forwarded-for': origin }, {})
  for (const [i, one] of forged.entries()) {
    const answer = await pressFrom(`/masuk/${one}`, `203.0.113.${i}`)
    expect([one, answer.status, answer.headers.get('set-cookie')]).toEqual([one, 410, null])
  }
  const statuses: number[] = []
  for (let n = 0; n < 24; n++) statuses.push((await pressFrom('/masuk/x', '198.51.100.1')).status)
  expect([statuses.slice(0, 20), statuses.slice(22)]).toEqual([Array(20).fill(410), [429, 429]])
  // And the true one, elsewhere, still works, with a cookie that only this very host can write.
  const answer = await pressFrom(link, '198.51.100.2')
  expect(answer.headers.get('set-cookie')).toMatch(
    /^__Host-kantor=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  )
  await proxied.server.close()
  expect(proxied.errors).toEqual([])
})

test('thirty minutes without a look end a session, twelve hours end it whatever happens', async () => {
  const who = await signInAs(db, url, 'branch-officer', areas.own)
  const shift = (column: string, minutes: number) =>
    db.pool.query(
      `UPDATE office_session SET ${column} = ${column} - make_interval(mins => $2) FROM post p
        WHERE p.id = post_id AND p.address_id = $1`,
      [who.addressId, minutes],
    )
  await shift('seen_at', 29)
  expect((await who.get('')).status).toBe(200)
  await shift('seen_at', 29)
  expect((await who.get('')).status).toBe(200)
  await shift('seen_at', 31)
  expect((await who.get('')).status).toBe(401)
  await shift('seen_at', -31)
  expect((await who.get('')).status).toBe(200)
  await shift('expires_at', 61)
  expect((await who.get('')).status).toBe(401)
})

test('whoever signs out, is put out, or loses the post is out at once, also with an old cookie', async () => {
  const who = await signInAs(db, url, 'branch-officer', areas.own)
  const [first, second] = [
    await openBrowser(db, url, who.addressId),
    await openBrowser(db, url, who.addressId),
  ]
  const page = await (await who.get('/perangkat')).text()
  const newest = /perangkat\/(\d+)\/keluarkan/.exec(page)?.[1]
  expect((await who.post(`/perangkat/${newest}/keluarkan`)).status).toBe(303)
  expect((await second.get('')).status).toBe(401)
  // Once more is no error, and is no second line of the audit.
  expect((await who.post(`/perangkat/${newest}/keluarkan`)).status).toBe(303)
  const { rows } = await db.pool.query(
    `SELECT count(*) AS count FROM audit WHERE action = 'sign-out' AND subject = $1`,
    [`office-session:${newest}`],
  )
  expect(rows).toEqual([{ count: 1 }])
  await who.post('/keluar')
  expect([(await who.get('')).status, (await first.get('')).status]).toEqual([401, 200])
  const { rows: posts } = await db.pool.query('SELECT id FROM post WHERE address_id = $1', [
    who.addressId,
  ])
  await db.transaction((tx) => revokeHolder(tx, `post-${posts[0].id}`, 'officer:test'))
  expect((await first.get('')).status).toBe(401)
  expect((await first.post('/keluar', { kunci: 'x' })).status).toBe(401)
})

test('a form from elsewhere, without its key or with that of another browser changes nothing', async () => {
  const who = await signInAs(db, url, 'branch-officer', areas.own)
  const other = await openBrowser(db, url, who.addressId)
  const keyOf = async (one: typeof who) =>
    /name="kunci" value="([^"]+)"/.exec(await (await one.get('/perangkat')).text())?.[1] ?? ''
  const kunci = await keyOf(who)
  expect(await keyOf(other)).not.toBe(kunci)
  const tries: [Record<string, string>, Record<string, string>][] = [
    [{}, {}],
    [{}, { kunci: '' }],
    [{}, { kunci: await keyOf(other) }],
    [{}, { kunci: `${kunci}A` }],
    [{ 'sec-fetch-site': 'cross-site' }, { kunci }],
    [{ 'sec-fetch-site': 'same-site', origin: url }, { kunci }],
    [{ 'sec-fetch-site': 'none' }, { kunci }],
  ]
  for (const [headers, form] of tries) {
    const answer = await send(url, '/keluar', { cookie: who.cookie, ...headers }, form)
    expect([headers, form, answer.status]).toEqual([headers, form, 403])
  }
  // Without the newer header the older one decides.
  const bare = (origin?: string) =>
    fetch(`${url}/kantor/keluar`, {
      ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams({ kunci }) },
      headers: { cookie: who.cookie, ...(origin !== undefined && { origin }) },
    })
  for (const origin of [undefined, 'null', 'https://jahat.example', `${url}.jahat.example`]) {
    expect([origin, (await bare(origin)).status]).toEqual([origin, 403])
  }
  expect((await who.get('')).status).toBe(200)
  expect((await bare(url)).status).toBe(303)
})

test('a form without a signed-in browser cannot use up a link from another site', async () => {
  const link = await newLink(db, await makeOfficial(db, 'branch-officer', areas.own))
  expect((await press(link, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  expect((await look(link)).status).toBe(200)
})

test('what is dangerous asks for the PIN, keeps what was written, and is done once', async () => {
  const who = await signInAs(db, url, 'branch-head', areas.own)
  done = 0
  const isi = 'tujuh "kata" <dengan> tanda'
  const asked = await who.post('/bahaya', { isi })
  expect([asked.status, done]).toEqual([422, 0])
  expect(await asked.text()).toContain('value="tujuh &quot;kata&quot; &lt;dengan&gt; tanda"')
  const wrong = await who.post('/bahaya', { isi, pin: '111222' })
  expect([wrong.status, await wordsOf(wrong), done]).toEqual([
    ...[422, expect.stringContaining('PIN itu belum benar'), 0],
  ])
  expect((await who.post('/bahaya', { isi, pin })).status).toBe(200)
  // For five minutes it is not asked again on this device; on another it is.
  expect((await who.post('/bahaya', { isi })).status).toBe(200)
  expect((await (await openBrowser(db, url, who.addressId)).post('/bahaya')).status).toBe(422)
  expect(done).toBe(2)
  await db.pool.query(`UPDATE office_session SET pin_at = pin_at - interval '5 minutes'`)
  expect((await who.post('/bahaya', { isi })).status).toBe(422)
})

test('five wrong PINs end everything that the post may do', async () => {
  const who = await signInAs(db, url, 'branch-head', areas.own)
  const statuses: number[] = []
  for (let n = 0; n < 5; n++) {
    statuses.push((await who.post('/bahaya', { pin: '111222' })).status)
  }
  expect(statuses).toEqual([422, 422, 422, 422, 422])
  expect((await who.get('')).status).toBe(401)
  const link = await newLink(db, who.addressId)
  expect((await look(link)).status).toBe(410)
})

test('typing the PIN at the desk does not open the chat on the phone', async () => {
  const who = await signInAs(db, url, 'branch-head', areas.own)
  await db.pool.query('UPDATE post SET unlocked_until = NULL WHERE address_id = $1', [
    who.addressId,
  ])
  expect((await who.post('/bahaya', { pin })).status).toBe(200)
  const { rows } = await db.pool.query('SELECT unlocked_until FROM post WHERE address_id = $1', [
    who.addressId,
  ])
  expect(rows).toEqual([{ unlocked_until: null }])
})

test('paths and headers that lie find nothing, and every answer is kept by nobody', async () => {
  const who = await signInAs(db, url, 'branch-officer', areas.own)
  const paths = [
    ...['/', '//', '/perangkat/', '/perangkat/1', '/perangkat/1/keluarkan'],
    ...['/perangkat%00', '/..%2fmetrics', '/PERANGKAT', '/masuk', '/masuk/', '/.env'],
  ]
  for (const path of paths) {
    const answer = await who.get(path)
    expect([path, answer.status]).toEqual([path, 404])
    expect(answer.headers.get('cache-control')).toBe('no-store')
  }
  const lies = { 'x-http-method-override': 'POST', 'x-forwarded-host': 'jahat.example' }
  const headers = { cookie: who.cookie, 'x-original-url': '/kantor/keluar', ...lies }
  const answer = await fetch(`${url}/kantor`, { headers })
  expect(answer.status).toBe(200)
  expect(await answer.text()).not.toContain('jahat')
  for (const id of ['0', '-1', '1e3', '9007199254740993', "1' OR 1=1"]) {
    const path = `/perangkat/${encodeURIComponent(id)}/keluarkan`
    expect([id, (await who.post(path)).status]).toEqual([id, 404])
  }
  expect((await who.get('?kabar=device-ended')).status).toBe(200)
  expect(await wordsOf(who.get('?kabar=%3Cb%3E'))).not.toContain('b>')
})
