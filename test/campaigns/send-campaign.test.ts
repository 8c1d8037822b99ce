// Campaigns from rows to chats: to whom they may go, once each, stopped whenever somebody says so.
import { beforeEach, expect, test } from 'vitest'
import type { Channel } from '../../src/channels/channel.ts'
import {
  approve,
  cancel,
  listCampaigns,
  pause,
  resume,
  stepCampaign,
} from '../../src/registry/campaigns.ts'
import { carryOut } from '../../src/registry/commands.ts'
import { eraseData } from '../../src/registry/rights.ts'
import { makeMember } from '../registry/members.ts'
import { openCampaignStage } from './stage.ts'

const stage = await openCampaignStage()
const { compose, counts, db, handIn, makeChats, morningMs, queue, seal, send, sent, state } = stage

const hourMs = 3_600_000
const dayMs = 24 * hourMs
let round = 0

beforeEach(async () => {
  round += 1
  sent.length = 0
  for (const { id } of await listCampaigns(db.pool, 100)) {
    await db.transaction((tx) => cancel(tx, id, 'officer:vina'))
  }
})

function names(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `chat-${round}-${i}`)
}

async function begun(count: number) {
  const ids = await makeChats(names(count))
  const id = await compose(ids)
  await handIn(id)
  await queue()
  return { id, ids }
}

test('everybody who agreed is told once, and each ends in a known state', async () => {
  const { id, ids } = await begun(3)
  await Promise.all([send(), send()])
  await queue()
  await send()
  expect(sent.map(({ key }) => key).sort()).toEqual(
    ids.map((one) => `campaign:${id}:${one}`).sort(),
  )
  expect(sent[0]?.text).toBe(
    'Halo Bapak/Ibu di desa Anda. Mau daftar?\n\n' +
      'Kabar dari Cabang Uji. Ketik BERHENTI untuk menghentikan kabar.',
  )
  expect(await counts(id)).toMatchObject({ sent: 3 })
  expect(await state(id)).toBe('done')
})

test('who is left out is left out for a reason that stays on record', async () => {
  const ids = await makeChats(names(6))
  const [stopped, blocked, silent, capped, declined, good] = ids
  const elsewhere = await makeChats([`wa-${round}`], 'web')
  await db.pool.query('UPDATE address SET campaigns_at = NULL WHERE id = $1', [declined])
  await db.pool.query('UPDATE address SET stopped_at = now() WHERE id = $1', [stopped])
  await db.pool.query('UPDATE address SET blocked_at = now() WHERE id = $1', [blocked])
  await db.pool.query('DELETE FROM inbound WHERE address_id = $1', [silent])
  for (const day of [2, 3, 4]) {
    await db.pool.query(
      `INSERT INTO outbound (address_id, purpose, class, body, state, not_before)
       VALUES ($1, $2, 'reminder', '', 'sent', to_timestamp($3))`,
      [capped, `reminder:${round}:${day}`, (morningMs - day * dayMs) / 1000],
    )
  }
  const id = await compose([...ids, ...elsewhere])
  await handIn(id)
  await queue()
  const found = await counts(id)
  const reasons = ['stopped', 'blocked', 'never-wrote', 'weekly-cap', 'no-channel', 'no-consent']
  const left = reasons.map((reason): [string, number] => [`skipped:${reason}`, 1])
  expect(found).toEqual({ ...Object.fromEntries(left), queued: 1 })
  await send()
  expect(sent.map(({ key }) => key)).toEqual([`campaign:${id}:${good}`])
})

test('whoever says BERHENTI while it waits hears nothing more', async () => {
  const { id, ids } = await begun(3)
  const [told, declined, erased] = ids as [number, number, number]
  const command = { flow: '', version: '', talkId: '', startedOn: '', language: 'id' }
  await db.transaction((tx) =>
    carryOut({ tx, seal, book: stage.book }, told, {
      do: 'stop-messages',
      ...command,
      answers: {},
      wordings: {},
    }),
  )
  await db.pool.query('UPDATE address SET campaigns_at = NULL WHERE id = $1', [declined])
  await db.transaction((tx) => eraseData(tx, seal, erased))
  await send()
  expect(sent.map(({ key }) => key)).toEqual([`campaign:${id}:${erased}`])
  expect(await counts(id)).toMatchObject({
    'skipped:stopped': 1,
    'skipped:no-consent': 1,
    sent: 1,
  })
})

test('at night it waits for the morning, of somebody told today for tomorrow', async () => {
  const ids = await makeChats(names(1))
  const id = await compose(ids)
  const nightMs = morningMs + 11 * hourMs
  await handIn(id, nightMs)
  await queue(nightMs)
  expect(await counts(id)).toMatchObject({ chosen: 1 })
  await queue(nightMs + hourMs)
  expect(await counts(id)).toMatchObject({ chosen: 1 })
  await db.pool.query(
    `INSERT INTO outbound (address_id, purpose, class, body, state, not_before)
     VALUES ($1, $2, 'reminder', '', 'sent', to_timestamp($3))`,
    [ids[0], `reminder:${round}`, (morningMs + 22 * hourMs) / 1000],
  )
  await queue(morningMs + 23 * hourMs)
  expect(await counts(id)).toMatchObject({ chosen: 1 })
  await queue(morningMs + 47 * hourMs)
  expect(await counts(id)).toMatchObject({ queued: 1 })
})

test('a pause takes back what waits, and nobody is missed or told twice afterwards', async () => {
  const { id } = await begun(4)
  await db.transaction((tx) => pause(tx, id, 'officer:vina'))
  await send()
  await queue()
  expect([sent.length, await state(id)]).toEqual([0, 'paused'])
  expect(await counts(id)).toMatchObject({ chosen: 4 })
  await db.transaction((tx) => resume(tx, id, 'officer:vina'))
  await queue()
  await send()
  expect(new Set(sent.map(({ key }) => key)).size).toBe(4)
  expect(sent).toHaveLength(4)
})

test('a cancelled campaign sends nothing more, also what was tried before', async () => {
  const { id } = await begun(3)
  await db.pool.query(
    `UPDATE outbound SET tries = 1, reason = 'unreachable'
      WHERE id = (SELECT min(outbound_id) FROM campaign_person WHERE campaign_id = $1)`,
    [id],
  )
  await db.transaction((tx) => cancel(tx, id, 'officer:vina'))
  await send()
  expect(sent).toEqual([])
  expect(await counts(id)).toMatchObject({ 'skipped:cancelled': 2, 'failed:cancelled': 1 })
  expect(await db.transaction((tx) => resume(tx, id, 'officer:vina'))).toBe('wrong-state')
})

test('what fails and who has blocked the bot is told apart from what was sent', async () => {
  const { id, ids } = await begun(2)
  const { SendError } = await import('../../src/channels/channel.ts')
  const failing = {
    name: 'telegram',
    send: async (address: string) => {
      throw new SendError(address.endsWith('-0') ? 'blocked' : 'refused')
    },
  } as Partial<Channel> as Channel
  await send(morningMs, [failing])
  expect(await counts(id)).toMatchObject({ 'failed:blocked': 1, 'failed:refused': 1 })
  const { rows } = await db.pool.query('SELECT blocked_at FROM address WHERE id = $1', [ids[0]])
  expect(rows[0].blocked_at).toBeInstanceOf(Date)
})

test('many wait for a second person, then a few go first and somebody looks', async () => {
  const id = await compose(await makeChats(names(600)))
  expect(await handIn(id)).toMatchObject({ needsApproval: true, canarySize: 6 })
  await queue()
  expect([await state(id), (await counts(id)).chosen]).toEqual([
    'waiting-approval',
    expect.any(Number),
  ])
  const approveAs = (by: string) => db.transaction((tx) => approve(tx, id, by))
  expect(await approveAs('officer:vina')).toBe('own-campaign')
  expect(await approveAs('officer:rudi')).toBeUndefined()
  await db.pool.query('UPDATE campaign SET starts_at = to_timestamp($2) WHERE id = $1', [
    id,
    morningMs / 1000,
  ])
  await queue()
  await queue()
  expect([await state(id), (await counts(id)).queued]).toEqual(['canary', 6])
  await stepCampaign(db.pool, id, 'go-on', 'officer:vina')
  await queue()
  expect((await counts(id)).queued).toBe(600)
})

test('no more waits in the outbox than a pause can take back', async () => {
  const id = await compose(await makeChats(names(1_300)))
  await handIn(id)
  await db.pool.query(
    `UPDATE campaign SET state = 'running', starts_at = to_timestamp(0) WHERE id = $1`,
    [id],
  )
  await queue()
  expect((await counts(id)).queued).toBe(1_000)
  await db.pool.query(
    `UPDATE outbound SET state = 'sent', sent_at = now() WHERE class = 'campaign'
        AND state = 'waiting' AND purpose LIKE $1`,
    [`campaign:${id}:%`],
  )
  await queue()
  expect(await counts(id)).toMatchObject({ sent: 1_000, queued: 300 })
})

test('only those in the area and state that was chosen are chosen', async () => {
  const ids = await makeChats(names(2))
  const [member, stranger] = ids
  await makeMember(db, { addressId: member as number, startsOn: '2026-11-01' })
  const reached = async (audience: object) => {
    const preview = await stage.preview(await compose(ids, { isListed: true, ...audience }))
    return preview.total
  }
  expect(await reached({ area: '63.03' })).toBe(1)
  expect(await reached({ area: '63.03', withoutVillage: true })).toBe(2)
  expect(await reached({ area: '63.02' })).toBe(0)
  expect(await reached({ states: ['registered'] })).toBe(1)
  expect(await reached({ states: ['not-enrolled'] })).toBe(1)
  expect(await reached({ segments: ['PU'] })).toBe(0)
  expect(await reached({ channels: ['web'] })).toBe(0)
  expect(await reached({ silentDays: 1 })).toBe(0)
  await db.pool.query(
    `UPDATE session SET updated_at = now() - interval '60 days'
                        WHERE address_id = $1`,
    [stranger],
  )
  expect(await reached({ silentDays: 30 })).toBe(1)
})
