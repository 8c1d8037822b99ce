// People who wait for an officer: answered, talked with while the bot is silent, given back to it.
import { expect, test } from 'vitest'
import { officerSilenceMinutes } from '../../src/core/limits.ts'
import { sweep } from '../../src/jobs/sweep.ts'
import { listOpenTickets, sayOnTicket } from '../../src/registry/conversations.ts'
import { openRosterStage } from '../support/roster-stage.ts'

const { db, runtime, meetHead, meetVillager, meetOfficer, count } = await openRosterStage()
const { seal } = runtime

/** Somebody amid a check whether they may join, who has asked an officer something. */
async function meetAsker() {
  const person = await meetVillager()
  await person.say('cek', '1')
  const asked = await person.last()
  await person.say('bantuan', 'bantuan', 'Kapan kartu saya datang?')
  const [ticket] = (await listOpenTickets(db.pool, seal, null, 100)).slice(-1)
  return { ...person, asked, ticketId: ticket?.id ?? 0 }
}

test('an officer talks through the bot; the bot is silent, then asks the very same again', async () => {
  const person = await meetAsker()
  const officer = await meetOfficer()
  const opened = await officer.say('percakapan', 'pertanyaan', 'jawab, lalu tunggu balasan')
  expect(opened).toContain('Tulis kata-kata Anda')
  expect(await officer.say('Kartunya datang minggu depan.\nSudah pindah rumah?')).toContain(
    'Bot diam',
  )
  const [joins, says] = (await person.heard()).slice(-2)
  expect(joins?.text).toContain('Sekarang petugas yang berbicara')
  expect(says?.text).toBe('Petugas: Kartunya datang minggu depan.\nSudah pindah rumah?')

  const before = (await person.heard()).length
  await person.say('Belum, masih di sini', 'ya', '1')
  expect(await person.heard()).toHaveLength(before)
  await person.send('', 'photo')
  expect(await person.last()).toContain('belum bisa membaca foto')
  expect(await officer.last()).toContain(`Ada balasan di percakapan nomor ${person.ticketId}`)
  expect((await officer.heard()).filter(({ text }) => text.includes('Ada balasan'))).toHaveLength(1)
  const seen = await officer.say('percakapan', 'pertanyaan')
  expect(seen).toContain('Warga: Belum, masih di sini')

  await officer.say('jawab dan tutup', 'Baik, ditunggu ya.')
  const end = (await person.heard()).slice(before).map(({ text }) => text)
  expect(end).toEqual([
    expect.stringContaining('foto'),
    'Petugas: Baik, ditunggu ya.',
    expect.stringContaining('selesai'),
    expect.stringContaining(person.asked.split('\n')[0] ?? ''),
  ])
  expect(await count("FROM ticket WHERE state = 'open' AND id = $1", [person.ticketId])).toBe(0)
  await person.say('1')
  expect((await person.heard()).length).toBeGreaterThan(before + 3)
})

test('answered once, nothing that the bot asks is disturbed', async () => {
  const person = await meetAsker()
  const before = (await person.heard()).length
  const says = {
    ticketId: person.ticketId,
    words: 'Minggu depan.',
    actor: 'officer:a',
    closes: true,
  }
  await db.transaction((tx) => sayOnTicket(tx, seal, says))
  await sweep.run(runtime, {})
  expect(await person.last()).toContain('Jawaban petugas')
  await person.send('1')
  const [answer, ...more] = (await person.heard()).slice(before)
  expect(answer?.text).toContain('Minggu depan.')
  expect(answer?.text).toContain('Jawaban petugas')
  expect(more.some(({ text }) => text.includes('Percakapan dengan petugas'))).toBe(false)
})

test.each([
  ['menu', 'tetap tersimpan'],
  ['berhenti', 'kabar'],
])('%s brings the bot back', async (word, expected) => {
  const person = await meetAsker()
  const says = { ticketId: person.ticketId, words: 'Halo', actor: 'officer:a', closes: false }
  await db.transaction((tx) => sayOnTicket(tx, seal, says))
  await person.say('halo juga')
  const before = (await person.heard()).length
  await person.say(word)
  const heard = (await person.heard()).slice(before).map(({ text }) => text)
  expect(heard.join('\n')).toContain(expected)
  await person.say('bukan perintah')
  expect((await person.heard()).length).toBeGreaterThan(before + heard.length)
})

test('an officer who is silent for too long gives the bot back, and the words are kept', async () => {
  const person = await meetAsker()
  const says = { ticketId: person.ticketId, words: 'Halo', actor: 'officer:a', closes: false }
  await db.transaction((tx) => sayOnTicket(tx, seal, says))
  await person.say('saya tunggu')
  const real = runtime.clock.now
  runtime.clock.now = () => {
    const now = real()
    return { ...now, second: now.second + officerSilenceMinutes * 60 + 60 }
  }
  await person.say('masih di sana?')
  runtime.clock.now = real
  const [silent, asked] = (await person.heard()).slice(-2)
  expect(silent?.text).toContain('belum sempat membalas')
  expect(asked?.text).toContain(person.asked.split('\n')[0])
  expect(
    await count('FROM ticket WHERE id = $1 AND waiting_since IS NOT NULL', [person.ticketId]),
  ).toBe(1)
})

test('without an address on the internet an officer is told where the workplace is', async () => {
  const officer = await meetOfficer()
  expect(await officer.say('kantor')).toContain('di komputer cabang')
})

test('of two officers the second is told who has it, and may take it over knowingly', async () => {
  const { ticketId } = await meetAsker()
  const say = (actor: string, takesOver = false) =>
    db.transaction((tx) =>
      sayOnTicket(tx, seal, { ticketId, words: 'Halo', actor, closes: false, takesOver }),
    )
  expect(await say('officer:a')).toMatchObject({ kind: 'said' })
  expect(await say('officer:b')).toEqual({ kind: 'held', by: 'officer:a' })
  expect(await say('officer:b', true)).toMatchObject({ kind: 'said' })
})

test('tickets of another branch are not seen, opened or answered', async () => {
  const head = await meetHead()
  await head.say('bantuan', 'bantuan', 'Rahasia desa kami')
  const near = await listOpenTickets(db.pool, seal, '63.03', 100)
  const own = near.find(({ words }) => words.includes('Rahasia desa kami'))
  expect(own?.place).toBe(head.area)
  const far = await listOpenTickets(db.pool, seal, '64.01', 100)
  expect(far.map(({ id }) => id)).not.toContain(own?.id)
  const stranger = await meetOfficer('64.01')
  await stranger.say('percakapan')
  const shown = (await stranger.heard()).map(({ text }) => text).join('\n')
  expect(shown).not.toContain('Rahasia desa kami')
})

test('what officers did is on record, without a word of what was said', async () => {
  const { rows } = await db.pool.query<{ all: string }>(
    `SELECT string_agg(action || ' ' || subject || ' ' || detail::text, ' ') AS all FROM audit`,
  )
  expect(rows[0]?.all).toContain('say-on-ticket ticket:')
  expect(rows[0]?.all).not.toContain('minggu')
})
