// Residents whom an agent registered: asked where they agreed; where nowhere, the agent is told.
import { expect, test } from 'vitest'
import { answersPlace } from '../../src/registry/answers-place.ts'
import { claimPaid } from '../../src/registry/claims.ts'
import { carryOut } from '../../src/registry/commands.ts'
import { isReminded } from '../../src/registry/contacts.ts'
import { findOwnContributions } from '../../src/registry/own-contributions.ts'
import { makeMember } from '../registry/members.ts'
import { makeAddress } from '../registry/stage.ts'
import { homes, makeOfficial } from '../support/officials.ts'
import { december, openReminderStage } from './reminder-stage.ts'

const { messagesTo, pay, purposesTo, remind, stage } = await openReminderStage()
const { db, seal, book } = stage
const agent = await makeOfficial(db, 'bumdes-agent', homes.own)
const code = (receipt: string) => ({ 'staff-code': receipt, 'staff-birth-date': '1985-03-12' })

/** A member whom the agent registered, as the program keeps them. */
async function makeResident(by = agent, name = 'Siti Rekaan') {
  const made = await makeMember(db, { ...december, addressId: by })
  const { id, receipt } = made
  const answers = JSON.stringify({ 'birth-date': '1985-03-12', name })
  await db.pool.query(
    `UPDATE submission SET command = 'enrol-resident', answers = $2 WHERE id = $1`,
    [id, seal.seal(answers, answersPlace(receipt))],
  )
  await db.pool.query(
    `INSERT INTO resident (village_code, submission_id, set_by) SELECT $1, $2, min(id) FROM post`,
    [homes.own, id],
  )
  const { rows } = await db.pool.query<{ nik_index: Buffer; id: number }>(
    'SELECT p.nik_index, p.id FROM person p JOIN submission s ON s.person_id = p.id WHERE s.id = $1',
    [id],
  )
  const [person] = rows
  const sealed = seal.seal(name, `person.name:${person?.nik_index.toString('hex')}`)
  await db.pool.query('UPDATE person SET name = $2 WHERE id = $1', [person?.id, sealed])
  return made
}

/** The person agrees in this chat. */
function agree(addressId: number, receipt: string) {
  const command = {
    ...{ do: 'confirm-staff', flow: 'villager/confirm-staff', version: 'v', talkId: 'T1' },
    ...{ startedOn: '2026-12-02', language: 'id', wordings: { 'staff-answer': wording } },
    answers: { ...code(receipt), 'staff-answer': 'ya' },
  }
  return db.transaction((tx) => carryOut({ tx, seal, book }, addressId, command))
}

const { rows: wordings } = await db.pool.query('SELECT version FROM wording LIMIT 1')
const wording: string = wordings[0]?.version

test('they are asked where they agreed, and what they pay is taken back there', async () => {
  const { id, receipt } = await makeResident()
  const chat = await makeAddress(db, 'warga-1')
  await remind('2026-12-08T09:00:00+08:00')
  expect(await isReminded(db.pool, chat)).toBe(false)
  await agree(chat, receipt)
  await remind('2026-12-08T10:00:00+08:00')
  await remind('2026-12-08T11:00:00+08:00')
  expect(await purposesTo(chat)).toEqual([`reminder:2026-12:before-7:r${chat}`])
  expect((await messagesTo(chat))[0]?.text).toContain('Rp8.400')
  expect(await messagesTo(agent)).toEqual([])
  expect(await isReminded(db.pool, chat)).toBe(true)
  const own = await findOwnContributions(db.pool, seal, book.branch.zone, chat)
  expect(own.members.map(({ key, isMine }) => [key, isMine])).toEqual([[receipt, true]])
  await pay(id, 1, '2026-12-08')
  expect(await messagesTo(chat)).toEqual([])
})

test('SUDAH BAYAR counts for them too; another chat of theirs takes over, never both', async () => {
  const { receipt } = await makeResident()
  const [first, second] = [await makeAddress(db, 'warga-2'), await makeAddress(db, 'warga-2b')]
  await agree(first, receipt)
  await agree(second, receipt)
  await remind('2026-12-08T10:00:00+08:00')
  expect([await purposesTo(first), await purposesTo(second)].map((all) => all.length)).toEqual([
    ...[1, 0],
  ])
  await db.pool.query('UPDATE address SET blocked_at = now() WHERE id = $1', [first])
  await remind('2026-12-13T10:00:00+08:00')
  expect(await purposesTo(second)).toEqual([`reminder:2026-12:before-2:r${second}`])
  await db.transaction((tx) => claimPaid(tx, second))
  expect(await purposesTo(second)).toEqual([])
  await remind('2026-12-15T10:00:00+08:00')
  expect(await purposesTo(second)).toEqual([])
})

test('an agent who agrees in somebody’s stead does not become that person', async () => {
  const { receipt } = await makeResident()
  await agree(agent, receipt)
  const { rows } = await db.pool.query('SELECT person_id FROM address WHERE id = $1', [agent])
  expect(rows).toEqual([{ person_id: null }])
})

test('whoever has never agreed in a chat is named to the agent: once, with the sum, in one list', async () => {
  const other = await makeOfficial(db, 'bumdes-agent', homes.own)
  const [siti, rusdi] = [
    await makeResident(other, 'Siti Rekaan'),
    await makeResident(other, 'Rusdi'),
  ]
  const agreed = await makeResident(other, 'Norma Rekaan')
  await agree(await makeAddress(db, 'warga-norma'), agreed.receipt)
  const objected = await makeResident(other, 'Husna Rekaan')
  await db.pool.query('UPDATE resident SET objected_at = now() WHERE submission_id = $1', [
    objected.id,
  ])
  const paid = await makeResident(other, 'Aminah Rekaan')
  await remind('2026-12-02T09:00:00+08:00')
  await pay(paid.id, 1, '2026-12-02')
  await Promise.all([remind('2026-12-08T09:00:00+08:00'), remind('2026-12-08T09:00:00+08:00')])
  await remind('2026-12-08T10:00:00+08:00')
  const [message, ...more] = await messagesTo(other)
  expect(more).toEqual([])
  expect(message?.purpose).toBe(`reminder:2026-12:before-7:g${other}`)
  expect(message?.text).toContain('untuk 2 orang: Rp16.800, paling lambat 15 Desember 2026')
  expect(message?.text).toContain('– Siti Rekaan: Rp8.400 (Desember 2026)')
  expect(message?.text).toContain('– Rusdi: Rp8.400')
  expect(message?.text).toContain('mohon Anda yang mengingatkan')
  expect(message?.text).not.toMatch(/Norma|Husna|Aminah/)
  expect(await isReminded(db.pool, other)).toBe(true)
  // One of them pays, and one gets a chat of their own: the agent is asked for nobody any more.
  await pay(siti.id, 1, '2026-12-08')
  await agree(await makeAddress(db, 'warga-rusdi'), rusdi.receipt)
  await remind('2026-12-15T09:00:00+08:00')
  expect(await messagesTo(other)).toEqual([])
})

test('where the agent has gone, the head of the village hears of their residents', async () => {
  const gone = await makeOfficial(db, 'bumdes-agent', homes.own)
  await makeResident(gone, 'Siti Rekaan')
  const head = await makeOfficial(db, 'village-head', homes.own)
  await makeOfficial(db, 'village-head', homes.neighbour)
  await db.pool.query(`UPDATE post SET revoked_at = now() WHERE address_id = $1`, [gone])
  await remind('2026-12-08T09:00:00+08:00')
  expect(await purposesTo(gone)).toEqual([])
  expect(await purposesTo(head)).toEqual([`reminder:2026-12:before-7:g${gone}`])
})
