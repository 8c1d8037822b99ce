// Alur: the step where most stop is the one at which most sessions stand.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noAnswers } from '../../src/core/kept-answers.ts'
import { openTicket } from '../../src/registry/tickets.ts'
import { sealSession } from '../../src/registry/turns.ts'
import { makeAddress, openStage } from '../registry/stage.ts'
import { areas, signInAs, startOffice, wordsOf } from '../support/office-stage.ts'

const stage = await openStage()
const { db, seal, book } = stage

/** The day in the zone of the branch, as SQL. */
const today = `(now() AT TIME ZONE '${book.branch.zone}')::date`

let office: Awaited<ReturnType<typeof startOffice>>
beforeAll(async () => {
  office = await startOffice(stage)
})
afterAll(async () => {
  await office.server.close()
  expect(office.errors).toEqual([])
})

async function stand(flow: string, asked: string, minutes: number) {
  const addressId = await makeAddress(db, `berhenti-${Math.random()}`)
  const talk = { id: 'x', flow, version: 'v', on: '2026-11-21', answers: noAnswers, asked }
  const body = sealSession(seal, addressId, { language: 'id', talk })
  await db.pool.query(
    `INSERT INTO session (address_id, body, updated_at)
     VALUES ($1, $2, now() - make_interval(mins => $3))
     ON CONFLICT (address_id) DO UPDATE SET body = excluded.body, updated_at = excluded.updated_at`,
    [addressId, body, minutes],
  )
  return addressId
}

test('counts where talks stand, where help was asked for and how talks ended', async () => {
  for (let n = 0; n < 7; n++) await stand('villager/enrol', 'mother-name', 90 + n)
  for (let n = 0; n < 3; n++) await stand('villager/enrol', 'nik', 600)
  // Whoever wrote a moment ago has not stopped.
  for (let n = 0; n < 9; n++) await stand('villager/enrol', 'phone', 5)
  const addressId = await stand('villager/status', 'receipt', 90)
  const help = { reason: 'help', flow: 'villager/enrol', step: 'nik' }
  await db.transaction((tx) => openTicket(tx, seal, addressId, help))
  const end = (outcome: string, count: number) =>
    db.pool.query(
      `INSERT INTO outcome (flow, outcome, "on", count)
       VALUES ('villager/enrol', $1, ${today}, $2)`,
      [outcome, count],
    )
  await end('submitted', 21)
  await end('later', 4)
  const who = await signInAs(db, office.url, 'branch-officer', areas.own)
  const words = await wordsOf(who.get('/alur'))
  expect(words).toContain('Paling banyak berhenti: 7 orang di pertanyaan “')
  expect(words).toContain('dari 11 percakapan')
  const title = book.flows.get('villager/enrol')?.title.id?.texts[0]
  expect(words).toContain(`${title} 10 1 25`)
  const flow = await wordsOf(who.get('/alur/villager-enrol'))
  expect(flow).toMatch(/ mother-name +7 +\d+ Nov/)
  expect(flow).toMatch(/ nik +3 +\d+ Nov 2026, [\d.]+ WITA +0 +0 +1 /)
  expect(flow).toMatch(/submitted +21 /)
})

test('the weeks of a flow are the sums of its days, and those of one question its own', async () => {
  const monday = `date_trunc('week', ${today})::date`
  const keep = (step: string, kind: string, on: string, count: number) =>
    db.pool.query(
      `INSERT INTO flow_day (flow, step, kind, "on", count)
       VALUES ('villager/help', $1, $2, ${on}, $3)`,
      [step, kind, count],
    )
  await keep('question', 'stop', monday, 5)
  await keep('question', 'stop', `${monday} - 1`, 6)
  await keep('question', 'stop', `${monday} - 7`, 1_000)
  await keep('question', 'back', `${monday} - 7`, 40)
  await keep('gone', 'stop', `${monday} - 7`, 3)
  await keep('question', 'stop', `${monday} - 77`, 8)
  await keep('question', 'stop', `${monday} - 78`, 90_000)
  const who = await signInAs(db, office.url, 'branch-head', areas.own)
  const weeksOf = async (query: string) => {
    const page = await (await who.get(`/alur/villager-help${query}`)).text()
    const part = page.slice(page.indexOf('id="minggu"'), page.indexOf('Akhir percakapan'))
    const rows = [...part.matchAll(/<tr><th scope="row">[\s\S]*?<\/tr>/g)].map(([row]) =>
      [...row.matchAll(/class="number">([^<]*)</g)].map(([, count]) => count),
    )
    return { page, rows, bars: part.match(/aria-label="[^"]*"/g) }
  }
  const empty = Array(9).fill(['0', '0', '0'])
  const all = await weeksOf('')
  expect(all.rows).toEqual([['5', '0', '0'], ['1.009', '40', '0'], ...empty, ['8', '0', '0']])
  expect(all.bars).toContain('aria-label="1.009 berhenti, 40 kembali"')
  const sums =
    /<th scope="row"><a href="\/kantor\/alur\/villager-help\?langkah=question[\s\S]*?<\/tr>/
  expect(sums.exec(all.page)?.[0]).toContain('aria-label="1.019 berhenti, 40 kembali"')
  const one = await weeksOf('?langkah=question')
  expect(one.rows[1]).toEqual(['1.006', '40', '0'])
  expect(one.page).toContain('Semua pertanyaan')
  expect((await weeksOf('?langkah=%3Cb%3E')).rows).toEqual(all.rows)
})

test('the whole book is a file', async () => {
  const who = await signInAs(db, office.url, 'branch-officer', areas.own)
  expect(await (await who.get('/alur')).text()).toContain('href="/kantor/alur/semua"')
  const file = await who.get('/alur/semua')
  expect(file.headers.get('content-disposition')).toContain('buku-sapa-desa.html')
  expect(await file.text()).toContain('<title>Buku</title>')
})
