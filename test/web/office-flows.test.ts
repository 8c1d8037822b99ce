// Alur: the step where most stop is the one at which most sessions stand.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTicket } from '../../src/registry/tickets.ts'
import { sealSession } from '../../src/registry/turns.ts'
import { makeAddress, openStage } from '../registry/stage.ts'
import { areas, signInAs, startOffice, wordsOf } from '../support/office-stage.ts'

const stage = await openStage()
const { db, seal, book } = stage

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
  const talk = { id: 'x', flow, version: 'v', on: '2026-11-21', answers: {}, asked }
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
       VALUES ('villager/enrol', $1, current_date, $2)`,
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
  expect(flow).toMatch(/ nik +3 +\d+ Nov 2026, [\d.]+ WITA +1 /)
  expect(flow).toMatch(/submitted +21 /)
})
