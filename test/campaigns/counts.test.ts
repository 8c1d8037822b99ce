// The counts in the list of campaigns are always those of the rows, kept or not.
import { expect, test } from 'vitest'
import { campaignStates } from '../../src/core/outreach/campaign.ts'
import { keepCampaignCounts, listCampaignsIn } from '../../src/registry/campaign-list.ts'
import { openStage } from '../registry/stage.ts'

const { db } = await openStage()
const area = '63.03'
const people = 60

/** A campaign of sixty people, in each state some, that ended so long ago or goes on. */
async function make(endedMinutesAgo: number | undefined): Promise<number> {
  const { rows } = await db.pool.query<{ id: number }>(
    `INSERT INTO campaign (title, message, audience, made_by, state, closed_at)
     VALUES ('Ajakan', '{}', '{"area":"63.03"}', 'post:1', $1, now() - make_interval(mins => $2))
     RETURNING id`,
    [endedMinutesAgo === undefined ? 'running' : 'done', endedMinutesAgo ?? null],
  )
  const id = rows[0]?.id ?? 0
  await db.pool.query(
    `WITH a AS (
       INSERT INTO address (channel, handle, sealed)
       SELECT 'console', convert_to($1 || '-' || n, 'UTF8'), '' FROM generate_series(1, $2) n
       RETURNING id)
     INSERT INTO campaign_person (campaign_id, address_id, ordinal, state)
     SELECT $1::bigint, id, id, (ARRAY['sent', 'delivered', 'read', 'failed', 'skipped'])[id % 5 + 1]
       FROM a`,
    [id, people],
  )
  return id
}

/** What the list says of a campaign, beside a count of its rows. */
async function both(id: number) {
  const wish = { area, states: campaignStates, skip: 0, limit: 50 }
  const listed = (await listCampaignsIn(db.pool, wish)).find((one) => one.id === id)
  const { rows } = await db.pool.query(
    'SELECT state, count(*) AS count FROM campaign_person WHERE campaign_id = $1 GROUP BY 1',
    [id],
  )
  const of = (...states: string[]) =>
    rows.reduce((sum, row) => sum + (states.includes(row.state) ? row.count : 0), 0)
  const counted = {
    ...{ sent: of('sent', 'delivered', 'read'), failed: of('failed'), skipped: of('skipped') },
    ...{ waiting: of('chosen', 'queued'), total: people },
  }
  return [listed && { ...listed }, counted] as const
}

async function kept(id: number) {
  const { rows } = await db.pool.query('SELECT counts FROM campaign WHERE id = $1', [id])
  return rows[0].counts
}

const change = (id: number, from: string, to: string) =>
  `UPDATE campaign_person SET state = '${to}' WHERE campaign_id = ${id} AND address_id = (
     SELECT min(address_id) FROM campaign_person WHERE campaign_id = ${id} AND state = '${from}')`

test('kept once it is over for a while, and never while it goes on', async () => {
  const [over, fresh, running] = [await make(10), await make(0), await make(undefined)]
  expect(await keepCampaignCounts(db, 10)).toBe(1)
  expect(await keepCampaignCounts(db, 10)).toBe(0)
  expect([await kept(fresh), await kept(running)]).toEqual([null, null])
  for (const id of [over, fresh, running]) {
    const [listed, counted] = await both(id)
    expect(listed).toMatchObject(counted)
  }
  expect(await kept(over)).toEqual({ sent: 36, failed: 12, skipped: 12, waiting: 0, total: people })
  // What was kept is what is shown: the rows are not looked at again.
  await db.pool.query(`UPDATE campaign SET counts = counts || '{"sent": 77}' WHERE id = $1`, [over])
  expect((await both(over))[0]?.sent).toBe(77)
})

test('a failure that is told days later is in the list at once, and kept anew', async () => {
  const id = await make(2_000)
  await keepCampaignCounts(db, 10)
  await db.pool.query(change(id, 'delivered', 'read'))
  expect(await kept(id)).not.toBeNull()
  await db.pool.query(change(id, 'sent', 'failed'))
  expect(await kept(id)).toBeNull()
  const [listed, counted] = await both(id)
  expect([listed, counted.failed]).toMatchObject([counted, 13])
  expect(await keepCampaignCounts(db, 10)).toBe(1)
  expect(await kept(id)).toEqual(counted)
})

test('whoever counts while a failure is being told waits for it', async () => {
  const id = await make(2_000)
  for (let round = 0; round < 5; round++) {
    await db.pool.query('UPDATE campaign SET counts = NULL WHERE id = $1', [id])
    let counting: Promise<number> | undefined
    await db.transaction(async (tx) => {
      await tx.query(change(id, 'sent', 'failed'))
      counting = keepCampaignCounts(db, 10)
      await new Promise((resolve) => setTimeout(resolve, 50))
    })
    await counting
    const [listed, counted] = await both(id)
    expect(listed).toMatchObject(counted)
    expect(await kept(id)).toEqual(counted)
  }
})
