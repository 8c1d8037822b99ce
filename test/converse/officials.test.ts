// Officials from their first message to the rows: invite, PIN, staff, and a post that is lost.
import { expect, test } from 'vitest'
import type { Channel } from '../../src/channels/channel.ts'
import { createClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { createPages } from '../../src/converse/pages.ts'
import { createConverse } from '../../src/converse.ts'
import type { Role } from '../../src/core/roles.ts'
import { submitEnrolment } from '../../src/jobs/submit-enrolment.ts'
import { createLog } from '../../src/log.ts'
import { findAddresses } from '../../src/registry/addresses.ts'
import { makeInvite } from '../../src/registry/invites.ts'
import { signIn } from '../../src/registry/office-sessions.ts'
import { keepInbounds, lockTalks, openOutbound } from '../../src/registry/turns.ts'
import type { Runtime } from '../../src/runtime.ts'
import { openStage, seal } from '../registry/stage.ts'
import { homes, newCode, pin } from '../support/officials.ts'

const { db, book } = await openStage()
const clock = createClock('Asia/Makassar')
const open = { buttons: true, sharesPhone: true, maxText: 4_096, forbidsSensitive: false }
const strict = { ...open, forbidsSensitive: true }
const runtime: Runtime = {
  config: readConfig({ PUBLIC_URL: 'https://sapa.example.id' }),
  log: createLog('silent'),
  ...{ clock, db, seal, book, ring: () => undefined },
  channels: new Map([
    ['open', { name: 'open', capabilities: open } as Channel],
    ['strict', { name: 'strict', capabilities: strict } as Channel],
  ]),
}
const converse = createConverse(runtime)
const pages = createPages(runtime, converse.receive)

let people = 0

/** Somebody new who talks on a channel. */
function meet(channel = 'open') {
  people += 1
  const address = `official-${people}`
  let said = 0
  const inbound = (words: string, kind: 'text' | 'start' = 'text') => {
    said += 1
    return { channel, address, externalId: `m${said}`, kind, words, at: new Date().toISOString() }
  }
  const heard = async () => {
    const { rows } = await db.pool.query<{ purpose: string; body: Buffer }>(
      `SELECT o.purpose, o.body FROM outbound o WHERE o.address_id = $1 ORDER BY o.id`,
      [await addressId()],
    )
    return rows.map((row) => openOutbound(seal, row.purpose, row.body).text)
  }
  const addressId = async () => {
    const [id = 0] = await db.transaction((tx) => findAddresses(tx, seal, [{ channel, address }]))
    return id
  }
  return {
    inbound,
    addressId,
    heard,
    /** Says all of it, one after the other; what the bot said to the last. */
    say: async (...words: string[]) => {
      for (const each of words) await converse.receive([inbound(each)])
      return (await heard()).at(-1) ?? ''
    },
    follow: (link: string) => converse.receive([inbound(link, 'start')]),
    /** Writes an answer on the page that was offered last. */
    write: async (words: string) => {
      const links = (await heard()).flatMap((text) => /\/isi\/(\S+)/.exec(text)?.[1] ?? [])
      return pages.take(links.at(-1) ?? '', words)
    },
  }
}

async function inviteTo(role: Role) {
  const code = newCode()
  const given = { code, role, area: homes.own, name: 'Budi Contoh', madeBy: 'officer:test' }
  await db.transaction((tx) => makeInvite(tx, seal, given))
  return code
}

function pause(addressId: number) {
  return db.pool.query(
    `UPDATE post SET unlocked_until = now() - interval '1 minute' WHERE address_id = $1`,
    [addressId],
  )
}

const staffAnswers = [
  ...['tambah', 'perangkat desa', 'Kaur Keuangan', '6303055203850501', 'Siti Contoh'],
  ...['Martapura', '12-3-1985', 'P', 'Ibu Contoh', 'lewati', 'ya, sudah setuju'],
]

test('a head comes in by the link, sets up the village, registers, and pauses', async () => {
  const head = meet()
  await head.follow(`u_${await inviteTo('village-head')}`)
  expect(await head.say(pin)).toContain('Anda sekarang kepala desa di Pasayangan Utara')
  expect(await head.say('menu')).toContain('Anda masuk sebagai kepala desa')
  await head.say('iuran desa', '2', 'perangkat desa', '3', 'ya', 'add')
  expect(await head.say('ya, simpan')).toContain('Jumlah sebulan Rp33.852')
  await head.say(...staffAnswers)
  await pause(await head.addressId())
  expect(await head.say('ya, kirim')).toContain('jawab dengan PIN Anda')
  expect(await head.say('111222')).toContain('jawab dengan PIN Anda')
  expect(await head.say(pin)).toContain('Sudah benar semua?')
  const sent = await head.say('ya, kirim')
  const receipt = /SD-(\w{5})-(\w{5})/.exec(sent)
  expect(receipt).not.toBeNull()
  await submitEnrolment.run(runtime, {})
  expect(await head.say('keadaan desa')).toContain('3 jabatan, 0 terdaftar, 1 menunggu, 2 kosong')
  const person = meet()
  await person.follow(`s_${receipt?.[1]}${receipt?.[2]}`)
  expect(await person.say('12-3-1985')).toContain('Siti Contoh, NIK 6303••••••••0501')
  expect(await person.say('ya, benar dan setuju')).toContain('Persetujuan Anda kami catat')
})

test('a branch officer asks for a link that signs in to the workplace once', async () => {
  const officer = meet()
  await officer.follow(`u_${await inviteTo('branch-officer')}`)
  const told = await officer.say(pin, 'kantor')
  const token = /https:\/\/sapa\.example\.id\/kantor\/masuk\/(\S+)/.exec(told)?.[1] ?? ''
  const enter = () => db.transaction((tx) => signIn(tx, seal, token, 'Peramban Uji'))
  expect(await enter()).toBeDefined()
  expect(await enter()).toBeUndefined()
})

test('whoever lost the post is refused at the next message, even one that waits already', async () => {
  const operator = meet()
  await operator.follow(`u_${await inviteTo('village-operator')}`)
  await operator.say(pin, ...staffAnswers)
  const id = await operator.addressId()
  // The message is kept but not answered yet, as when the program was stopped in between.
  await db.transaction(async (tx) => {
    await lockTalks(tx, [id])
    const given = { addressId: id, inbound: operator.inbound('ya, kirim') }
    await keepInbounds(tx, seal, [given], [id], false)
  })
  await db.pool.query('UPDATE post SET revoked_at = now() WHERE address_id = $1', [id])
  await converse.resume([id])
  expect((await operator.heard()).at(-1)).toContain('percakapan ini tidak punya tugas itu')
  const { rows } = await db.pool.query('SELECT FROM submission WHERE address_id = $1', [id])
  expect(rows).toHaveLength(0)
  expect(await operator.say('menu')).toContain('Apa yang Anda perlukan?')
  expect(await operator.say('keadaan desa')).not.toContain('jabatan')
})

test('where the chat is no place for it, code and PIN come by pages, also after a pause', async () => {
  const head = meet('strict')
  await head.say('kode undangan')
  expect(await head.write(await inviteTo('village-head'))).toBe('kept')
  expect((await head.heard()).at(-1)).toContain('Hanya PIN layanan ini')
  expect(await head.write('123456')).toEqual({ wrong: expect.stringContaining('mudah ditebak') })
  expect(await head.write(pin)).toBe('kept')
  await pause(await head.addressId())
  expect(await head.say('iuran desa')).toContain('Hanya PIN layanan ini')
  expect(await head.write(pin)).toBe('kept')
  expect((await head.heard()).at(-1)).toContain('Iuran desa dihitung')
  await head.say('operator desa', 'undang operator', 'Siti Contoh')
  expect(await head.say('ya, beri undangan')).toMatch(/[0-9A-Z]{5}-[0-9A-Z]{5}/)
})
