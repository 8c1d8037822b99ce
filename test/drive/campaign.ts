// The campaign drive: one message to tens of thousands, while everything happens that may happen.
import { setTimeout as pause } from 'node:timers/promises'
import { handInCampaign } from '../../src/campaigns/hand-in.ts'
import { readCampaignAudience } from '../../src/core/outreach/campaign.ts'
import { findAddresses } from '../../src/registry/addresses.ts'
import {
  approve,
  makeCampaign,
  noteTest,
  pause as pauseCampaign,
  resume,
  stepCampaign,
} from '../../src/registry/campaigns.ts'
import type { Database } from '../../src/registry/database.ts'
import type { Seal } from '../../src/registry/seal.ts'
import { lastMorningMs } from '../campaigns/morning.ts'
import type { Meter } from '../support/fake-bot-api/faults.ts'
import type { FakeBotApi } from '../support/fake-bot-api.ts'
import type { ChildProgram } from '../support/faults/child-program.ts'
import { realBook } from '../support/real-book.ts'
import { createRandom } from '../support/simulate/random.ts'
import { type CampaignFigures, judgeCampaign, words } from './campaign-judge.ts'

/** What the drive runs on. */
export interface CampaignGround {
  fake: FakeBotApi
  db: Database
  seal: Seal
  program: ChildProgram
  people: number
  seed: number
  /** How often the program is killed, Telegram refuses, and an officer pauses, evenly spread. */
  kills: number
  storms: number
  pauses: number
  tell(done: number, people: number): void
}

/** Of a thousand people so many say BERHENTI while it runs, and so many have blocked the bot. */
const stoppingPerMille = 20
const blockingPerMille = 5

/** An answer of Telegram takes so long, in ms. */
const answerMs = 25

const firstChat = 710_000_000

/** What the drive keeps of itself while it runs. */
export interface Course {
  campaignId: number
  meter: Meter
  /** When each disturbance began and ended, in ms: nothing is said of the rate in between. */
  disturbed: [number, number][]
  /** States did not add up to the audience. */
  uneven: number
  looks: number
  /** Messages that went out after a pause, most of any. */
  afterPause: number
}

/** Runs the drive against a program that is running on this database and this Telegram. */
export async function driveCampaign(ground: CampaignGround): Promise<CampaignFigures> {
  const { fake, db, people } = ground
  const chats = Array.from({ length: people }, (_, index) => firstChat + index)
  await makeChats(ground, chats)
  const meter = fake.limit()
  fake.delay('sendMessage', answerMs)
  const campaignId = await beginCampaign(ground)
  const course: Course = {
    ...{ campaignId, meter, disturbed: [], uneven: 0, looks: 0, afterPause: 0 },
  }
  const startedAt = Date.now()
  await Promise.all([disturb(ground, course, chats), watch(ground, course)])
  const seconds = Math.round((Date.now() - startedAt) / 1000)
  const judged = await judgeCampaign({ fake, db, course, chats })
  return { ...judged, kills: ground.program.kills.length, seconds }
}

async function makeChats({ fake, db, seal, seed }: CampaignGround, chats: number[]) {
  const random = createRandom(seed)
  for (const chat of chats) {
    const person = fake.chat(chat)
    if (random.int(1, 1_000) <= blockingPerMille) person.block()
  }
  for (let from = 0; from < chats.length; from += 1_000) {
    const some = chats.slice(from, from + 1_000)
    const ids = await db.transaction((tx) =>
      findAddresses(
        tx,
        seal,
        some.map((chat) => ({ channel: 'telegram', address: String(chat) })),
      ),
    )
    await db.pool.query('UPDATE address SET campaigns_at = now() WHERE id = ANY ($1)', [ids])
    await db.pool.query(
      `INSERT INTO inbound (address_id, external_id, kind, sent_at, state)
       SELECT id, 'first', 'text', now(), 'done' FROM unnest($1::bigint[]) AS id`,
      [ids],
    )
  }
}

/** Composed, tested, handed in, approved by a second person, and looked at after the first few. */
async function beginCampaign({ db, people }: CampaignGround): Promise<number> {
  const book = realBook('Cabang Uji')
  const channels = new Set(['telegram'])
  const atMs = lastMorningMs()
  const id = await db.transaction(async (tx) => {
    const audience = readCampaignAudience({ channels: ['telegram'] })
    const message = { wordings: [{ id: `${words} Satu.` }, { id: `${words} Dua.` }] }
    const made = await makeCampaign(tx, { title: 'Uji', message, audience }, 'officer:vina')
    await noteTest(tx, made, 'officer:vina')
    const ground = { book, channels, whatsappDailyCap: 0 }
    const given = { by: 'officer:vina', startsAtMs: atMs, atMs }
    const handed = await handInCampaign(tx, ground, made, given)
    if (typeof handed === 'string') throw new Error(`not handed in: ${handed}`)
    await approve(tx, made, 'officer:rudi')
    // The program's clock is that of a past morning.
    await tx.query('UPDATE campaign SET starts_at = $2 WHERE id = $1', [made, new Date(atMs)])
    return made
  })
  if (people < 200) return id
  const first = Math.ceil(people / 100)
  for (;;) {
    const { queued } = await countBegun(db, id)
    if (queued >= first * 0.9) break
    await pause(200)
  }
  await stepCampaign(db.pool, id, 'go-on', 'officer:vina')
  return id
}

async function countBegun(db: Database, id: number) {
  const { rows } = await db.pool.query(
    `SELECT count(*) FILTER (WHERE queued_at IS NOT NULL) AS queued,
            count(*) FILTER (WHERE state NOT IN ('chosen', 'queued')) AS ended,
            count(*) AS total FROM campaign_person WHERE campaign_id = $1`,
    [id],
  )
  return rows[0] as { queued: number; ended: number; total: number }
}

/** Looks twice a second whether the states add up, until nobody waits any more. */
async function watch({ db, people, tell, program }: CampaignGround, course: Course) {
  for (;;) {
    const { ended, total } = await countBegun(db, course.campaignId)
    course.looks += 1
    if (total !== people) course.uneven += 1
    tell(ended, people)
    if (ended >= people) return
    program.mustRun()
    await pause(500)
  }
}

/** Everything that happens meanwhile, each at its part of the way. */
async function disturb(ground: CampaignGround, course: Course, chats: number[]) {
  const { kills, storms, pauses, people, db } = ground
  const acts = [
    ...spread(kills, () => kill(ground)),
    ...spread(storms, () => storm(ground)),
    ...spread(pauses, () => rest(ground, course)),
  ].sort((one, other) => one.part - other.part)
  const random = createRandom(ground.seed + 1)
  const stopping = Math.floor((people * stoppingPerMille) / 1_000)
  let stopped = 0
  for (;;) {
    const { ended } = await countBegun(db, course.campaignId)
    if (ended >= people) return
    while (stopped < stopping && stopped / stopping < ended / people + 0.01) {
      ground.fake.chat(chats[random.int(0, chats.length - 1)] as number).say('BERHENTI')
      stopped += 1
    }
    const next = acts[0]
    if (next && ended / people >= next.part) {
      acts.shift()
      const from = Date.now()
      await next.act()
      course.disturbed.push([from, Date.now()])
    }
    await pause(400)
  }
}

function spread(count: number, act: () => Promise<void>) {
  return Array.from({ length: count }, (_, index) => ({ part: (index + 0.7) / (count + 0.7), act }))
}

async function kill({ program, fake }: CampaignGround) {
  program.kill()
  await program.gone()
  await program.start()
  await until(fake, Date.now(), 1)
}

/** Telegram wants a pause again and again, as it does when somebody else uses the token. */
async function storm({ fake }: CampaignGround) {
  const fault = { status: 429, parameters: { retry_after: 2 } }
  fake.failNext('sendMessage', { ...fault, times: 3 })
  await pause(7_000)
  await until(fake, Date.now(), 1)
}

/** An officer pauses, looks, and goes on. */
async function rest({ db, fake }: CampaignGround, course: Course) {
  const id = course.campaignId
  await db.transaction((tx) => pauseCampaign(tx, id, 'officer:vina'))
  const before = countSent(fake)
  await pause(5_000)
  course.afterPause = Math.max(course.afterPause, countSent(fake) - before)
  await db.transaction((tx) => resume(tx, id, 'officer:vina'))
  await until(fake, Date.now(), 1)
}

function countSent(fake: FakeBotApi): number {
  return fake.calls.filter(({ params, hadEffect }) => {
    return hadEffect && String(params.text ?? '').startsWith(words)
  }).length
}

/** Waits until so many more messages of the campaign went out, for half a minute. */
async function until(fake: FakeBotApi, from: number, count: number) {
  const isOver = () => Date.now() > from + 30_000
  const enough = () =>
    fake.calls.slice(-200).filter((call) => call.at > from && call.hadEffect).length >= count
  while (!enough() && !isOver()) await pause(100)
}
