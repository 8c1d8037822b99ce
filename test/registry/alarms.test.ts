// Alarms: open once for each kind and channel, until somebody closes it.
import { afterAll, beforeEach, expect, test } from 'vitest'
import { closeAlarm, endAlarm, listAlarms, raiseAlarm } from '../../src/registry/alarms.ts'
import { openDatabase } from '../../src/registry/database.ts'
import { freshDatabase } from '../support/postgres.ts'

const db = openDatabase(await freshDatabase())
afterAll(() => db.close())
const { pool } = db
const banned = { kind: 'banned', channel: 'whatsapp' }
const seen = async () => (await listAlarms(pool)).map(({ kind, detail }) => `${kind} ${detail}`)

beforeEach(async () => {
  await pool.query('DELETE FROM alarm')
})

test('raised many times at once it is one, with what is known last', async () => {
  await Promise.all(Array.from({ length: 10 }, () => raiseAlarm(pool, banned)))
  await raiseAlarm(pool, { ...banned, detail: '403' })
  await raiseAlarm(pool, banned)
  await raiseAlarm(pool, { kind: 'banned', channel: 'whatsapp-cloud' })
  expect(await seen()).toEqual(['banned 403', 'banned '])
})

test('closed once, by whom is audited; raised anew it is another', async () => {
  await raiseAlarm(pool, banned)
  const [alarm] = await listAlarms(pool)
  const close = () => db.transaction((tx) => closeAlarm(tx, alarm?.id ?? 0, 'officer:test'))
  expect([await close(), await close()]).toEqual([true, false])
  const { rows } = await pool.query('SELECT actor, action, subject FROM audit')
  const subject = `alarm:${alarm?.id}`
  expect(rows).toEqual([{ actor: 'officer:test', action: 'close-alarm', subject }])
  expect(await seen()).toEqual([])
  await raiseAlarm(pool, banned)
  expect((await listAlarms(pool))[0]?.id).not.toBe(alarm?.id)
})

test('what is over ends without an officer', async () => {
  await raiseAlarm(pool, banned)
  await raiseAlarm(pool, { ...banned, kind: 'replaced' })
  await endAlarm(pool, banned)
  expect(await seen()).toEqual(['replaced '])
})
