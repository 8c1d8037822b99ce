// What a drive stands on: the real program in a process of its own, a Telegram, and its database.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../src/registry/database.ts'
import { migrate } from '../../src/registry/migrate.ts'
import { createSeal, parseSecretKeys } from '../../src/registry/seal.ts'
import { startFakeBotApi } from '../support/fake-bot-api.ts'
import { createChildProgram } from '../support/faults/child-program.ts'
import { loadHome } from '../support/home.ts'

const secret = 'd7'.repeat(32)

/** Starts the program on a database without rows; `settings` may name a Redis. */
export async function createStage(
  databaseUrl: string,
  settings: Record<string, string> = {},
  script?: string,
) {
  await migrate(databaseUrl)
  const db = openDatabase(databaseUrl)
  await loadHome(databaseUrl, '63.02.')
  const fake = await startFakeBotApi()
  const dataDir = mkdtempSync(join(tmpdir(), 'sapa-drive-'))
  const all = {
    DATABASE_URL: databaseUrl,
    SECRET_KEY: secret,
    DATA_DIR: dataDir,
    PORT: '0',
    TELEGRAM_BOT_TOKEN: fake.token,
    TELEGRAM_API_ROOT: fake.apiRoot,
    ...settings,
  }
  const program = createChildProgram(all, script)
  await program.start()
  return {
    ...{ db, fake, program, seal: createSeal(parseSecretKeys(secret)) },
    close: async () => {
      program.kill()
      await program.gone()
      await db.close()
      await fake.close()
      rmSync(dataDir, { recursive: true })
    },
  }
}
