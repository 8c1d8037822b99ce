// What did not arrive in one chat is said once in the person's other one, if it is still true.
import { expect, test } from 'vitest'
import type { Channel } from '../../src/channels/channel.ts'
import { SendError, type SendReason } from '../../src/channels/channel.ts'
import { sendMessages } from '../../src/jobs/send-messages.ts'
import { makeMember } from '../registry/members.ts'
import { makeAddress } from '../registry/stage.ts'
import { december, openReminderStage } from './reminder-stage.ts'

const { agreeIn, messagesTo, pay, programAt, purposesTo, remind, stage } = await openReminderStage()
const { db } = stage
let count = 0

/** A member with a second chat in which they have agreed. */
async function makeTwoChats() {
  count += 1
  const { id, addressId } = await makeMember(db, december)
  const other = await makeAddress(db, `ponsel-kedua-${count}`)
  await agreeIn(id, other)
  return { id, addressId, other }
}

/** What waits at an address is tried, and this is what the platform says. */
async function fail(addressId: number, reason: SendReason) {
  const channel = {
    name: 'console',
    send: async () => {
      throw new SendError(reason)
    },
  } as unknown as Channel
  await db.pool.query('UPDATE outbound SET not_before = now() WHERE address_id = $1', [addressId])
  const runtime = programAt('2026-12-08T09:10:00+08:00', new Map([['console', channel]]))
  await sendMessages.run(runtime, { channel: 'console' })
}

const first = (addressId: number) => `reminder:2026-12:before-7:a${addressId}`

test.each(['refused', 'no-template', 'blocked', 'gone'] as const)(
  'a reminder that ends as %s goes to the other chat, once, whoever looks',
  async (reason) => {
    const { addressId, other } = await makeTwoChats()
    await remind('2026-12-08T09:00:00+08:00')
    expect(await purposesTo(other)).toEqual([])
    await fail(addressId, reason)
    await Promise.all([remind('2026-12-08T10:00:00+08:00'), remind('2026-12-08T10:00:00+08:00')])
    await remind('2026-12-09T11:00:00+08:00')
    expect(await purposesTo(other)).toEqual([`${first(addressId)}:elsewhere`])
    expect((await messagesTo(other))[0]?.text).toContain('Iuran Desember 2026: Rp8.400')
    expect(await purposesTo(addressId)).toEqual([first(addressId)])
  },
)

test('what does not arrive there either is not said a third time', async () => {
  const { id, addressId, other } = await makeTwoChats()
  await agreeIn(id, addressId)
  await remind('2026-12-08T09:00:00+08:00')
  await fail(addressId, 'refused')
  await remind('2026-12-08T10:00:00+08:00')
  await fail(other, 'refused')
  await remind('2026-12-08T11:00:00+08:00')
  await remind('2026-12-09T11:00:00+08:00')
  expect(await purposesTo(other)).toEqual([`${first(addressId)}:elsewhere`])
  expect(await purposesTo(addressId)).toEqual([first(addressId)])
  // The next reason to write is tried in the first chat again.
  await remind('2026-12-13T11:00:00+08:00')
  expect(await purposesTo(addressId)).toContain(`reminder:2026-12:before-2:a${addressId}`)
})

test('whoever has paid meanwhile hears nothing more', async () => {
  const { id, addressId, other } = await makeTwoChats()
  await remind('2026-12-08T09:00:00+08:00')
  await fail(addressId, 'refused')
  await pay(id, 1, '2026-12-08')
  await remind('2026-12-08T10:00:00+08:00')
  expect(await purposesTo(other)).toEqual([])
})

test('BERHENTI in either chat holds in both', async () => {
  const [here, there] = [await makeTwoChats(), await makeTwoChats()]
  await remind('2026-12-08T09:00:00+08:00')
  for (const { addressId } of [here, there]) await fail(addressId, 'refused')
  await db.pool.query('UPDATE address SET stopped_at = now() WHERE id = ANY ($1::bigint[])', [
    `{${here.addressId},${there.other}}`,
  ])
  await remind('2026-12-08T10:00:00+08:00')
  for (const { other } of [here, there]) expect(await purposesTo(other)).toEqual([])
})

test('a chat that is not theirs, or in which they did not agree, is never written to', async () => {
  const { addressId, other } = await makeTwoChats()
  const stranger = await makeTwoChats()
  await db.pool.query(
    `INSERT INTO consent (address_id, kind, given, wording, language)
     SELECT $1, 'registration', false, min(version), 'id' FROM wording`,
    [other],
  )
  await remind('2026-12-08T09:00:00+08:00')
  await fail(addressId, 'refused')
  await remind('2026-12-08T10:00:00+08:00')
  expect(await purposesTo(other)).toEqual([])
  expect((await purposesTo(stranger.other)).join()).not.toContain(`:a${addressId}`)
})

test('where several people share a chat, no other chat reads about all of them', async () => {
  const { addressId, other } = await makeTwoChats()
  await makeMember(db, { ...december, addressId })
  await remind('2026-12-08T09:00:00+08:00')
  await fail(addressId, 'refused')
  await remind('2026-12-08T10:00:00+08:00')
  expect(await purposesTo(other)).toEqual([])
})

test('the other chat has heard enough for a day, like any other', async () => {
  const { addressId, other } = await makeTwoChats()
  await remind('2026-12-08T09:00:00+08:00')
  await db.pool.query(
    `INSERT INTO outbound (address_id, purpose, class, body, state, not_before)
     VALUES ($1, $2, 'campaign', '', 'sent', '2026-12-08T08:00:00+08:00')`,
    [other, `kampanye:${other}`],
  )
  await fail(addressId, 'refused')
  const heard = () =>
    db.pool
      .query(`SELECT FROM outbound WHERE address_id = $1 AND class = 'reminder'`, [other])
      .then(({ rowCount }) => rowCount)
  await remind('2026-12-08T10:00:00+08:00')
  expect(await heard()).toBe(0)
  await remind('2026-12-09T10:00:00+08:00')
  expect(await heard()).toBe(1)
})
