// Reminders from rows to rows: once for each reason, to whom it concerns, at an hour that is theirs.
import { expect, test } from 'vitest'
import { must } from '../../src/core/must.ts'
import { drawUpContributions } from '../../src/jobs/draw-up-contributions.ts'
import { sendReminders } from '../../src/jobs/send-reminders.ts'
import { claimPaid, snoozeReminders } from '../../src/registry/claims.ts'
import { carryOut } from '../../src/registry/commands.ts'
import { grantPost } from '../../src/registry/posts.ts'
import { moveReminders, queueReminders } from '../../src/registry/reminders.ts'
import { type Member, makeMember } from '../registry/members.ts'
import { makeAddress } from '../registry/stage.ts'
import { december, jayapura, makassar, openReminderStage, pontianak } from './reminder-stage.ts'

const { agreeIn, messagesTo, pay, programAt, purposesTo, reasonOf, remind, stage } =
  await openReminderStage()
const { db, book, seal } = stage

test('whoever has not paid is asked once, whoever has paid is not', async () => {
  const [owes, paid] = [await makeMember(db, december), await makeMember(db, december)]
  const waiting = await makeMember(db, { ...december, state: 'submitted' })
  await drawUpContributions.run(programAt('2026-12-05T09:00:00+08:00'), {})
  await pay(paid.id, 1, '2026-12-05')
  await Promise.all([remind('2026-12-08T09:00:00+08:00'), remind('2026-12-08T09:00:00+08:00')])
  await remind('2026-12-09T10:00:00+08:00')
  const [message, ...more] = await messagesTo(owes.addressId)
  expect(more).toEqual([])
  expect(message?.purpose).toBe(`reminder:2026-12:before-7:a${owes.addressId}`)
  expect(message?.text).toMatch(/Desember 2026: Rp8\.400, paling lambat 15 Desember 2026\./)
  expect(await messagesTo(paid.addressId)).toEqual([])
  expect(await messagesTo(waiting.addressId)).toEqual([])
})

test('days of downtime are made up for with one message, and none comes twice', async () => {
  const { addressId } = await makeMember(db, { startsOn: '2027-01-01' })
  await remind('2027-01-16T09:00:00+08:00')
  await remind('2027-01-08T09:00:00+08:00')
  await remind('2027-01-16T15:00:00+08:00')
  const purposes = await purposesTo(addressId)
  expect(purposes.filter((one) => one.includes(':due:'))).toHaveLength(1)
  expect(new Set(purposes).size).toBe(purposes.length)
})

test('it arrives when it is day in the village, whatever the hour of the branch', async () => {
  const members = await Promise.all(
    [makassar, pontianak, jayapura].map((village) => makeMember(db, { ...december, village })),
  )
  await remind('2026-12-08T07:40:00+08:00')
  const times = await Promise.all(
    members.map(async (one) => (await messagesTo(one.addressId))[0]?.notBefore),
  )
  expect(times).toEqual([
    '2026-12-07T23:40:00.000Z',
    // Half past seven in Pontianak.
    '2026-12-08T00:30:00.000Z',
    '2026-12-07T23:40:00.000Z',
  ])
})

test('a village is written to once, with all its people and the sum', async () => {
  const head = await makeAddress(db, 'kepala-desa')
  const post = { role: 'village-head', area: jayapura, name: 'Kepala', pin: '271828' } as const
  await db.transaction((tx) =>
    grantPost(tx, seal, { ...post, addressId: head, grantedBy: 'officer:test' }),
  )
  const staff: Member = {
    ...{ village: jayapura, payer: 'village', segment: 'PU', base: 2_000_000 },
    ...{ startsOn: '2026-12-01', addressId: await makeAddress(db, 'operator-lama') },
  }
  const people = [await makeMember(db, staff), await makeMember(db, staff)]
  await makeMember(db, { ...staff, state: 'submitted' })
  const [first] = people
  await db.pool.query(
    `UPDATE person p SET name = $2 FROM submission s WHERE s.person_id = p.id AND s.id = $1`,
    [first?.id, await sealedName(must(first, 'somebody').id, 'Maria Latu')],
  )
  await remind('2027-01-08T09:00:00+08:00')
  const [message, ...more] = await messagesTo(head)
  expect(more).toEqual([])
  expect(message?.purpose).toBe(`reminder:2027-01:before-7:v${jayapura}`)
  expect(message?.text).toContain('untuk 2 orang: Rp21.600')
  expect(message?.text).toContain('– Maria Latu: Rp10.800 (Desember 2026)')
})

async function sealedName(id: number, name: string) {
  const { rows } = await db.pool.query<{ nik_index: Buffer }>(
    `SELECT p.nik_index FROM person p JOIN submission s ON s.person_id = p.id WHERE s.id = $1`,
    [id],
  )
  return seal.seal(name, `person.name:${rows[0]?.nik_index.toString('hex')}`)
}

test('BERHENTI takes back what waits and holds at once; the reason is on record', async () => {
  const { addressId } = await makeMember(db, december)
  await remind('2026-12-08T06:45:00+08:00')
  expect(await purposesTo(addressId)).toHaveLength(1)
  const command = { flow: '', version: '', talkId: '', startedOn: '', language: 'id' }
  const say = (what: string) =>
    db.transaction((tx) =>
      carryOut({ tx, seal, book }, addressId, { do: what, ...command, answers: {}, wordings: {} }),
    )
  await say('stop-messages')
  expect(await purposesTo(addressId)).toEqual([])
  await remind('2026-12-13T09:00:00+08:00')
  const purpose = `reminder:2026-12:before-2:a${addressId}`
  expect(await purposesTo(addressId)).toEqual([])
  expect(await reasonOf(purpose)).toBe('stopped')
  await say('resume-messages')
  await remind('2026-12-13T10:00:00+08:00')
  expect(await purposesTo(addressId)).toEqual([purpose])
  expect(await reasonOf(purpose)).toBeNull()
})

test('who has said BERHENTI while it was planned hears nothing', async () => {
  const { addressId } = await makeMember(db, december)
  await db.pool.query('UPDATE address SET stopped_at = now() WHERE id = $1', [addressId])
  const given = { contact: `a${addressId}`, addressId, text: 'x', notBeforeMs: 0, zone: 'x' }
  const queued = await queueReminders(
    db.pool,
    seal,
    [{ ...given, purpose: 'x', purposes: ['x'] }],
    0,
  )
  expect([...queued, ...(await purposesTo(addressId))]).toEqual([])
})

test('what was said to an address was said to the one that it turned out to be', async () => {
  const { addressId } = await makeMember(db, december)
  await remind('2026-12-08T09:00:00+08:00')
  const kept = await makeAddress(db, 'alamat-lama')
  await db.transaction(async (tx) => {
    await tx.query('UPDATE submission SET address_id = $1 WHERE address_id = $2', [kept, addressId])
    await moveReminders(tx, kept, addressId)
  })
  await remind('2026-12-09T09:00:00+08:00')
  expect(await purposesTo(kept)).toEqual([])
  await remind('2026-12-13T09:00:00+08:00')
  expect(await purposesTo(kept)).toEqual([`reminder:2026-12:before-2:a${kept}`])
})

test('when a membership ends, what waits to be said of it is taken back', async () => {
  const { id, addressId } = await makeMember(db, december)
  await remind('2026-12-08T06:45:00+08:00')
  expect(await purposesTo(addressId)).toHaveLength(1)
  await db.pool.query(`UPDATE enrolment SET state = 'ended' WHERE submission_id = $1`, [id])
  await remind('2026-12-15T09:00:00+08:00')
  expect(await purposesTo(addressId)).toEqual([])
})

test('after days in which nothing could be sent only the last is sent', async () => {
  const { addressId } = await makeMember(db, december)
  for (const day of ['08', '13', '15']) await remind(`2026-12-${day}T09:00:00+08:00`)
  expect(await purposesTo(addressId)).toEqual([`reminder:2026-12:due:a${addressId}`])
  expect(await reasonOf(`reminder:2026-12:before-7:a${addressId}`)).toBe('overtaken')
})

test('a payment, SUDAH BAYAR and another day take back what waits', async () => {
  const [paid, claimed, later] = [
    await makeMember(db, december),
    await makeMember(db, december),
    await makeMember(db, december),
  ]
  await remind('2026-12-08T06:45:00+08:00')
  await pay(paid.id, 1, '2026-12-08')
  await db.transaction((tx) => claimPaid(tx, claimed.addressId))
  await db.transaction((tx) => snoozeReminders(tx, later.addressId, '2026-12-25'))
  await remind('2026-12-15T09:00:00+08:00')
  for (const one of [paid, claimed, later]) expect(await purposesTo(one.addressId)).toEqual([])
  await remind('2026-12-25T09:00:00+08:00')
  const reminders = async ({ addressId }: { addressId: number }) =>
    (await purposesTo(addressId)).filter((one) => one.startsWith('reminder'))
  expect(await reminders(claimed)).toEqual([])
  expect(await reminders(later)).toEqual([`reminder:2026-12:asked-2026-12-25:a${later.addressId}`])
})

test('a chat that blocked the bot is passed over for another one of the same person', async () => {
  const { id, addressId } = await makeMember(db, december)
  const other = await makeAddress(db, 'ponsel-lain')
  const stranger = await makeAddress(db, 'ponsel-orang-lain')
  await agreeIn(id, other)
  await agreeIn((await makeMember(db, december)).id, stranger)
  await db.pool.query('UPDATE address SET blocked_at = now() WHERE id = $1', [addressId])
  await remind('2026-12-15T09:00:00+08:00')
  expect(await purposesTo(addressId)).toEqual([])
  expect(await purposesTo(other)).toEqual([`reminder:2026-12:due:a${addressId}`])
})

test('at most three messages begin in a week, and what is put off is said afterwards', async () => {
  const { addressId } = await makeMember(db, december)
  for (const day of [11, 12, 14]) {
    await db.pool.query(
      `INSERT INTO outbound (address_id, purpose, class, body, state, not_before)
       VALUES ($1, $2, 'campaign', '', 'sent', $3)`,
      [addressId, `kampanye:${addressId}:${day}`, `2026-12-${day}T09:00:00+08:00`],
    )
  }
  const purpose = `reminder:2026-12:due:a${addressId}`
  const has = async () =>
    (await db.pool.query('SELECT FROM outbound WHERE purpose = $1', [purpose])).rowCount === 1
  await remind('2026-12-15T09:00:00+08:00')
  expect([await has(), await reasonOf(purpose)]).toEqual([false, 'weekly-cap'])
  await remind('2026-12-18T08:00:00+08:00')
  expect([await has(), await reasonOf(purpose)]).toEqual([false, 'weekly-cap'])
  await db.pool.query(`UPDATE contribution SET due_on = '2026-12-18' WHERE paid_on IS NULL`)
  await sendReminders.run(programAt('2026-12-18T09:40:00+08:00'), {})
  expect([await has(), await reasonOf(purpose)]).toEqual([true, null])
})

test('from the third unpaid month an officer is asked, once', async () => {
  const { addressId } = await makeMember(db, { startsOn: '2026-08-01' })
  await remind('2026-10-20T09:00:00+08:00')
  await remind('2026-10-21T09:00:00+08:00')
  const [message, ...more] = await messagesTo(addressId)
  expect(more).toEqual([])
  expect(message?.text).toContain('mungkin sudah tidak aktif, petugas memeriksa')
  const { rows } = await db.pool.query('SELECT reason FROM ticket WHERE address_id = $1', [
    addressId,
  ])
  expect(rows).toEqual([{ reason: 'maybe-ended' }])
})

test('a claim that waits too long for its proof goes to an officer, once', async () => {
  const { addressId } = await makeMember(db, december)
  await drawUpContributions.run(programAt('2026-12-08T09:00:00+08:00'), {})
  await db.transaction((tx) => claimPaid(tx, addressId))
  await db.pool.query(`UPDATE payment_claim SET claimed_at = now() - interval '31 days'`)
  await remind('2026-12-08T10:00:00+08:00')
  await db.pool.query(`UPDATE ticket SET state = 'closed' WHERE address_id = $1`, [addressId])
  await remind('2026-12-08T11:00:00+08:00')
  const { rows } = await db.pool.query('SELECT reason FROM ticket WHERE address_id = $1', [
    addressId,
  ])
  expect(rows).toEqual([{ reason: 'claim-unproven' }])
})
