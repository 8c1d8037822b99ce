// Residents whom an agent registered: asked in the chat in which they agreed, and in no other.
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
async function makeResident() {
  const made = await makeMember(db, { ...december, addressId: agent })
  const { id, receipt } = made
  const answers = JSON.stringify({ 'birth-date': '1985-03-12', name: 'Siti Rekaan' })
  await db.pool.query(
    `UPDATE submission SET command = 'enrol-resident', answers = $2 WHERE id = $1`,
    [id, seal.seal(answers, answersPlace(receipt))],
  )
  await db.pool.query(
    `INSERT INTO resident (village_code, submission_id, set_by) SELECT $1, $2, min(id) FROM post`,
    [homes.own, id],
  )
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
