// Who comes near the upper age hears once that they may go on; nobody else, and never too often.
import { expect, test } from 'vitest'
import { tellNearLimit } from '../../src/jobs/tell-near-limit.ts'
import { snoozeReminders } from '../../src/registry/claims.ts'
import { queueNotices } from '../../src/registry/notices.ts'
import { type Member, makeMember } from '../registry/members.ts'
import { makeAddress } from '../registry/stage.ts'
import { december, openReminderStage } from './reminder-stage.ts'

const { agreeIn, messagesTo, programAt, stage } = await openReminderStage()
const { db, seal } = stage

async function makeAged(birthOn: string, member: Member = december) {
  const made = await makeMember(db, member)
  const { rows } = await db.pool.query<{ id: number; index: Buffer }>(
    `SELECT p.id, p.nik_index AS index FROM person p JOIN submission s ON s.person_id = p.id
      WHERE s.id = $1`,
    [made.id],
  )
  for (const { id, index } of rows) {
    const sealed = seal.seal(birthOn, `person.birth_on:${index.toString('hex')}`)
    await db.pool.query('UPDATE person SET birth_on = $2 WHERE id = $1', [id, sealed])
  }
  return made
}

const run = (at: string) => tellNearLimit.run(programAt(at), {})
const countTo = async (addressId: number) => (await messagesTo(addressId)).length

test('sixty days before it and not a day sooner, once, and nobody who is younger or older', async () => {
  const near = await makeAged('1962-02-14')
  const old = await makeAged('1961-12-15')
  const young = await makeAged('1985-03-12')
  await run('2026-12-15T10:15:00+08:00')
  expect(await countTo(near.addressId)).toBe(0)
  await run('2026-12-17T10:15:00+08:00')
  await run('2026-12-21T10:15:00+08:00')
  const [message, ...more] = await messagesTo(near.addressId)
  expect(message?.text).toMatch(/berumur 65 tahun\. Yang sudah jadi peserta boleh terus membayar/)
  expect(more).toEqual([])
  expect(await countTo(old.addressId)).toBe(0)
  expect(await countTo(young.addressId)).toBe(0)
})

test('residents hear of it in the chat in which they agreed, and their agent does not', async () => {
  const [agreed, silent] = [await makeAged('1962-02-01'), await makeAged('1962-02-01')]
  await db.pool.query(
    `UPDATE submission SET command = 'enrol-resident' WHERE id = ANY ($1::bigint[])`,
    [`{${agreed.id},${silent.id}}`],
  )
  const own = await makeAddress(db, 'warga')
  await agreeIn(agreed.id, own)
  await run('2026-12-17T10:15:00+08:00')
  expect(await countTo(own)).toBe(1)
  expect([await countTo(agreed.addressId), await countTo(silent.addressId)]).toEqual([0, 0])
})

test('not whose membership others pay, who waits for a number, has stopped, or snoozes', async () => {
  const born = '1962-02-01'
  const others = [
    await makeAged(born, { ...december, payer: 'apbd' }),
    await makeAged(born, { ...december, segment: 'PU', payer: 'village' }),
    await makeAged(born, { ...december, state: 'submitted' }),
  ]
  const [stopped, snoozing] = [await makeAged(born), await makeAged(born)]
  await db.pool.query('UPDATE address SET stopped_at = now() WHERE id = $1', [stopped.addressId])
  await db.transaction((tx) => snoozeReminders(tx, snoozing.addressId, '2099-01-01'))
  await run('2026-12-17T10:15:00+08:00')
  for (const { addressId } of [...others, stopped, snoozing]) {
    expect(await countTo(addressId)).toBe(0)
  }
})

test('whoever was written to on the same day is told another day, in the hours of the village', async () => {
  const { addressId } = await makeAged('1962-02-01')
  const notice = { addressId, purpose: 'something else', message: { text: 'Kabar' } }
  await queueNotices(db.pool, seal, [notice])
  await db.pool.query(`UPDATE outbound SET not_before = '2026-12-17T08:00+08' WHERE purpose = $1`, [
    notice.purpose,
  ])
  await run('2026-12-17T10:15:00+08:00')
  expect(await countTo(addressId)).toBe(1)
  await run('2026-12-21T23:15:00+08:00')
  expect((await messagesTo(addressId)).at(-1)?.notBefore).toBe('2026-12-21T23:30:00.000Z')
})
