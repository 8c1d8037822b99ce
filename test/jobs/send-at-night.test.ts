// The sender of reminders: it looks at the hour and at BERHENTI once more.
import { expect, test } from 'vitest'
import type { Channel } from '../../src/channels/channel.ts'
import { sendMessages } from '../../src/jobs/send-messages.ts'
import { queueNotices } from '../../src/registry/notices.ts'
import { makeMember } from '../registry/members.ts'
import { seal } from '../registry/stage.ts'

import { december, openReminderStage, pontianak } from './reminder-stage.ts'

const { messagesTo, programAt, remind, stage } = await openReminderStage()
const { db } = stage

const sent: { text: string; key: string }[] = []
const channel = {
  name: 'console',
  send: async (_address, { text }, { key }) => {
    sent.push({ text, key })
    return `id-${sent.length}`
  },
} as Partial<Channel> as Channel

const channels = new Map([['console', channel]])

test('the sender looks once more: not at night, not to who has stopped meanwhile', async () => {
  const [night, stopped] = [await makeMember(db, december), await makeMember(db, december)]
  const west = await makeMember(db, { ...december, village: pontianak })
  await remind('2026-12-08T19:50:00+08:00')
  await db.pool.query(`UPDATE outbound SET not_before = now() - interval '1 hour'`)
  await db.pool.query('UPDATE address SET stopped_at = now() WHERE id = $1', [stopped.addressId])
  sent.length = 0
  await sendMessages.run(programAt('2026-12-08T20:05:00+08:00', channels), { channel: 'console' })
  const states = async ({ addressId }: { addressId: number }) =>
    (await messagesTo(addressId)).map(({ state }) => state)
  expect([await states(night), await states(stopped)]).toEqual([['waiting'], ['failed']])
  // In Pontianak it is an hour earlier.
  expect([await states(west), sent.map(({ key }) => key)]).toEqual([
    ['sent'],
    [`reminder:2026-12:before-7:a${west.addressId}`],
  ])
  await db.pool.query(`UPDATE outbound SET not_before = now() - interval '1 hour'`)
  await sendMessages.run(programAt('2026-12-09T08:00:00+08:00', channels), { channel: 'console' })
  expect(await states(night)).toEqual(['sent'])
})

test('news for many waits for the morning too; an answer to one person does not', async () => {
  const { addressId } = await makeMember(db, december)
  const noticeOf = (purpose: string) => ({ addressId, purpose, message: { text: purpose } })
  const zone = 'Asia/Makassar'
  await db.transaction((tx) =>
    queueNotices(tx, seal, [{ ...noticeOf('news'), zone }, noticeOf('answer')]),
  )
  const stateOf = async () => (await messagesTo(addressId)).map(({ state }) => state)
  await sendMessages.run(programAt('2026-12-08T22:00:00+08:00', channels), { channel: 'console' })
  expect(await stateOf()).toEqual(['waiting', 'sent'])
  await db.pool.query(`UPDATE outbound SET not_before = now() - interval '1 hour'`)
  await sendMessages.run(programAt('2026-12-09T08:00:00+08:00', channels), { channel: 'console' })
  expect(await stateOf()).toEqual(['sent', 'sent'])
})
