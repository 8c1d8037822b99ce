// Everything that a fault test stands on: the program, its database, a platform, and villagers.
import { rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { createClock } from '../../../src/clock.ts'
import { migrate } from '../../../src/registry/migrate.ts'
import { createSeal, parseSecretKeys } from '../../../src/registry/seal.ts'
import { loadHome } from '../home.ts'
import { realBook } from '../real-book.ts'
import { makeScratch } from '../scratch.ts'
import { type ChildProgram, createChildProgram } from './child-program.ts'
import type { Platform } from './platform.ts'
import { type Moment, startPostgresProxy } from './postgres-proxy.ts'
import { startTelegram } from './telegram.ts'
import { createVillager, registration, type Villager } from './villager.ts'
import { findViolations } from './violations.ts'

/** The key under which everything of a stage is sealed. */
export const secret = '5a'.repeat(32)
const book = realBook()
const today = createClock(book.branch.zone).today()

/** What goes wrong by itself must be made up for within this time, in ms. */
const settleWithinMs = 90_000

/** Villagers who register; a pair `[number, twin]` has the NIK of the twin. */
export function createRegistering(
  platform: Platform,
  numbers: (number | [number, number])[],
): Villager[] {
  return numbers.map((one) => {
    const [number, twin] = typeof one === 'number' ? [one, one] : one
    return createVillager(platform, book, today, number, registration(number, twin))
  })
}

/** A villager who says just this. */
export function createSaying(platform: Platform, number: number, says: string[]): Villager {
  return createVillager(platform, book, today, number, says)
}

/** A stage; the test closes it, and with it the platform. */
export type Stage<P extends Platform = Platform> = Awaited<ReturnType<typeof createStage<P>>>

/** A stage on Telegram. */
export async function createTelegramStage(databaseUrl: string, settings?: Record<string, string>) {
  return createStage(databaseUrl, await startTelegram(), settings)
}

/** Builds a stage on a database; the program is not started yet. */
export async function createStage<P extends Platform>(
  databaseUrl: string,
  platform: P,
  settings: Record<string, string> = {},
) {
  await migrate(databaseUrl)
  await loadHome(databaseUrl)
  const proxy = await startPostgresProxy(databaseUrl)
  const dataDir = makeScratch('sapa-faults-')
  const environment = {
    DATABASE_URL: proxy.url,
    SECRET_KEY: secret,
    DATA_DIR: dataDir,
    PORT: '0',
    ...platform.settings,
    ...settings,
  }
  const program = createChildProgram(environment, platform.script)
  /** Cuts that were not kills; near them too a message may come twice. */
  const cuts: number[] = []
  const ground = { platform, proxy, program, cuts, databaseUrl, dataDir }
  return {
    ...ground,
    /** Kills at the moment and starts again; throws when the moment does not come. */
    killAt: (moment: Moment) => killAt(ground, proxy, moment),
    /** Kills and starts again. */
    killNow: () => restart(ground),
    /** Waits until nothing is under way any more, or the patience is over. */
    settle: (withinMs?: number) => settle(databaseUrl, withinMs),
    judge: (villagers: Villager[]) => judge(ground, villagers),
    close: async () => {
      program.kill()
      await program.gone()
      await proxy.close()
      await platform.close()
      rmSync(dataDir, { recursive: true })
    },
  }
}

async function killAt(
  ground: Ground,
  proxy: Awaited<ReturnType<typeof startPostgresProxy>>,
  moment: Moment,
): Promise<void> {
  const { program } = ground
  let hasSprung = false
  proxy.arm(moment, () => {
    hasSprung = true
    program.kill()
  })
  const giveUpAt = Date.now() + 120_000
  while (!hasSprung) {
    program.mustRun()
    if (Date.now() > giveUpAt) {
      const output = program.output().slice(-3_000)
      throw new Error(`never came ${moment.when} ${moment.of}:\n${output}`)
    }
    await pause(10)
  }
  await startAgain(ground)
}

async function restart(ground: Ground): Promise<void> {
  ground.program.kill()
  await startAgain(ground)
}

async function startAgain({ program, platform, databaseUrl }: Ground): Promise<void> {
  await program.gone()
  const bornAt = Date.now()
  await program.start()
  if (!platform.sayAgainWhatIsLost) return
  const kept = await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ id: string }>('SELECT external_id AS id FROM inbound')
    return new Set(rows.map(({ id }) => id))
  })
  await platform.sayAgainWhatIsLost(kept, bornAt)
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function settle(databaseUrl: string, withinMs = settleWithinMs): Promise<void> {
  const giveUpAt = Date.now() + withinMs
  await withClient(databaseUrl, async (client) => {
    for (;;) {
      const { rows } = await client.query<{ count: number }>(
        `SELECT (SELECT count(*) FROM inbound WHERE state = 'waiting')::int
              + (SELECT count(*) FROM outbound WHERE state IN ('waiting', 'sending'))::int
              + (SELECT count(*) FROM submission WHERE state = 'waiting')::int AS count`,
      )
      if (rows[0]?.count === 0 || Date.now() > giveUpAt) return
      await pause(100)
    }
  })
}

interface Ground {
  platform: Platform
  program: ChildProgram
  cuts: number[]
  databaseUrl: string
}

function judge(ground: Ground, villagers: Villager[]): Promise<string[]> {
  const crashes = [...ground.program.kills, ...ground.cuts]
  const seal = createSeal(parseSecretKeys(secret))
  return withClient(ground.databaseUrl, (client) =>
    findViolations({ platform: ground.platform, client, seal, villagers, crashes }),
  )
}
