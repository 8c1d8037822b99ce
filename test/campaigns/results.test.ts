// What came of a campaign, by village and wording; and chats that turn out to be one person's.
import { expect, test } from 'vitest'
import { moveCampaigns } from '../../src/registry/campaign-people.ts'
import { readResults } from '../../src/registry/campaign-results.ts'
import { makeMember } from '../registry/members.ts'
import { openCampaignStage, words } from './stage.ts'

const { compose, counts, db, handIn, makeChats, queue, send, sent } = await openCampaignStage()

test('every other person hears the other wording, and what they do then is counted', async () => {
  const ids = await makeChats(['a', 'b', 'c', 'd'])
  const [answers, enrols, stops, silent] = ids as [number, number, number, number]
  await makeMember(db, { addressId: silent })
  const id = await compose(ids)
  const two = { wordings: [...words.wordings, { id: 'Yang kedua, {name}.' }] }
  await db.pool.query('UPDATE campaign SET message = $2 WHERE id = $1', [id, JSON.stringify(two)])
  await handIn(id)
  await queue()
  await send()
  const second = sent.filter(({ text }) => text.startsWith('Yang kedua'))
  expect([sent.length, second.length]).toEqual([4, 2])

  const say = (address: number, after: string) =>
    db.pool.query(
      `INSERT INTO inbound (address_id, external_id, kind, sent_at, received_at, state)
       VALUES ($1, $2::text, 'text', now(), now() + $2::text::interval, 'done')`,
      [address, after],
    )
  await say(answers, '2 days')
  await say(silent, '8 days')
  await makeMember(db, { addressId: enrols })
  await db.pool.query('UPDATE address SET stopped_at = now() WHERE id = $1', [stops])
  const results = await readResults(db.pool, id, 7)
  const sum = (name: 'reached' | 'answered' | 'enrolled' | 'optedOut') =>
    results.reduce((all, one) => all + one[name], 0)
  expect([sum('reached'), sum('answered'), sum('enrolled'), sum('optedOut')]).toEqual([4, 1, 1, 1])
  expect(results.filter(({ villageCode }) => villageCode === '63.03.05.2056')).toHaveLength(1)
  const { rows } = await db.pool.query(
    'SELECT variant FROM campaign_person WHERE campaign_id = $1 AND address_id = $2',
    [id, answers],
  )
  expect(results.find(({ answered }) => answered === 1)?.variant).toBe(rows[0].variant)
})

test('two chats of one person are told once, whichever was chosen', async () => {
  const ids = await makeChats(['e', 'f', 'g', 'h', 'i'])
  const [kept, gone, later, laterGone, alone] = ids as [number, number, number, number, number]
  const id = await compose([kept, gone, later, laterGone, alone])
  await handIn(id)
  await db.pool.query(
    `UPDATE campaign_person SET state = 'sent' WHERE campaign_id = $1 AND address_id = $2`,
    [id, gone],
  )
  const fresh = await makeChats(['j'])
  await db.transaction(async (tx) => {
    await moveCampaigns(tx, kept, gone)
    await moveCampaigns(tx, later, laterGone)
    await moveCampaigns(tx, fresh[0] as number, alone)
  })
  await queue()
  expect(await counts(id)).toEqual({ 'skipped:merged': 2, queued: 2, sent: 1 })
  sent.length = 0
  await send()
  const told = [later, fresh[0]].map((one) => `campaign:${id}:${one}`)
  expect(sent.map(({ key }) => key).sort()).toEqual(told.sort())
})
