// The fake Bot API: how it hands over updates, as Telegram does.
import { describe, expect, test } from 'vitest'
import { api, fake, refusal, startForEachTest } from './stage.ts'

startForEachTest()

const idsOf = (updates: { update_id: number }[]) => updates.map(({ update_id }) => update_id)

describe('getUpdates', () => {
  test('serves an update until an offset above it confirms it', async () => {
    const ani = fake.chat(11)
    const [first, second] = [ani.say('satu'), ani.say('dua')]
    expect(idsOf(await api.getUpdates())).toEqual([first.update_id, second.update_id])
    expect(idsOf(await api.getUpdates({ offset: first.update_id }))).toHaveLength(2)
    expect(fake.updates.acked).toEqual([])
    expect(idsOf(await api.getUpdates({ offset: second.update_id }))).toEqual([second.update_id])
    expect(fake.updates.acked).toEqual([first.update_id])
    expect(await api.getUpdates({ offset: second.update_id + 1 })).toEqual([])
    expect(fake.updates.acked).toEqual([first.update_id, second.update_id])
  })

  test('serves at most the limit, and a negative offset forgets all but the last', async () => {
    const ani = fake.chat(11)
    const ids = Array.from({ length: 120 }, (_, i) => ani.say(`pesan ${i}`).update_id)
    expect(await api.getUpdates()).toHaveLength(100)
    expect(await api.getUpdates({ limit: 7 })).toHaveLength(7)
    expect(idsOf(await api.getUpdates({ offset: -2 }))).toEqual(ids.slice(-2))
    expect(fake.updates.pending()).toBe(2)
  })

  test('holds the answer back until something arrives', async () => {
    const startedAt = Date.now()
    const asked = api.getUpdates({ timeout: 5 })
    setTimeout(() => fake.chat(11).say('halo'), 150)
    expect(await asked).toHaveLength(1)
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(140)
    expect(Date.now() - startedAt).toBeLessThan(2_000)
  })

  test('a second poller throws the first one out', async () => {
    const first = refusal(api.getUpdates({ timeout: 5 }))
    await fake.waitUntil(() => true, 'a moment').then(() => new Promise((r) => setTimeout(r, 100)))
    const second = api.getUpdates({ timeout: 5 })
    expect(await first).toMatch(/^409 Conflict: terminated by other getUpdates request/)
    fake.chat(11).say('halo')
    expect(await second).toHaveLength(1)
  })

  test('is refused while a webhook is set', async () => {
    await api.setWebhook('http://127.0.0.1:9/hook')
    expect(await refusal(api.getUpdates())).toMatch(/^409 Conflict: can't use getUpdates method/)
    await api.deleteWebhook()
    expect(await refusal(api.getUpdates())).toBe('accepted')
  })

  test('queues only the kinds of updates that were asked for', async () => {
    await api.getUpdates({ allowed_updates: ['callback_query'] })
    fake.chat(11).say('halo')
    expect(await api.getUpdates()).toEqual([])
  })

  test('serves a confirmed update once more when told to', async () => {
    const update = fake.chat(11).say('halo')
    const offset = update.update_id + 1
    await api.getUpdates({ offset })
    fake.updates.redeliver(update, 2)
    const again = await api.getUpdates({ offset })
    expect(idsOf(again)).toEqual([update.update_id, update.update_id])
    expect(await api.getUpdates({ offset })).toEqual([])
  })

  test('keeps what waits, although it came again too and the order was changed', async () => {
    const update = fake.chat(11).say('halo')
    fake.updates.redeliver(update)
    fake.updates.reorder((updates) => updates.reverse())
    expect(idsOf(await api.getUpdates())).toEqual([update.update_id, update.update_id])
    expect(idsOf(await api.getUpdates())).toEqual([update.update_id])
  })
})
