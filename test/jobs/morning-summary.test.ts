// In the morning each post at the branch hears once what waits for it; not on days off, nor at night.
import { expect, test } from 'vitest'
import { morningSummary } from '../../src/jobs/morning-summary.ts'
import { openTicket } from '../../src/registry/tickets.ts'
import { enrol, handleSubmissions, loadHomes } from '../support/office-world.ts'
import { makeOfficial } from '../support/officials.ts'
import { openReminderStage } from './reminder-stage.ts'

const { messagesTo, programAt, stage } = await openReminderStage()
const { db, seal } = stage
await loadHomes(stage)
const own = await makeOfficial(db, 'branch-officer', '63.03')
const elsewhere = await makeOfficial(db, 'branch-head', '62.01')
const stopped = await makeOfficial(db, 'branch-officer', '63.03')
const coordinator = await makeOfficial(db, 'coordinator', '63.03')
await db.pool.query('UPDATE address SET stopped_at = now() WHERE id = $1', [stopped])

/** Somebody in 63.03 who has waited since that moment. */
async function wait(since: string) {
  const { receipt } = await enrol(stage)
  await handleSubmissions(stage)
  const moved = 'UPDATE submission SET created_at = $2 WHERE receipt = $1'
  await db.pool.query(moved, [receipt, since])
  return receipt
}

const run = (at: string) => morningSummary.run(programAt(at), {})

/** What an address was told in the morning. */
async function told(addressId: number) {
  return (await messagesTo(addressId))
    .map(({ text }) => text)
    .filter((text) => /Hari ini/.test(text))
}

test('not before the morning, not on days off, and not where nothing has waited since before', async () => {
  await run('2026-11-23T07:30:00+08:00')
  await wait('2026-11-23T08:10:00+08:00')
  await run('2026-11-23T08:30:00+08:00')
  await run('2026-11-24T00:30:00+08:00')
  await run('2026-11-28T08:30:00+08:00')
  // Christmas Eve and Christmas: both off.
  await run('2026-12-24T08:30:00+08:00')
  await run('2026-12-25T08:30:00+08:00')
  for (const id of [own, elsewhere, stopped, coordinator]) expect(await told(id)).toEqual([])
})

test('once a morning, whoever looks how often, also when the program was down until noon', async () => {
  await Promise.all([run('2026-11-24T07:30:00+08:00'), run('2026-11-24T07:30:00+08:00')])
  await run('2026-11-24T08:30:00+08:00')
  const [first, ...more] = await told(own)
  expect(more).toEqual([])
  expect(first).toContain('1 pendaftaran menunggu')
  expect(first).toContain('Hari ini, Kab. Banjar')
  await run('2026-11-25T12:30:00+08:00')
  await run('2026-11-25T13:30:00+08:00')
  expect(await told(own)).toHaveLength(2)
  for (const id of [elsewhere, stopped, coordinator]) expect(await told(id)).toEqual([])
})

test('what was put in line when the program died is told by the next look, once', async () => {
  const dead = programAt('2026-11-26T07:30:00+08:00')
  const dying = { ...dead, channels: new Map(), clock: { ...dead.clock, now: dead.clock.now } }
  let looks = 0
  dying.clock.now = () => {
    looks += 1
    if (looks > 1) throw new Error('the program dies before it answers')
    return dead.clock.now()
  }
  await morningSummary.run(dying, {}).catch(() => undefined)
  expect(await told(own)).toHaveLength(2)
  await run('2026-11-26T08:30:00+08:00')
  await run('2026-11-26T09:30:00+08:00')
  expect(await told(own)).toHaveLength(3)
})

test('somebody who waits for an answer is reason enough; a list to be approved is, for others', async () => {
  const asker = await makeOfficial(db, 'village-head', '62.01.01.2032')
  await db.transaction((tx) => openTicket(tx, seal, asker, { reason: 'question' }))
  await db.pool.query(`UPDATE ticket SET created_at = '2026-11-26T12:00:00+08:00'`)
  await run('2026-11-27T07:30:00+08:00')
  expect(await told(elsewhere)).toEqual([expect.stringContaining('1 orang menunggu jawaban')])
  const asked = `INSERT INTO export (kind, layout, layout_version, area, reason, state, asked_by,
                                     asked_at)
    SELECT 'bpu', 'bpu-1', 'v', '63.03', 'uji daftar bulanan', 'asked', 'post:' || id,
           '2026-11-27T12:00:00+08:00' FROM post WHERE address_id = $1`
  await db.pool.query(asked, [own])
  const other = await makeOfficial(db, 'branch-head', '63.03')
  await run('2026-11-30T07:30:00+08:00')
  expect((await told(own)).at(-1)).not.toContain('persetujuan')
  expect((await told(other)).at(-1)).toContain('1 daftar keluar menunggu persetujuan')
})
