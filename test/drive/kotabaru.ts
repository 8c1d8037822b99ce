// The Kotabaru drive: every village of regency 63.02 has its head send a list, and all is counted.
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { must } from '../../src/core/must.ts'
import { recordAgreement } from '../../src/registry/agreements.ts'
import { answersPlace } from '../../src/registry/answers-place.ts'
import type { Database } from '../../src/registry/database.ts'
import { recordMemberships } from '../../src/registry/decisions.ts'
import { makeInvite } from '../../src/registry/invites.ts'
import type { Seal } from '../../src/registry/seal.ts'
import type { FakeBotApi } from '../support/fake-bot-api.ts'
import type { ChildProgram } from '../support/faults/child-program.ts'
import { realVillages } from '../support/real-book.ts'
import { inventRosters, type VillageRoster } from '../support/rosters/village-rosters.ts'
import { createRandom } from '../support/simulate/random.ts'
import { createHead, readyAtOnce } from './head.ts'

/** The villages of Kotabaru; its four kelurahan have no village head. */
export const kotabaru = realVillages().filter(({ code }) => /^63\.02\.\d\d\.2/.test(code))

/** Heads at work at once: a morning on which the whole regency was called to it. */
const headsAtOnce = 24

/** Of a hundred villages so many never begin, and so many leave their mistakes as they are. */
const neverPercent = 4
const leavePercent = 10

/** What the drive runs on. */
export interface DriveGround {
  fake: FakeBotApi
  db: Database
  seal: Seal
  /** How many villages take part. */
  villages: number
  seed: number
  program: ChildProgram
  /** How often the program is killed, at even distances. */
  kills: number
  /** Groups are put into the rows, not told by the heads: it saves them fourteen answers. */
  isQuick?: boolean
  /** Hears how far it is. */
  tell(done: number, villages: number, people: number): void
}

/** What came of it. */
export interface DriveFigures {
  villages: number
  never: number
  unfinished: number
  /** People who hold a post in the villages that took part. */
  officials: number
  rowsIn: number
  accepted: number
  waiting: number
  rejected: number
  registered: number
  /** Villages that are Desa Sadar now, and certificates that arrived in a chat. */
  aware: number
  certificates: number
  seconds: number
  /** What should not be; empty when everything is accounted for. */
  wrong: string[]
}

/** How one village goes about it. */
interface Plan {
  roster: VillageRoster
  does: 'nothing' | 'half' | 'all'
  chatId: number
}

/** Runs the drive against a program that is running on this database and this Telegram. */
export async function driveKotabaru(ground: DriveGround): Promise<DriveFigures> {
  const startedAt = Date.now()
  await ground.db.transaction((tx) =>
    recordAgreement(tx, '63.02', 'PKS-REKAAN/63.02/2026', 'officer:kotabaru'),
  )
  const plans = planVillages(ground)
  let done = 0
  let people = 0
  await inParallel(plans, headsAtOnce, async (plan) => {
    await playVillage(ground, plan)
    done += 1
    people += plan.does === 'nothing' ? 0 : plan.roster.officials.length
    ground.tell(done, plans.length, people)
    if (isDueToDie(done, plans.length, ground.kills)) await restart(ground.program)
  })
  await settle(ground.db.pool)
  await registerAll(ground)
  await settle(ground.db.pool)
  const figures = await countAll(ground, plans)
  return { ...figures, seconds: Math.round((Date.now() - startedAt) / 1000) }
}

function planVillages({ villages, seed }: DriveGround): Plan[] {
  const random = createRandom(seed)
  const codes = kotabaru.slice(0, villages).map(({ code }) => code)
  return inventRosters(random, codes).map((roster, index) => {
    const draw = random.int(1, 100)
    const does =
      draw <= neverPercent ? 'nothing' : draw <= neverPercent + leavePercent ? 'half' : 'all'
    return { roster, does, chatId: 630_200_000 + index }
  })
}

async function playVillage({ fake, db, seal, isQuick }: DriveGround, plan: Plan) {
  if (plan.does === 'nothing') return
  const { roster, chatId } = plan
  const code = `K${String(chatId).padStart(9, '0')}`
  const invite = { role: 'village-head', area: roster.villageCode, name: 'Kepala Rekaan' } as const
  await db.transaction((tx) =>
    makeInvite(tx, seal, { ...invite, code, madeBy: 'officer:kotabaru' }),
  )
  const head = createHead(fake, chatId)
  await head.comeIn(code)
  if (isQuick) await setUpRows(db, roster)
  else await head.setUp(roster.officials.length)
  await head.hand(roster.fileName, roster.bytes)
  if (plan.does === 'all') await head.hand('perbaikan.xlsx', roster.corrected())
}

async function setUpRows(db: Database, { villageCode, officials }: VillageRoster) {
  await db.pool.query(
    `INSERT INTO village_cohort (village_code, cohort, posts, fund, set_by)
     SELECT area, cohort, posts, 'add', id
       FROM post, (VALUES ('kepala-desa', 1), ('perangkat-desa', $2::int)) AS c (cohort, posts)
      WHERE area = $1 AND revoked_at IS NULL`,
    [villageCode, officials.length - 1],
  )
}

/** The last heads find a program that lives: the kills lie between the villages. */
function isDueToDie(done: number, villages: number, kills: number): boolean {
  const step = Math.floor(villages / (kills + 1))
  return kills > 0 && step > 0 && done % step === 0 && done / step <= kills
}

async function restart(program: ChildProgram) {
  program.kill()
  await program.gone()
  await program.start()
}

/** Does each of the items, so many at once. */
async function inParallel<T>(items: T[], atOnce: number, work: (item: T) => Promise<void>) {
  const left = [...items]
  const lane = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
}

/** Waits until the program has nothing left to do. */
async function settle(pool: pg.Pool) {
  for (let calm = 0; calm < 3; ) {
    const { rows } = await pool.query<{ count: number }>(
      `SELECT (SELECT count(*) FROM roster WHERE state IN ('waiting', 'agreed'))
            + (SELECT count(*) FROM submission WHERE state = 'waiting')
            + (SELECT count(*) FROM village_to_judge)
            + (SELECT count(*) FROM inbound WHERE state = 'waiting')
            + (SELECT count(*) FROM outbound WHERE state IN ('waiting', 'sending')) AS count`,
    )
    calm = Number(rows[0]?.count) === 0 ? calm + 1 : 0
    await pause(200)
  }
}

/** An officer records a membership number for everybody who was found to be in order. */
async function registerAll({ db, seal }: DriveGround) {
  const { rows } = await db.pool.query<{ id: number }>(
    `SELECT id FROM submission WHERE state = 'recorded' ORDER BY id`,
  )
  for (const { id } of rows) {
    const kpj = String(10_000_000_000 + Number(id))
    await db.transaction((tx) =>
      recordMemberships(tx, seal, [{ submissionId: Number(id), kpj }], 'officer:kotabaru'),
    )
  }
}

async function countAll(
  ground: DriveGround,
  plans: Plan[],
): Promise<Omit<DriveFigures, 'seconds'>> {
  const { pool } = ground.db
  const one = async (sql: string) =>
    Number(must((await pool.query<{ count: number }>(sql)).rows[0], 'a count').count)
  const sum = (column: string) => one(`SELECT coalesce(sum(${column}), 0) AS count FROM roster`)
  const took = plans.filter(({ does }) => does !== 'nothing')
  return {
    villages: plans.length,
    never: plans.length - took.length,
    unfinished: took.filter(({ does }) => does === 'half').length,
    officials: took.reduce((all, { roster }) => all + roster.officials.length, 0),
    rowsIn: await sum('rows_in'),
    accepted: await sum('accepted'),
    waiting: await sum('waiting'),
    rejected: await sum('rejected'),
    registered: await one(
      `SELECT count(DISTINCT t.nik_index) AS count FROM staff t
        WHERE EXISTS (SELECT FROM enrolment e
                       WHERE e.submission_id = t.submission_id AND e.state = 'registered')`,
    ),
    aware: (await listAware(ground.db)).length,
    certificates: countCertificates(ground.fake),
    wrong: await findWrong(ground, plans),
  }
}

/** Certificates that the heads have in their chats. */
function countCertificates({ calls }: FakeBotApi): number {
  const sent = calls.filter(({ method, hadEffect }) => method === 'sendDocument' && hadEffect)
  const names = sent.map(({ params }) =>
    params.document instanceof File ? params.document.name : '',
  )
  // A kill between sending and noting sends one twice: it is counted for the chat.
  const chats = sent.filter((_, index) => names[index]?.endsWith('.pdf'))
  return new Set(chats.map(({ params }) => params.chat_id)).size
}

/** Everybody is in their own village, once, and nobody is missing who should be there. */
async function findWrong({ db, seal }: DriveGround, plans: Plan[]): Promise<string[]> {
  const { rows } = await db.pool.query<{ code: string; receipt: string; answers: Buffer }>(
    `SELECT t.village_code AS code, s.receipt, s.answers
       FROM staff t JOIN submission s ON s.id = t.submission_id WHERE t.until_on IS NULL`,
  )
  const found = new Map<string, Set<string>>()
  for (const { code, receipt, answers } of rows) {
    const { nik } = JSON.parse(seal.open(answers, answersPlace(receipt)))
    const niks = found.get(code) ?? new Set()
    found.set(code, niks.add(String(nik)))
  }
  const uneven = await db.pool.query<{ id: number }>(
    `SELECT id FROM roster WHERE rows_in <> accepted + waiting + rejected`,
  )
  return [
    ...plans.flatMap((plan) => judgeVillage(plan, found.get(plan.roster.villageCode))),
    ...judgeStatuses(plans, await listAware(db)),
    ...uneven.rows.map(({ id }) => `list ${id}: rows are missing`),
  ]
}

async function listAware(db: Database): Promise<string[]> {
  const { rows } = await db.pool.query<{ code: string }>(
    `SELECT village_code AS code FROM (
       SELECT DISTINCT ON (village_code) village_code, is_sadar FROM village_status
        ORDER BY village_code, ordinal DESC) AS present WHERE is_sadar`,
  )
  return rows.map(({ code }) => code)
}

/** Desa Sadar is whoever has everybody registered, and nobody else. */
function judgeStatuses(plans: Plan[], aware: string[]): string[] {
  return plans.flatMap(({ roster, does }) => {
    const isAll = does === 'all' || readyAtOnce(roster) === roster.officials.length
    // Registered at once with a post that nobody knows, the head counts among the staff until moved.
    const isWhole = isAll && roster.rows[0]?.reasons.join() !== 'post-unknown'
    const ought = does !== 'nothing' && isWhole
    const is = aware.includes(roster.villageCode)
    return ought === is ? [] : [`${roster.villageCode}: ${is ? '' : 'not '}Desa Sadar`]
  })
}

function judgeVillage({ roster, does }: Plan, found: Set<string> = new Set()): string[] {
  const { villageCode, officials } = roster
  const own = new Set(officials.map(({ nik }) => nik))
  const strangers = [...found].filter((nik) => !own.has(nik)).length
  const expected = does === 'nothing' ? 0 : does === 'all' ? officials.length : readyAtOnce(roster)
  return [
    ...(strangers > 0 ? [`${villageCode}: ${strangers} people of another village`] : []),
    ...(found.size === expected ? [] : [`${villageCode}: ${found.size} people, not ${expected}`]),
  ]
}
