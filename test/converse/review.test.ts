// Registrations decided on in an officer's chat: by one officer, in the own area, told afterwards.
import { beforeAll, expect, test } from 'vitest'
import { undoSeconds } from '../../src/core/limits.ts'
import { showReceipt } from '../../src/core/text.ts'
import { openOutbound } from '../../src/registry/turns.ts'
import { enrol, handleSubmissions, loadHomes, newNik } from '../support/office-world.ts'
import { homes } from '../support/officials.ts'
import { openRosterStage } from '../support/roster-stage.ts'

const stage = await openRosterStage()
const { db, runtime, meetOfficer, count } = stage
const { seal, book } = runtime
const ground = { db, seal, book }

beforeAll(() => loadHomes(ground))

let numbers = 0
const newKpj = () => `2028${String(++numbers).padStart(7, '0')}`

/** Somebody who has registered, and nobody else waits before them. */
async function waitAlone(answers: Parameters<typeof enrol>[1] = {}) {
  await db.pool.query(`UPDATE enrolment SET state = 'refused' WHERE state = 'submitted'`)
  await db.pool.query(`UPDATE submission SET state = 'refused' WHERE state = 'parked'`)
  return wait(answers)
}

async function wait(answers: Parameters<typeof enrol>[1] = {}) {
  const { receipt, addressId } = await enrol(ground, answers)
  await handleSubmissions(ground)
  return { receipt, addressId }
}

async function stateOf(receipt: string) {
  const { rows } = await db.pool.query(
    `SELECT s.state, s.reason, e.state AS enrolment FROM submission s
       LEFT JOIN enrolment e ON e.submission_id = s.id WHERE s.receipt = $1 LIMIT 1`,
    [receipt],
  )
  return rows[0]
}

/** What waits to be said to an address, and in how many seconds it may be. */
async function toldTo(addressId: number) {
  const { rows } = await db.pool.query(
    `SELECT purpose, body, round(extract(epoch FROM not_before - created_at)) AS delay
       FROM outbound WHERE address_id = $1 AND purpose LIKE 'submission:%' ORDER BY id`,
    [addressId],
  )
  return rows.map((row) => ({
    delay: Number(row.delay),
    text: openOutbound(seal, row.purpose, row.body).text,
  }))
}

test('one after the other: accepted with its number, refused for a reason, asked', async () => {
  const nik = newNik()
  const first = await waitAlone({ nik, name: 'Siti Umpama', sex: 'L', membership: 'unsure' })
  const second = await wait({ name: 'Noor Misalnya' })
  const third = await wait({ name: 'Galuh Andaian' })
  const officer = await meetOfficer()
  const list = await officer.say('periksa')
  expect(list).toContain('Menunggu diperiksa: 3')
  const labels = (await officer.heard()).at(-1)?.choices?.map(({ label }) => label)
  expect(labels?.[0]).toBe('Siti · Pasayangan Utara · NIK tidak cocok dan 1 lagi')
  const card = await officer.say('1')
  expect(card).toContain(`Siti Umpama · NIK ${nik.slice(0, 4)}••••••••${nik.slice(-4)}`)
  expect(card).toContain('Jenis kelamin di NIK berbeda.')
  expect(card).not.toContain(nik)
  const kpj = newKpj()
  await officer.say('terima', `${kpj.slice(0, 4)} ${kpj.slice(4)}`, 'ya')
  expect(await stateOf(first.receipt)).toMatchObject({ enrolment: 'registered' })
  expect(await toldTo(first.addressId)).toEqual([
    { delay: undoSeconds, text: expect.stringContaining(`Nomor peserta: ${kpj}`) },
  ])
  // The next card comes by itself; how many come after it is told on the button.
  expect((await officer.heard()).at(-1)?.choices?.[0]?.label).toBe('Berikutnya (2 lagi)')
  expect(await officer.say('1')).toContain('Noor Misalnya')
  await officer.say('tolak', '4', 'ya')
  expect(await stateOf(second.receipt)).toMatchObject({ state: 'refused', reason: 'data-differs' })
  expect((await toldTo(second.addressId))[0]?.text).toContain('data tidak sama')
  expect(await officer.say('1')).toContain('Galuh Andaian')
  expect(await officer.say('tanya orangnya', 'NIK 6303055203850042 benar?')).toContain('terakhir')
  expect((await toldTo(third.addressId))[0]?.text).toContain('NIK 6303••••0042 benar?')
  expect(await stateOf(third.receipt)).toMatchObject({ state: 'recorded', enrolment: 'submitted' })
  const seen = `FROM audit WHERE action = 'see-submission' AND actor LIKE 'post:%'`
  expect(await count(seen)).toBe(3)
})

test('of two officers at once one decides, and the other is told so', async () => {
  const { receipt, addressId } = await waitAlone()
  const [one, other] = [await meetOfficer(), await meetOfficer()]
  await one.say('periksa', '1', 'terima', newKpj())
  await other.say('periksa', '1', 'tolak', '1')
  await Promise.all([one.send('ya'), other.send('ya')])
  const ends = await Promise.all(
    [one, other].map(async ({ heard }) => {
      const said = (await heard()).map(({ text }) => text).join('\n')
      return { done: /Dicatat|Ditolak/.test(said), late: said.includes('sudah diputuskan') }
    }),
  )
  expect(ends.filter(({ done, late }) => done && !late)).toHaveLength(1)
  expect(ends.filter(({ done, late }) => late && !done)).toHaveLength(1)
  expect(await toldTo(addressId)).toHaveLength(1)
  const decisions = `FROM decision WHERE submission_id = (
    SELECT id FROM submission WHERE receipt = $1)`
  expect(await count(decisions, [receipt])).toBe(1)
  // Whoever opens it afterwards learns it there.
  expect(await other.say('menu', 'periksa')).toContain('Tidak ada pendaftaran')
  await other.send(`branch/review submission=${receipt}`, 'open')
  expect(await other.last()).toContain('yang terakhir di antrean')
})

test('a number that somebody else has is not taken; another one is', async () => {
  const { receipt } = await waitAlone()
  const kpj = newKpj()
  const officer = await meetOfficer()
  await officer.say('periksa', '1', 'terima', kpj, 'ya')
  const next = await wait()
  await officer.say('periksa', '1', 'terima', '12345')
  expect(await officer.last()).toContain('Nomor peserta terdiri dari 11 angka')
  expect(await officer.say(kpj, 'ya')).toContain('sudah dipakai orang lain')
  expect(await stateOf(next.receipt)).toMatchObject({ enrolment: 'submitted' })
  await officer.say('1', newKpj(), 'ya')
  expect(await stateOf(next.receipt)).toMatchObject({ enrolment: 'registered' })
  expect(await stateOf(receipt)).toMatchObject({ enrolment: 'registered' })
})

test('going back after a decision changes nothing that was decided', async () => {
  const { receipt, addressId } = await waitAlone()
  await wait()
  const officer = await meetOfficer()
  await officer.say('periksa', '1', 'terima', newKpj(), 'ya')
  await officer.say('kembali', 'ya')
  expect(await toldTo(addressId)).toHaveLength(1)
  await officer.say('kembali', 'kembali', newKpj(), 'ya')
  expect((await officer.heard()).at(-2)?.text).toContain('sudah diputuskan')
  expect(await toldTo(addressId)).toHaveLength(1)
  expect(await stateOf(receipt)).toMatchObject({ enrolment: 'registered' })
})

test('what is parked cannot be accepted, and lies in the list as what it is', async () => {
  const { receipt } = await waitAlone({ payer: 'other' })
  const officer = await meetOfficer()
  await officer.say('periksa', '1')
  const labels = (await officer.heard()).at(-1)?.choices?.map(({ label }) => label)
  expect(labels).toEqual(['Tolak', 'Tanya orangnya', 'Biarkan dulu'])
  expect(await officer.say('biarkan dulu')).toContain('yang terakhir')
  expect(await stateOf(receipt)).toMatchObject({ state: 'parked' })
})

test('registrations of another branch are not seen, opened or decided on', async () => {
  const { receipt } = await waitAlone({ village: homes.own })
  const stranger = await meetOfficer('63.02')
  expect(await stranger.say('periksa')).toContain('Tidak ada pendaftaran')
  // A button of somebody else, forged or forwarded, opens nothing either.
  await stranger.send(`branch/review submission=${receipt}`, 'open')
  expect((await stranger.heard()).map(({ text }) => text).join('\n')).not.toContain('Siti Rahmah')
  expect(await stranger.last()).not.toContain(showReceipt(receipt))
  expect(await stateOf(receipt)).toMatchObject({ enrolment: 'submitted' })
})
