// Where lists are sent: the real program without its channels and queue, and officials who talk.
import { afterAll } from 'vitest'
import { type Channel, SendError } from '../../src/channels/channel.ts'
import { createClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { createConverse } from '../../src/converse.ts'
import type { InboundKind, Outbound } from '../../src/core/message.ts'
import type { Role } from '../../src/core/roles.ts'
import { villageCohorts } from '../../src/core/village-plan.ts'
import { importRoster } from '../../src/jobs/import-roster.ts'
import { createLog } from '../../src/log.ts'
import { findAddresses } from '../../src/registry/addresses.ts'
import { type Database, openDatabase } from '../../src/registry/database.ts'
import { makeInvite } from '../../src/registry/invites.ts'
import { openOutbound } from '../../src/registry/turns.ts'
import { loadVillages } from '../../src/registry/villages.ts'
import { keepWordings } from '../../src/registry/wordings.ts'
import type { Runtime } from '../../src/runtime.ts'
import { seal } from '../registry/stage.ts'
import { newCode, pin } from './officials.ts'
import { freshDatabase } from './postgres.ts'
import { realBook, realVillages } from './real-book.ts'

/** An official who has come in and talks. */
export type Boss = Awaited<ReturnType<RosterStage['meetHead']>>

/** The program around lists, on a database of its own. */
export type RosterStage = Awaited<ReturnType<typeof openRosterStage>>

/** A stage with so many villages of one regency, none of which has set up anything. */
export async function openRosterStage(countOfVillages = 1) {
  const all = realVillages()
  const villages = all.filter(({ code }) => code.startsWith('63.03')).slice(0, countOfVillages)
  const databaseUrl = await freshDatabase()
  const db = openDatabase(databaseUrl)
  afterAll(() => db.close())
  const book = realBook('Cabang Uji')
  await loadVillages(db, 'some villages', villages)
  await keepWordings(db.pool, book)
  const line = { isDown: false, files: new Map<string, Buffer>() }
  const runtime: Runtime = {
    config: readConfig({}),
    log: createLog('silent'),
    ...{ clock: createClock('Asia/Makassar'), db, seal, book, ring: () => undefined },
    channels: new Map([['open', fileChannel(line) as Channel]]),
  }
  const codes = villages.map(({ code }) => code)
  const meet = { runtime, line, converse: createConverse(runtime), area: codes[0] ?? '' }
  return {
    ...{ databaseUrl, db, runtime, line, villages: codes },
    /** A head of the village, the first one unless another is named, who has come in. */
    meetHead: (area = codes[0] ?? '') => meetHead({ ...meet, area }),
    /** An officer of the branch that has these regencies. */
    meetOfficer: (area = '63.03') => comeIn({ ...meet, area }, 'branch-officer'),
    /** A villager who has said hello. */
    meetVillager: () => meetPerson(meet),
    count: (sql: string, values: unknown[] = []) => countRows(db, sql, values),
  }
}

interface Meeting {
  runtime: Runtime
  line: { isDown: boolean; files: Map<string, Buffer> }
  converse: ReturnType<typeof createConverse>
  area: string
}

/** A channel on which files can be fetched by their handles, unless its line is down. */
function fileChannel(line: Meeting['line']): Partial<Channel> {
  return {
    name: 'open',
    capabilities: { buttons: true, sharesPhone: true, maxText: 4_096, forbidsSensitive: false },
    fetchFile: async (handle, maxBytes) => {
      if (line.isDown) throw new SendError('unreachable', { retryMs: 1 })
      const file = line.files.get(handle)
      if (!file) throw new SendError('refused')
      return file.length > maxBytes ? undefined : file
    },
  }
}

let people = 0

/** Somebody who comes in with an invite as the head of the village. */
async function meetHead(meeting: Meeting) {
  const { runtime, area } = meeting
  const person = await comeIn(meeting, 'village-head')
  return {
    ...{ ...person, area },
    /** The village has twelve posts in every group. */
    setUpAll: () => setUpAll(runtime.db, person.addressId, area),
  }
}

/** Somebody who comes in with an invite to this role in the meeting's area. */
async function comeIn(meeting: Meeting, role: Role) {
  const person = await meetPerson(meeting)
  const code = newCode()
  const invite = { code, role, area: meeting.area, name: 'Budi Contoh', madeBy: 'officer:test' }
  await meeting.runtime.db.transaction((tx) => makeInvite(tx, seal, invite))
  await person.send(`u_${code}`, 'start')
  await person.send(pin)
  return person
}

async function meetPerson({ runtime, line, converse }: Meeting) {
  const { db } = runtime
  people += 1
  const address = `person-${people}`
  let said = 0
  const send = async (words: string, kind: InboundKind = 'text') => {
    said += 1
    const at = new Date().toISOString()
    await converse.receive([{ channel: 'open', address, externalId: `m${said}`, kind, words, at }])
  }
  await send('halo')
  const [addressId = 0] = await db.transaction((tx) =>
    findAddresses(tx, seal, [{ channel: 'open', address }]),
  )
  const heard = () => listHeard(db, addressId)
  const last = async () => (await heard()).at(-1)?.text ?? ''
  const hold = (file: Buffer) => {
    const handle = `file-${line.files.size}`
    line.files.set(handle, file)
    return handle
  }
  const work = async (with_: Runtime = runtime) => {
    await importRoster.run(with_, {})
    return last()
  }
  return {
    ...{ addressId, heard, last, send, work },
    /** Says these words one after the other; the last answer. */
    say: async (...words: string[]) => {
      for (const each of words) await send(each)
      return last()
    },
    /** Sends a file, which nobody reads yet. */
    post: (file: Buffer, name = 'daftar.xlsx') => send(`${hold(file)} ${name}`, 'document'),
    /** Sends a file and waits until the program has read it. */
    hand: async (file: Buffer, name = 'daftar.xlsx') => {
      await send(`${hold(file)} ${name}`, 'document')
      return work()
    },
  }
}

async function listHeard(db: Database, addressId: number): Promise<Outbound[]> {
  const { rows } = await db.pool.query<{ purpose: string; body: Buffer }>(
    'SELECT purpose, body FROM outbound WHERE address_id = $1 ORDER BY id',
    [addressId],
  )
  return rows.map((row) => openOutbound(seal, row.purpose, row.body))
}

async function setUpAll(db: Database, addressId: number, area: string) {
  await db.pool.query(
    `INSERT INTO village_cohort (village_code, cohort, posts, fund, set_by)
     SELECT $1, cohort, 12, 'add', p.id
       FROM unnest($2::text[]) AS cohort, post p WHERE p.address_id = $3`,
    [area, villageCohorts, addressId],
  )
}

async function countRows(db: Database, sql: string, values: unknown[]): Promise<number> {
  const { rows } = await db.pool.query<{ count: number }>(`SELECT count(*) AS count ${sql}`, values)
  return rows[0]?.count ?? 0
}
