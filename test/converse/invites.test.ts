// An officer invites in the chat: the link that is told makes an official, once, and is audited.
import { expect, test } from 'vitest'
import type { Channel } from '../../src/channels/channel.ts'
import { createClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { createConverse } from '../../src/converse.ts'
import { createLog } from '../../src/log.ts'
import { findAddresses } from '../../src/registry/addresses.ts'
import { carryOut } from '../../src/registry/commands.ts'
import { makeInvite } from '../../src/registry/invites.ts'
import { openOutbound } from '../../src/registry/turns.ts'
import type { Runtime } from '../../src/runtime.ts'
import { openStage, seal } from '../registry/stage.ts'
import { homes, makeOfficial, newCode, pin } from '../support/officials.ts'

const { db, book } = await openStage()
const capabilities = { buttons: true, sharesPhone: true, maxText: 4_096, forbidsSensitive: false }
const chat = { name: 'chat', capabilities } as Channel
const linkTo = (code: string) => `https://t.me/rekaan_bot?start=${code}`
const runtime: Runtime = {
  ...{ config: readConfig({}), log: createLog('silent'), clock: createClock('Asia/Makassar') },
  ...{ db, seal, book, ring: () => undefined },
  channels: new Map([
    ['chat', chat],
    ['telegram', { name: 'telegram', capabilities, linkTo } as Channel],
  ]),
}
const converse = createConverse(runtime)

let people = 0

/** Somebody new; `say` gives what the bot said to the last words. */
function meet() {
  people += 1
  const address = { channel: 'chat', address: `invited-${people}` }
  let said = 0
  const tell = async (words: string, kind: 'text' | 'start') => {
    said += 1
    const at = new Date().toISOString()
    await converse.receive([{ ...address, externalId: `m${said}`, kind, words, at }])
    const { rows } = await db.pool.query<{ purpose: string; body: Buffer }>(
      'SELECT purpose, body FROM outbound WHERE address_id = $1 ORDER BY id DESC LIMIT 1',
      [await addressId()],
    )
    return rows.map((row) => openOutbound(seal, row.purpose, row.body).text).join()
  }
  const addressId = async () => {
    const [id = 0] = await db.transaction((tx) => findAddresses(tx, seal, [address]))
    return id
  }
  return {
    addressId,
    follow: (payload: string) => tell(payload, 'start'),
    say: async (...words: string[]) => {
      let last = ''
      for (const each of words) last = await tell(each, 'text')
      return last
    },
  }
}

async function meetOfficer(area: string) {
  const code = newCode()
  const given = { code, role: 'branch-officer', area, name: 'Galuh Contoh' } as const
  await db.transaction((tx) => makeInvite(tx, seal, { ...given, madeBy: 'officer:test' }))
  const officer = meet()
  await officer.follow(`u_${code}`)
  await officer.say(pin)
  return officer
}

test('the link makes a coordinator of the district, once; the row and the audit say by whom', async () => {
  const officer = await meetOfficer('63.02 63.03')
  expect(await officer.say('menu')).toContain('Anda masuk sebagai petugas cabang')
  const said = await officer.say(
    ...[
      'undang',
      'koordinator wilayah',
      'pasayangan utara',
      '1',
      'Noor Contoh',
      'ya, beri undangan',
    ],
  )
  const code = /https:\/\/t\.me\/rekaan_bot\?start=(u_\w{10})$/m.exec(said)?.[1] ?? ''
  expect(said).toContain(`${code.slice(2, 7)}-${code.slice(7)}`)
  const invited = meet()
  await invited.follow(code)
  expect(await invited.say(pin)).toContain('koordinator wilayah di Kec. Martapura, Kab. Banjar')
  expect(await meet().follow(code)).toContain('Kode itu tidak bisa dipakai')
  const { rows } = await db.pool.query(
    `SELECT a.action, a.detail->>'area' AS area FROM audit a
      WHERE a.actor = 'post:' || (SELECT id FROM post WHERE address_id = $1)`,
    [await officer.addressId()],
  )
  expect(rows).toEqual([{ action: 'make-invite', area: '63.03.05' }])
})

test('a code by itself is one wherever nothing else is asked, and tells no more than the link', async () => {
  const made = async (code: string) => {
    const given = { code, role: 'village-head', area: homes.own, name: 'Noor Contoh' } as const
    await db.transaction((tx) => makeInvite(tx, seal, { ...given, madeBy: 'officer:test' }))
  }
  const codes = { good: '8B3M292QXA', used: '8B3M292QXB', over: '8B3M292QXC', none: '8B3M292QXD' }
  for (const code of [codes.good, codes.used, codes.over]) await made(code)
  const first = meet()
  expect(await first.say('8b3m2-92qxb')).toContain('Buat PIN baru')
  await first.say(pin)
  await db.pool.query('UPDATE invite SET expires_at = now() WHERE code_index = $1', [
    seal.blindIndex('invite', codes.over),
  ])
  // Amid a talk, amid the menu, and out of nothing.
  const answers = []
  for (const code of [codes.used, codes.over, codes.none]) {
    answers.push(
      await meet().say(code),
      await meet().say('halo', code),
      await meet().follow(`u_${code}`),
    )
    answers.push(await meet().say('daftar', `${code.slice(0, 5)}-${code.slice(5)}`))
  }
  expect(new Set(answers).size).toBe(1)
  // Five tries an hour, of links and of bare codes together; then the right one is none either.
  const guesser = meet()
  for (const nth of [1, 2, 3]) await guesser.say(`8B3M2-92QX${nth}`.replace('1', 'l'))
  for (const nth of [4, 5]) await guesser.follow(`u_8B3M292QX${nth}`)
  expect(await guesser.say(codes.good)).toBe(answers[0])
  const { rows } = await db.pool.query('SELECT is_good FROM invite_try WHERE address_id = $1', [
    await guesser.addressId(),
  ])
  expect(rows).toEqual(Array(6).fill({ is_good: false }))
  expect(await meet().say('halo', codes.good)).toContain('Buat PIN baru')
})

test('what only looks like a code is answered as before', async () => {
  const words = [
    'pendidikan',
    'percetakan',
    '0812345678',
    '12345-67890',
    'RT005 RW002',
    '8B3M2-92QU1',
    '8B3M2',
  ]
  for (const each of words) {
    expect([each, await meet().say('halo', each)]).toEqual([
      each,
      expect.not.stringContaining('kode'),
    ])
  }
  const { rows } = await db.pool.query(
    `SELECT count(*) AS count FROM invite_try WHERE address_id = (SELECT max(id) FROM address)`,
  )
  expect(rows[0].count).toBe(0)
})

test('outside the own area there is no invite, whatever a talk says', async () => {
  const officer = await meetOfficer('63.02')
  const said = await officer.say('undang', 'kepala desa', 'pasayangan utara')
  expect(said).toContain('Desa itu di luar wilayah Anda, Kab. Kotabaru')
  const talk = { flow: 'branch/invite', version: 'v', talkId: newCode(), language: 'id' }
  const invite = async (who: number, answers: Record<string, string>) => {
    const sure = { 'invited-name': 'Noor Contoh', 'branch-invite-sure': 'ya', ...answers }
    const command = { do: 'invite-official', ...talk, startedOn: '2026-11-21' }
    await db.transaction((tx) => {
      return carryOut({ tx, seal, book }, who, { ...command, answers: sure, wordings: {} })
    })
  }
  const elsewhere = { 'invited-role': 'village-head', 'invited-village': homes.own }
  const own = { ...elsewhere, 'invited-village': '63.02.04.2005' }
  const id = await officer.addressId()
  await expect(invite(id, elsewhere)).rejects.toThrow('an area of one’s own')
  await expect(invite(id, { ...own, 'invited-role': 'branch-head' })).rejects.toThrow('a role')
  const head = await makeOfficial(db, 'village-head', '63.02.04.2005')
  await expect(invite(head, own)).rejects.toThrow('a post as branch')
  await invite(id, own)
  const { rows } = await db.pool.query(`SELECT role, area FROM invite WHERE name IS NOT NULL
     AND made_by LIKE 'post:%' AND area = '63.02.04.2005'`)
  expect(rows).toEqual([{ role: 'village-head', area: '63.02.04.2005' }])
})

test('an agent gets a link for the resident, which opens the resident’s own data', async () => {
  const code = newCode()
  const given = { code, role: 'bumdes-agent', area: homes.own, name: 'Noor Contoh' } as const
  await db.transaction((tx) => makeInvite(tx, seal, { ...given, madeBy: 'officer:test' }))
  const agent = meet()
  await agent.follow(`u_${code}`)
  await agent.say(pin)
  expect(await agent.say('menu')).toContain('Anda masuk sebagai agen BUMDes, Pasayangan Utara')
  const sent = await agent.say(
    ...['warga lagi', 'ya', '1', '1', '6303055203850501', 'Siti Contoh', 'Martapura'],
    ...['12-3-1985', 'P', 'Ibu Contoh', '0812 3456 7890', 'lewati', 'nelayan', '2', 'laut'],
    ...['1 juta', '1', '1', '1', 'ya, sudah setuju', 'ya, kirim'],
  )
  const link = /start=(s_\w{10})$/m.exec(sent)?.[1] ?? ''
  const resident = meet()
  await resident.follow(link)
  expect(await resident.say('12-3-1985')).toContain('Agen BUMDes di desa Anda mendaftarkan Anda')
  expect(await resident.say('ya, benar dan setuju')).toContain('Persetujuan Anda kami catat')
  expect(await agent.say('warga saya')).toContain('1 warga: 0 terdaftar, 1 menunggu')
})
