// What a browser sent once, sent again after it was put out: on every route, whatever put it out.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { wrongPinsAllowed } from '../../src/core/limits.ts'
import { revokeHolder } from '../../src/registry/revoke-holder.ts'
import { routes } from '../../src/web/office/routes.ts'
import { openStage } from '../registry/stage.ts'
import {
  areas,
  type OfficeBrowser,
  openBrowser,
  send,
  signInAs,
  startOffice,
} from '../support/office-stage.ts'
import { pin } from '../support/officials.ts'

const stage = await openStage()
const { db } = stage

let office: Awaited<ReturnType<typeof startOffice>>
beforeAll(async () => {
  office = await startOffice(stage)
})
afterAll(async () => {
  await office.server.close()
  expect(office.errors).toEqual([])
})

const change = (who: OfficeBrowser, set: string) =>
  db.pool.query(
    `UPDATE office_session SET ${set} FROM post p WHERE p.id = post_id AND p.address_id = $1`,
    [who.addressId],
  )

/** The ways out, by what they are called. */
const ways: Record<string, (who: OfficeBrowser, postId: number) => Promise<unknown>> = {
  'signed out': (who) => who.post('/keluar'),
  'put out from another device': async (who) => {
    const other = await openBrowser(db, office.url, who.addressId)
    const page = await (await other.get('/perangkat')).text()
    await other.post(`/perangkat/${/perangkat\/(\d+)\/keluarkan/.exec(page)?.[1]}/keluarkan`)
  },
  'post taken away': (_, postId) =>
    db.transaction((tx) => revokeHolder(tx, `post-${postId}`, 'officer:test')),
  'too many wrong PINs': (_, postId) =>
    db.pool.query('UPDATE post SET wrong_pins = $2 WHERE id = $1', [postId, wrongPinsAllowed]),
  'thirty minutes without a look': (who) => change(who, `seen_at = now() - interval '31 minutes'`),
  'twelve hours over': (who) => change(who, 'expires_at = now()'),
}

test.each(Object.keys(ways))(
  '%s: no route answers the old cookie, its key or its PIN',
  async (way) => {
    const who = await signInAs(db, office.url, 'branch-head', areas.own)
    const page = await (await who.get('/perangkat')).text()
    const kunci = /name="kunci" value="([^"]+)"/.exec(page)?.[1] ?? ''
    expect([kunci.length > 20, (await who.get('')).status]).toEqual([true, 200])
    const { rows } = await db.pool.query<{ id: number }>(
      'SELECT id FROM post WHERE address_id = $1',
      [who.addressId],
    )
    await ways[way]?.(who, rows[0]?.id ?? 0)
    const lines = async () => (await db.pool.query('SELECT count(*) AS count FROM audit')).rows[0]
    const before = await lines()
    const headers = { cookie: who.cookie }
    const answers = await Promise.all(
      routes.map(async ({ method, path }) => {
        const to = path.replace(/:\w+/g, '1').replace(/^\/$/, '')
        const answer =
          method === 'get'
            ? await who.get(to)
            : await send(office.url, to, headers, { kunci, pin, kata: 'x', kpj: '20290000001' })
        return [method, path, answer.status, answer.headers.get('set-cookie')]
      }),
    )
    expect(answers).toEqual(routes.map(({ method, path }) => [method, path, 401, null]))
    expect(await lines()).toEqual(before)
  },
)
