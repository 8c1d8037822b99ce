// Ten thousand names that are meant to be more than words, on every page that shows names.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answersPlace } from '../../src/registry/answers-place.ts'
import { byteaArray, textArray } from '../../src/registry/sql-array.ts'
import { openTicket } from '../../src/registry/tickets.ts'
import { html } from '../../src/web/html.ts'
import { makeAddress, openStage } from '../registry/stage.ts'
import { fragments, oddNames } from '../support/attacks/odd-names.ts'
import { firstCell, plainOf, rowsOf, shapeOf, shownName, tagsOf } from '../support/attacks/tags.ts'
import {
  areas,
  type OfficeBrowser,
  openBrowser,
  signInAs,
  startOffice,
} from '../support/office-stage.ts'
import { loadHomes } from '../support/office-world.ts'
import { makeOfficial } from '../support/officials.ts'

const stage = await openStage()
const { db, seal } = stage
const count = 10_000
const perVillage = 1_000
const names = oddNames(count, 20_261_122)
/** All of a kind in one name, for pages that show one person. */
const few = Object.values(fragments).map((kind) => kind.join(' '))

let office: Awaited<ReturnType<typeof startOffice>>
let who: OfficeBrowser
let villages: string[] = []
let headOf = 0
beforeAll(async () => {
  await loadHomes(stage)
  const { rows } = await db.pool.query<{ code: string }>(
    `SELECT code FROM village WHERE code LIKE '63.03.05.%' ORDER BY code LIMIT $1`,
    [count / perVillage],
  )
  villages = rows.map(({ code }) => code)
  office = await startOffice(stage)
  who = await signInAs(db, office.url, 'branch-officer', areas.own)
  headOf = await makeAddress(db, 'pendaftar')
  await makeOfficial(db, 'village-head', villages[0] ?? '')
  for (let n = 0; n < villages.length; n++) {
    await fillVillage(villages[n] ?? '', n * perVillage)
  }
})
afterAll(async () => {
  await office.server.close()
  expect(office.errors).toEqual([])
})

const receiptOf = (n: number) => `N${String(n).padStart(9, '0')}`

/** A village in which a thousand people hold posts; a few of them wait for an officer. */
async function fillVillage(village: string, from: number) {
  const some = names.slice(from, from + perVillage)
  const receipts = some.map((_, n) => receiptOf(from + n))
  const answers = some.map((name, n) => sealedAs(receiptOf(from + n), name))
  await db.pool.query(
    `WITH one AS (
       INSERT INTO submission (receipt, address_id, command, flow, flow_version, language,
              started_on, answers, state, village_code, reason)
       SELECT receipt, $3, 'register-staff', 'official/register-staff', 'v', 'id', '2026-11-21',
              answers, CASE WHEN nth % 20 = 0 THEN 'parked' ELSE 'recorded' END, $4, 'nik-known'
         FROM unnest($1::text[], $2::bytea[]) WITH ORDINALITY AS given (receipt, answers, nth)
        ORDER BY nth RETURNING id, receipt)
     INSERT INTO staff (village_code, cohort, position, submission_id, nik_index, from_on, set_by)
     SELECT $4, 'bpd', 'Anggota', id, sha256(convert_to(receipt, 'UTF8')), '2026-11-21',
            (SELECT min(id) FROM post WHERE role = 'village-head') FROM one ORDER BY id`,
    [textArray(receipts), byteaArray(answers), headOf, village],
  )
}

function sealedAs(receipt: string, name: string): Buffer {
  const answers = { name, occupation: name, address: name, 'birth-place': name, nik: '1' }
  return seal.seal(JSON.stringify(answers), answersPlace(receipt))
}

/** The first few that are not shown as they should be; thousands of them would fill the screen. */
function differing(shown: string[], wanted: string[]) {
  if (shown.length !== wanted.length) return [shown.length, wanted.length]
  const pairs = wanted.map((name, n) => [shown[n], shownName(name)])
  return pairs.filter(([one, other]) => one !== other).slice(0, 3)
}

const pageOf = async (path: string, browser = who) => (await browser.get(path)).text()

test('in a template each of them is words, beside tags and inside of them', () => {
  const odd = names.filter((name) => {
    const page = html`<p title="${name}" data-x='${name}'>${name}<b>${[name]}</b></p>`.text
    const [first = '', ...others] = tagsOf(page)
    const said = plainOf(page.slice(first.length, page.indexOf('<b>')))
    const isWhole = first.split(/["']/).length === 5 && others.join('') === '<b></b></p>'
    return !isWhole || Buffer.from(said).toString() !== shownName(name)
  })
  expect(odd.slice(0, 3)).toEqual([])
})

test('on the pages of their villages every row is a row like the first, and reads as the name', async () => {
  const shown: string[] = []
  for (const village of villages) {
    const rows = rowsOf(await pageOf(`/desa/${village}`))
    expect(new Set(rows.map(shapeOf)).size).toBe(1)
    shown.push(...rows.map(firstCell))
  }
  expect(differing(shown, names)).toEqual([])
})

test('in the queue and in what a search finds, too', async () => {
  const shown: string[] = []
  let path: string | undefined = '/periksa'
  while (path !== undefined) {
    const page = await pageOf(path)
    expect(page.match(/<script\b/g)).toHaveLength(1)
    const rows = rowsOf(page)
    expect(new Set(rows.map(shapeOf)).size).toBe(1)
    shown.push(...rows.map(firstCell))
    path = /href="\/kantor(\/periksa\?sesudah=\d+)"/.exec(page)?.[1]
  }
  const parked = names.filter((_, n) => (n + 1) % 20 === 0)
  expect(differing(shown, parked)).toEqual([])
  const found = await (await who.post('/orang', { kata: 'Contoh', desa: '' })).text()
  const rows = rowsOf(found)
  expect([rows.length, new Set(rows.map(shapeOf)).size]).toEqual([50, 1])
  const known = new Set(names.map(shownName))
  expect(rows.map(firstCell).filter((name) => !known.has(name))).toEqual([])
})

test('on pages of one person nothing is added by a name: the tags are those of a plain one', async () => {
  const browser = await openBrowser(db, office.url, who.addressId)
  const receipt = receiptOf(7)
  const rename = (name: string) =>
    db.pool.query('UPDATE submission SET answers = $2 WHERE receipt = $1', [
      receipt,
      sealedAs(receipt, name),
    ])
  const shapes = async () => [
    shapeOf(await pageOf(`/periksa/${receipt}`, browser)),
    shapeOf((await pageOf(`/orang/${receipt}`, browser)).replace(/<ol[\s\S]*<\/ol>/, '')),
  ]
  await rename('Siti Contoh')
  const plain = await shapes()
  for (const name of few) {
    await rename(name)
    expect([name, await shapes()]).toEqual([name, plain])
  }
})

test('nor by what somebody asks, nor by how an officer is called', async () => {
  const ask = async (words: string) => {
    await db.pool.query(`UPDATE ticket SET state = 'closed', closed_at = now()`)
    const addressId = await makeAddress(db, `bertanya ${words}`.replaceAll('\0', '0'))
    const kept = JSON.stringify({ question: words })
    await db.transaction((tx) => {
      return openTicket(tx, seal, addressId, { reason: 'question', words: kept })
    })
  }
  const shapes = async (name: string, words: string) => {
    await ask(words)
    const officer = await signInAs(db, office.url, 'branch-officer', areas.own, name)
    const list = await pageOf('/percakapan', officer)
    const id = /href="\/kantor(\/percakapan\/\d+)"/.exec(list)?.[1] ?? ''
    return [list, await pageOf(id, officer), await pageOf('/perangkat', officer)].map(shapeOf)
  }
  const plain = await shapes('Vina Contoh', 'Apa kabar')
  for (let from = 0; from < few.length; from += 6) {
    const one = few.slice(from, from + 6).join(' ')
    const name = one.replaceAll('\0', '0')
    expect([one, await shapes(name, one)]).toEqual([one, plain])
  }
})
