// What goes with a campaign over HTTP: a picture or PDF, a list; told by what is in them.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeDocument } from '../../src/documents.ts'
import { findCampaign } from '../../src/registry/campaigns.ts'
import { openOutbound } from '../../src/registry/turns.ts'
import { openCampaignStage } from '../campaigns/stage.ts'
import { makeMember } from '../registry/members.ts'
import { idOf, startCampaignOffice, toldBy } from '../support/campaign-office.ts'
import { type OfficeBrowser, wordsOf } from '../support/office-stage.ts'

const stage = await openCampaignStage()
const { book, db, seal } = stage

let world: Awaited<ReturnType<typeof startCampaignOffice>>
let writer: OfficeBrowser
let stranger: OfficeBrowser
let write: () => Promise<string>
beforeAll(async () => {
  world = await startCampaignOffice(stage)
  ;({ writer, stranger, write } = world)
})
afterAll(async () => {
  await world.office.server.close()
  expect(world.office.errors).toEqual([])
})

async function upload(who: OfficeBrowser, path: string, bytes: Buffer | string, name = 'a.png') {
  const page = await (await who.get('/perangkat')).text()
  const form = new FormData()
  form.set('kunci', /name="kunci" value="([^"]+)"/.exec(page)?.[1] ?? '')
  form.set('berkas', new File([new Uint8Array(Buffer.from(bytes))], name))
  return fetch(`${who.url}/kantor${path}`, {
    ...{ method: 'POST', redirect: 'manual', body: form },
    headers: { cookie: who.cookie, 'sec-fetch-site': 'same-origin' },
  })
}

test('a picture or PDF is known by its bytes, kept sealed, and goes with the message', async () => {
  const path = await write()
  const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('isi gambar')])
  for (const bad of ['', 'MZ', '<svg>', Buffer.concat([png, Buffer.alloc(1_100_000)])]) {
    expect((await upload(writer, `${path}/lampiran`, bad)).status).toBe(422)
  }
  expect((await upload(stranger, `${path}/lampiran`, png)).status).toBe(404)
  const answer = await upload(writer, `${path}/lampiran`, png, '../../Aja kan<b>.exe')
  expect(toldBy(answer)).toBe('campaign-attached')
  const { rows } = await db.pool.query('SELECT bytes FROM campaign_file')
  expect([rows.length, rows[0].bytes.includes('isi gambar')]).toEqual([1, false])
  const file = await writer.get(`${path}/berkas`)
  expect([file.headers.get('content-type'), Buffer.from(await file.arrayBuffer())]).toEqual([
    'image/png',
    png,
  ])
  expect(await (await writer.get(path)).text()).toContain(`<img src="/kantor${path}/berkas"`)
  await writer.post(`${path}/uji`)
  const { rows: sent } = await db.pool.query(
    'SELECT purpose, body FROM outbound WHERE address_id = $1 ORDER BY id DESC LIMIT 1',
    [writer.addressId],
  )
  const { document } = openOutbound(seal, sent[0].purpose, sent[0].body)
  expect(document).toMatchObject({ name: 'Aja kan b.png', mime: 'image/png', isPicture: true })
  const ground = { ...stage.programAt(), db, seal, book }
  expect(document && (await makeDocument(ground, document))).toEqual(png)
  await writer.post(`${path}/lampiran-lepas`)
  expect((await writer.get(`${path}/berkas`)).status).toBe(404)
})

test('a list is for those alone whose chats it leads to', async () => {
  const member = await makeMember(db)
  const path = await write()
  const list = `Nama;Resi\nSiti;SD-${member.receipt}\nBudi;SD-00000-00000\nAni;12`
  const taken = await upload(writer, `${path}/daftar`, list, 'daftar.csv')
  expect(await wordsOf(taken)).toContain('Ditemukan 1 percakapan. Tidak punya percakapan: 1.')
  expect((await findCampaign(db.pool, idOf(path)))?.audience.isListed).toBe(true)
  expect(await wordsOf(writer.get(`${path}/penerima`))).toContain('dari 1 yang cocok')
  await writer.post(`${path}/daftar-lepas`)
  expect((await findCampaign(db.pool, idOf(path)))?.audience.isListed).toBe(false)
})

// Last: the server closes the line on whoever sends more than it takes.
test('nothing larger than a small file is even read', async () => {
  const path = await write()
  expect((await upload(writer, `${path}/lampiran`, Buffer.alloc(3_000_000))).status).toBe(413)
})
