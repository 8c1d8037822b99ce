// Who may do what in the workplace: every role on every route, on what is theirs and what is not.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCampaignAudience, readCampaignMessage } from '../../src/core/outreach/campaign.ts'
import { type Role, roles } from '../../src/core/roles.ts'
import { listAlarms, raiseAlarm } from '../../src/registry/alarms.ts'
import { keepCampaignFile } from '../../src/registry/campaign-files.ts'
import { changeCampaign, makeCampaign } from '../../src/registry/campaigns.ts'
import { openTicket } from '../../src/registry/tickets.ts'
import { routes } from '../../src/web/office/routes.ts'
import type { Route, Subject } from '../../src/web/office/visit.ts'
import { openStage } from '../registry/stage.ts'
import { areas, type OfficeBrowser, openBrowser, startOffice } from '../support/office-stage.ts'
import { enrol, handleSubmissions, loadHomes } from '../support/office-world.ts'
import { homes, makeOfficial, pin } from '../support/officials.ts'

const stage = await openStage()
const { db } = stage

const officers: Role[] = ['branch-officer', 'branch-head']
const heads: Role[] = ['branch-head']

/** By method and path: who may, and what the answer is where they may. */
const expected: Record<string, { may: Role[]; status: number }> = {
  'get /': { may: officers, status: 200 },
  // Without a word for a page there are no news; what it tells is tried by itself.
  'get /kabar': { may: officers, status: 404 },
  'get /periksa': { may: officers, status: 200 },
  'get /periksa/:receipt': { may: officers, status: 200 },
  // What is missing in these forms is said on the page.
  'post /periksa/:receipt/terima': { may: officers, status: 422 },
  'post /periksa/:receipt/tolak': { may: officers, status: 422 },
  'post /periksa/:receipt/tanya': { may: officers, status: 422 },
  'post /periksa/:receipt/ulang': { may: officers, status: 303 },
  'post /periksa/:receipt/gabung': { may: officers, status: 422 },
  'post /periksa/:receipt/beda': { may: officers, status: 422 },
  'post /periksa/:receipt/urungkan': { may: officers, status: 303 },
  'post /periksa/:receipt/buka': { may: officers, status: 422 },
  'get /orang': { may: officers, status: 200 },
  'post /orang': { may: officers, status: 422 },
  'get /orang/:receipt': { may: officers, status: 200 },
  'post /orang/:receipt/aktif': { may: officers, status: 422 },
  'post /orang/:receipt/akhiri': { may: officers, status: 422 },
  // Nothing has ended here: the page says so.
  'post /orang/:receipt/buka': { may: officers, status: 303 },
  'post /orang/:receipt/kembali': { may: officers, status: 303 },
  'post /orang/:receipt/upah': { may: officers, status: 303 },
  'get /kepesertaan': { may: officers, status: 200 },
  'get /desa': { may: officers, status: 200 },
  'get /desa/:code': { may: officers, status: 200 },
  'get /kampanye': { may: officers, status: 200 },
  'get /kampanye/baru': { may: officers, status: 200 },
  'post /kampanye/baru': { may: officers, status: 422 },
  'get /kampanye/:id': { may: officers, status: 200 },
  'get /kampanye/:id/kabar': { may: officers, status: 200 },
  'get /kampanye/:id/ubah': { may: officers, status: 200 },
  'post /kampanye/:id/ubah': { may: officers, status: 422 },
  'get /kampanye/:id/berkas': { may: officers, status: 200 },
  'post /kampanye/:id/lampiran': { may: officers, status: 422 },
  'post /kampanye/:id/lampiran-lepas': { may: officers, status: 303 },
  'post /kampanye/:id/daftar': { may: officers, status: 422 },
  'post /kampanye/:id/daftar-lepas': { may: officers, status: 303 },
  'get /kampanye/:id/penerima': { may: officers, status: 200 },
  'get /kampanye/:id/hasil': { may: officers, status: 200 },
  'post /kampanye/:id/uji': { may: officers, status: 303 },
  'post /kampanye/:id/serahkan': { may: officers, status: 303 },
  'post /kampanye/:id/setujui': { may: officers, status: 303 },
  'post /kampanye/:id/semua': { may: officers, status: 303 },
  'post /kampanye/:id/jeda': { may: officers, status: 303 },
  'post /kampanye/:id/lanjut': { may: officers, status: 303 },
  'post /kampanye/:id/batal': { may: officers, status: 303 },
  'get /masuk-keluar': { may: officers, status: 200 },
  'post /masuk-keluar/ekspor': { may: officers, status: 422 },
  'post /masuk-keluar/ekspor/:id/setujui': { may: officers, status: 303 },
  'post /masuk-keluar/ekspor/:id/batal': { may: officers, status: 303 },
  // Own is what lies in the area; it was another officer who asked for it.
  'post /masuk-keluar/ekspor/:id/unduh': { may: officers, status: 422 },
  'post /masuk-keluar/jawaban': { may: officers, status: 422 },
  'get /masuk-keluar/jawaban/:id': { may: officers, status: 200 },
  'get /masuk-keluar/jawaban/:id/berkas': { may: officers, status: 200 },
  'post /masuk-keluar/iuran': { may: officers, status: 422 },
  'get /masuk-keluar/iuran/:id': { may: officers, status: 200 },
  'get /masuk-keluar/iuran/:id/berkas': { may: officers, status: 200 },
  'get /alur': { may: officers, status: 200 },
  'get /alur/semua': { may: officers, status: 200 },
  'get /alur/:name': { may: officers, status: 200 },
  'get /mesin': { may: officers, status: 200 },
  'post /mesin/gangguan/:id/selesai': { may: officers, status: 303 },
  'post /mesin/antrean/:name/ulang': { may: officers, status: 303 },
  'get /mesin/jejak': { may: heads, status: 200 },
  'post /mesin/jejak/periksa': { may: heads, status: 303 },
  'get /mesin/terkena': { may: heads, status: 200 },
  'post /mesin/terkena/berkas': { may: heads, status: 303 },
  'get /percakapan': { may: officers, status: 200 },
  'get /percakapan/:id': { may: officers, status: 200 },
  // A form without words is told so.
  'post /percakapan/:id': { may: officers, status: 422 },
  'post /percakapan/:id/ambil': { may: officers, status: 303 },
  'get /perangkat': { may: officers, status: 200 },
  'post /perangkat/:id/keluarkan': { may: officers, status: 303 },
  'post /keluar': { may: officers, status: 303 },
}

const areaOf: Record<Role, string> = {
  'village-head': homes.own,
  'village-operator': homes.own,
  'bumdes-agent': homes.own,
  coordinator: areas.own,
  'branch-officer': areas.own,
  'branch-head': areas.own,
}

async function makeImport(kind: string, isOwn: boolean): Promise<string> {
  const area = isOwn ? areas.own : areas.other
  const addressId = await makeOfficial(db, 'branch-officer', area)
  const { rows } = await db.pool.query(
    `INSERT INTO ${kind}_import (content_hash, layout, actor, closed_at)
     SELECT sha256(convert_to($2, 'UTF8')), 'csv', 'post:' || id, now() FROM post
      WHERE address_id = $1 RETURNING id`,
    [addressId, String(addressId)],
  )
  return String(rows[0].id)
}
/** One official of each role, and a head of a branch elsewhere. */
const addresses = new Map<Role | 'elsewhere', number>()
const browserFor = (whose: Role | 'elsewhere') =>
  openBrowser(db, office.url, addresses.get(whose) ?? 0)

/** Makes one thing of a kind, in the area of the browser or in another. */
const makers: Partial<Record<Subject, (who: OfficeBrowser, isOwn: boolean) => Promise<string>>> = {
  submission: async (_, isOwn) => {
    const { receipt } = await enrol(stage, { village: isOwn ? homes.own : homes.elsewhere })
    await handleSubmissions(stage)
    return receipt
  },
  area: async (_, isOwn) => (isOwn ? homes.own : homes.elsewhere),
  // What is wrong with the program is the same for every area: only what never was is missing.
  alarm: async (_, isOwn) => {
    await raiseAlarm(db.pool, { kind: 'guessing', channel: '–' })
    const [alarm] = await listAlarms(db.pool)
    return String((alarm?.id ?? 0) + (isOwn ? 0 : 1000))
  },
  export: async (_, isOwn) => {
    const { rows } = await db.pool.query(
      `INSERT INTO export (kind, layout, layout_version, area, reason, state, asked_by)
       VALUES ('bpu', 'bpu-1', 'v', $1, 'coba dulu', 'asked', 'officer:other') RETURNING id`,
      [isOwn ? areas.own : areas.other],
    )
    return String(rows[0].id)
  },
  'answer-import': (_, isOwn) => makeImport('answer', isOwn),
  'payment-import': (_, isOwn) => makeImport('payment', isOwn),
  flow: async (_, isOwn) => (isOwn ? 'villager-enrol' : 'villager-nothing'),
  queue: async (_, isOwn) => (isOwn ? 'sweep' : 'nothing'),
  campaign: async (_, isOwn) => {
    const area = isOwn ? areas.own : areas.other
    const message = readCampaignMessage({ wordings: [{ id: 'Halo' }] })
    const made = { title: 'Uji', message, audience: readCampaignAudience({ area }) }
    return db.transaction(async (tx) => {
      const id = await makeCampaign(tx, made, 'officer:other')
      const upload = await keepCampaignFile(tx, stage.seal, id, Buffer.from('gambar'))
      const file = { id: upload, name: 'gambar.png', mime: 'image/png', isPicture: true }
      const attached = { ...made, message: { ...message, upload: file } }
      await changeCampaign(tx, id, attached, 'officer:other')
      return String(id)
    })
  },
  ticket: async (_, isOwn) => {
    const home = isOwn ? homes.own : homes.elsewhere
    const addressId = await makeOfficial(db, 'village-operator', home)
    await openTicket(db.pool, stage.seal, addressId, { reason: 'question' })
    const { rows } = await db.pool.query<{ id: number }>('SELECT max(id) AS id FROM ticket')
    return String(rows[0]?.id)
  },
  device: async (who, isOwn) => {
    const other = isOwn
      ? await openBrowser(db, who.url, who.addressId)
      : await browserFor('elsewhere')
    const { rows } = await db.pool.query<{ id: number }>(
      `SELECT max(s.id) AS id FROM office_session s JOIN post p ON p.id = s.post_id
        WHERE p.address_id = $1`,
      [other.addressId],
    )
    return String(rows[0]?.id)
  },
}

let office: Awaited<ReturnType<typeof startOffice>>
beforeAll(async () => {
  await loadHomes(stage)
  const quiet = { waiting: 0, running: 0, failed: 0 }
  office = await startOffice(stage, {
    machine: { states: async () => [{ name: 'sweep', ...quiet }] },
  })
  for (const role of roles) addresses.set(role, await makeOfficial(db, role, areaOf[role]))
  addresses.set('elsewhere', await makeOfficial(db, 'branch-head', areas.other))
})
afterAll(async () => {
  await office.server.close()
  expect(office.errors).toEqual([])
})

const nameOf = ({ method, path }: Route) => `${method} ${path}`

test('every route has its row here, and no row is left over', () => {
  expect(routes.map(nameOf).sort()).toEqual(Object.keys(expected).sort())
})

test('every path with a part says what the part is, and there is a maker for it', () => {
  for (const route of routes) {
    expect([nameOf(route), route.path.includes(':')]).toEqual([nameOf(route), !!route.subject])
    if (route.subject) expect(Object.keys(makers)).toContain(route.subject)
  }
})

async function ask(route: Route, who: OfficeBrowser, isOwn: boolean) {
  const make = route.subject && makers[route.subject]
  const part = (await make?.(who, isOwn)) ?? ''
  const path = route.path.replace(/:\w+/, part).replace(/^\/$/, '')
  return route.method === 'get' ? who.get(path) : who.post(path, { pin })
}

describe.each(routes.map((route) => [nameOf(route), route] as const))('%s', (name, route) => {
  const { may, status } = expected[name] ?? { may: [], status: 0 }

  test.each(roles)('%s', async (role) => {
    const who = await browserFor(role)
    if (!may.includes(role)) {
      expect((await ask(route, who, true)).status).toBe(404)
      return
    }
    if (route.subject) expect((await ask(route, who, false)).status).toBe(404)
    expect((await ask(route, who, true)).status).toBe(status)
  })

  test('nobody who is not signed in', async () => {
    const headers = { 'sec-fetch-site': 'same-origin' }
    const path = route.path.replace(/:\w+/, '1').replace(/^\/$/, '')
    const { method } = route
    const asked = await fetch(`${office.url}/kantor${path}`, {
      method: method.toUpperCase(),
      headers,
    })
    expect(asked.status).toBe(401)
  })
})
