// A campaign from an officer's chat to the people of the area: tried, started, approved, shown.
import { expect, test } from 'vitest'
import { createConverse } from '../../src/converse.ts'
import { grantPost } from '../../src/registry/posts.ts'
import { openOutbound } from '../../src/registry/turns.ts'
import { makeMember } from '../registry/members.ts'
import { pin } from '../support/officials.ts'
import { openCampaignStage } from './stage.ts'

const { counts, db, makeChats, programAt, queue, seal, send, sent, state } =
  await openCampaignStage()
const { receive } = createConverse(programAt())
let said = 0

/** An officer of the regency, at a chat of their own. */
async function meetOfficer(address: string, area = '63.03') {
  const [addressId = 0] = await makeChats([address])
  const post = { addressId, role: 'branch-officer', area, name: 'Vina', pin } as const
  await db.transaction((tx) => grantPost(tx, seal, { ...post, grantedBy: 'officer:test' }))
  const heard = async () => {
    const { rows } = await db.pool.query<{ purpose: string; body: Buffer }>(
      'SELECT purpose, body FROM outbound WHERE address_id = $1 ORDER BY id',
      [addressId],
    )
    return rows.map((row) => openOutbound(seal, row.purpose, row.body).text)
  }
  const say = async (...all: string[]) => {
    for (const words of all) {
      said += 1
      const message = { channel: 'telegram', address, externalId: `m${said}` }
      const at = new Date().toISOString()
      await receive([{ ...message, kind: 'text', words, at }])
    }
    return (await heard()).at(-1) ?? ''
  }
  return { say, heard }
}

const composing = ['kampanye', 'kampanye baru', 'Ajakan', 'Halo NAMA, ada kabar untuk DESA.']

test('it is tried in the own chat, starts by a word, and shows how far it is in one message', async () => {
  const officer = await meetOfficer('petugas-1')
  const [inside = 0, outside = 0] = await makeChats(['dalam', 'luar'])
  await makeMember(db, { addressId: inside })
  const done = await officer.say(...composing, 'yang sudah terdaftar', '1', 'ya, simpan dan coba')
  expect(done).toContain('Disimpan')
  await queue()
  await queue()
  const [tried, counted, ...more] = (await officer.heard()).slice(-2)
  expect(more).toEqual([])
  expect(tried).toMatch(/^Halo Bapak\/Ibu, ada kabar untuk desa Anda\.\n\nKabar dari/)
  expect(counted).toContain('Cocok: 1 orang. Akan dikirimi: 1.')

  expect(await officer.say('kampanye', '1', 'mulai')).toContain('Sudah dicatat')
  await queue()
  await send()
  await queue()
  const told = sent.filter(({ key }) => /^campaign:1:/.test(key)).map(({ key }) => key)
  expect(told).toEqual([`campaign:1:${inside}`])
  expect(told).not.toContain(`campaign:1:${outside}`)
  expect(await state(1)).toBe('done')
  const progress = (await officer.heard()).filter((text) => text.startsWith('Kampanye Ajakan:'))
  expect(progress).toEqual(['Kampanye Ajakan: selesai. Selesai 1 dari 1.'])
  expect(await officer.say('kampanye')).not.toContain('Ajakan')
})

test('a large one waits for a second officer of the area, and a pause in the chat holds', async () => {
  const [first, second] = [await meetOfficer('petugas-2'), await meetOfficer('petugas-3')]
  const stranger = await meetOfficer('petugas-4', '63.02')
  await makeChats(Array.from({ length: 520 }, (_, i) => `banyak-${i}`))
  await first.say(...composing, 'semua', '1', 'ya, simpan dan coba')
  await queue()
  await first.say('kampanye', '1', 'mulai')
  await queue()
  expect((await first.heard()).at(-1)).toContain('menunggu disetujui petugas lain')
  expect(await first.say('kampanye', '1', 'setujui')).not.toContain('Sudah dicatat')
  await first.say('biarkan dulu')
  expect(await stranger.say('kampanye')).not.toContain('Ajakan')
  await stranger.say('batal', 'ya')
  expect(await second.say('kampanye', '1', 'setujui')).toContain('Sudah dicatat')
  await db.pool.query(`UPDATE campaign SET starts_at = '-infinity' WHERE id = 2`)
  await queue()
  expect([await state(2), (await counts(2)).queued]).toEqual(['canary', 6])
  expect(await second.say('kampanye', '1', 'lanjutkan ke semua')).toContain('Sudah dicatat')
  await queue()
  expect(await first.say('kampanye', '1', 'jeda')).toContain('Sudah dicatat')
  sent.length = 0
  await send()
  expect(sent.filter(({ key }) => key.startsWith('campaign:2:'))).toEqual([])
  expect((await counts(2)).chosen).toBeGreaterThan(500)
})
