// Titles, words and file names of campaigns that are meant to be more than words: on every page,
// in the file of results, and in the chat.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encode } from '../../src/channels/telegram/encode.ts'
import { textArray } from '../../src/registry/sql-array.ts'
import { openOutbound } from '../../src/registry/turns.ts'
import { openCampaignStage } from '../campaigns/stage.ts'
import { fragments, oddNames } from '../support/attacks/odd-names.ts'
import { firstCell, rowsOf, shapeOf, shownName } from '../support/attacks/tags.ts'
import { good, startCampaignOffice } from '../support/campaign-office.ts'
import { areas, type OfficeBrowser, openBrowser } from '../support/office-stage.ts'

const stage = await openCampaignStage()
const { db, seal } = stage
const count = 10_000
/** As a column of words can hold them. */
const storable = (name: string) => Buffer.from(name.replaceAll('\0', '0')).toString()
const titles = oddNames(count, 20_261_123).map(storable)
const all = Object.values(fragments).flat()

let world: Awaited<ReturnType<typeof startCampaignOffice>>
let writer: OfficeBrowser
beforeAll(async () => {
  world = await startCampaignOffice(stage)
  writer = world.writer
})
afterAll(async () => {
  await world.office.server.close()
  expect(world.office.errors).toEqual([])
})

/** A browser that has not yet looked at as many pages as one may look at in a row. */
const fresh = () => openBrowser(db, world.office.url, writer.addressId)

/** Campaigns at once in the list: it is looked through again and again, under other titles. */
const listed = 500

/** What the list shows, page by page; the shapes of its rows are added. */
async function readList(shapes: Set<string>) {
  const browser = await fresh()
  const shown: string[] = []
  for (let from = 0; from < listed; from += 20) {
    const page = await (await browser.get(`/kampanye?mulai=${from}`)).text()
    expect(page.match(/<script\b/g)).toHaveLength(1)
    const rows = rowsOf(page)
    for (const row of rows) shapes.add(shapeOf(row))
    shown.push(...rows.map(firstCell))
  }
  return shown.toReversed()
}

test('ten thousand titles in the list: every row is a row like the first, and reads as its title', async () => {
  await db.pool.query(
    `INSERT INTO campaign (title, message, audience, made_by, address_id)
     SELECT '', $2, $3, 'post:1', $4 FROM generate_series(1, $1)`,
    [
      listed,
      JSON.stringify({ wordings: [{ id: 'Halo' }] }),
      JSON.stringify({ area: areas.own }),
      writer.addressId,
    ],
  )
  const shapes = new Set<string>()
  for (let from = 0; from < count; from += listed) {
    const some = titles.slice(from, from + listed)
    await db.pool.query(
      `UPDATE campaign c SET title = t.title
         FROM unnest($1::text[]) WITH ORDINALITY AS t (title, nth) WHERE c.id = t.nth`,
      [textArray(some)],
    )
    const shown = await readList(shapes)
    const wanted = some.map(shownName)
    expect(shown.length).toBe(listed)
    expect(wanted.filter((title, nth) => title !== shown[nth]).slice(0, 3)).toEqual([])
  }
  expect(shapes.size).toBe(1)
  await db.pool.query(`UPDATE campaign SET state = 'cancelled'`)
})

/** The pages of one campaign, without what differs from one to the next. */
async function pagesOf(browser: OfficeBrowser, path: string) {
  const shapes = []
  for (const page of ['', '/ubah', '/penerima', '/hasil']) {
    const answer = await browser.get(`${path}${page}`)
    shapes.push([page, answer.status, shapeOf(await answer.text())])
  }
  return shapes
}

/** What the last message of a chat would be on Telegram. */
async function lastTold(addressId: number) {
  const { rows } = await db.pool.query(
    'SELECT purpose, body FROM outbound WHERE address_id = $1 ORDER BY id DESC LIMIT 1',
    [addressId],
  )
  return openOutbound(seal, rows[0].purpose, rows[0].body)
}

test('a title and words through the form: refused, or words on each page and in the chat', async () => {
  const plain = await world.write({ ...good, 'kata-id': 'Halo {name}. Apa kabar' })
  const wanted = await pagesOf(await fresh(), plain)
  const results = await (await writer.get(`${plain}/hasil/berkas`)).text()
  const kept: string[] = []
  for (const odd of all) {
    const browser = await fresh()
    const words = `Halo {name}. ${odd} kabar`
    const answer = await browser.post('/kampanye/baru', {
      ...{ ...good, judul: `Ajakan ${odd}`, 'kata-id': words },
    })
    expect([odd, [303, 422].includes(answer.status)]).toEqual([odd, true])
    if (answer.status === 422) {
      const again = shapeOf(await answer.text()).replace(/<\/?li>/g, '')
      const empty = await browser.post('/kampanye/baru', { ...good, judul: '' })
      expect([odd, again]).toEqual([odd, shapeOf(await empty.text()).replace(/<\/?li>/g, '')])
      continue
    }
    kept.push(odd)
    const path = (answer.headers.get('location') ?? '').replace(/^\/kantor|\?.*$/g, '')
    expect([odd, await pagesOf(browser, path)]).toEqual([odd, wanted])
    expect(await (await browser.get(`${path}/hasil/berkas`)).text()).toBe(results)
    await browser.post(`${path}/uji`)
    const { text } = encode(await lastTold(writer.addressId), undefined)
    const said = words.replaceAll(/\r\n?/g, '\n').replaceAll('{name}', 'Bapak/Ibu')
    expect([odd, text]).toEqual([odd, expect.stringContaining(storable(said))])
    await db.pool.query(`UPDATE campaign SET state = 'cancelled' WHERE state <> 'cancelled'`)
  }
  expect(kept.length).toBeGreaterThan(all.length / 2)
})

async function upload(browser: OfficeBrowser, path: string, name: string) {
  const page = await (await browser.get('/perangkat')).text()
  const form = new FormData()
  const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('isi')])
  form.set('kunci', /name="kunci" value="([^"]+)"/.exec(page)?.[1] ?? '')
  form.set('berkas', new File([new Uint8Array(png)], name))
  return fetch(`${browser.url}/kantor${path}`, {
    ...{ method: 'POST', redirect: 'manual', body: form },
    headers: { cookie: browser.cookie, 'sec-fetch-site': 'same-origin' },
  })
}

test('a file by any name goes under letters and figures alone, on the page and in the chat', async () => {
  const path = await world.write()
  await upload(writer, `${path}/lampiran`, 'Ajakan.png')
  const wanted = await pagesOf(await fresh(), path)
  for (const kind of Object.values(fragments)) {
    const odd = kind.join(' ')
    const browser = await fresh()
    const answer = await upload(browser, `${path}/lampiran`, `Ajakan ${odd}.exe`)
    expect([odd, answer.status]).toEqual([odd, 303])
    expect([odd, await pagesOf(browser, path)]).toEqual([odd, wanted])
    const file = await browser.get(`${path}/berkas`)
    const told = file.headers.get('content-disposition') ?? ''
    expect([odd, told]).toEqual([
      odd,
      expect.stringMatching(/^attachment; filename\*=UTF-8''[\w%-]+\.png$/),
    ])
    await browser.post(`${path}/uji`)
    const { document } = await lastTold(writer.addressId)
    expect([odd, document?.name]).toEqual([odd, expect.stringMatching(/^[\p{L}\p{N} _-]+\.png$/u)])
  }
})
