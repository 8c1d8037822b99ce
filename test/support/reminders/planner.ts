// A worker that only plans reminders, on the queue of a test.
import { createClock } from '../../../src/clock.ts'
import type { Config } from '../../../src/config.ts'
import type { Book } from '../../../src/core/book.ts'
import { must } from '../../../src/core/must.ts'
import { openQueues } from '../../../src/jobs/job.ts'
import { sendReminders } from '../../../src/jobs/send-reminders.ts'
import { createLog } from '../../../src/log.ts'
import { openDatabase } from '../../../src/registry/database.ts'
import { createSeal, parseSecretKeys } from '../../../src/registry/seal.ts'
import type { Runtime } from '../../../src/runtime.ts'

/** Begins to work; rings for itself and others. */
export async function startPlanner(config: Config, book: Book) {
  const url = must(config.DATABASE_URL, 'a database')
  const log = createLog('silent')
  const db = openDatabase(url)
  const queues = await openQueues(config, url, log, ['send-reminders'])
  const runtime = {
    ...{ config, log, book, db, clock: createClock(book.branch.zone) },
    seal: createSeal(parseSecretKeys(must(config.SECRET_KEY, 'a key'))),
    ...{ ring: queues.ring, channels: new Map() },
  } satisfies Runtime
  await queues.work(runtime, [sendReminders])
  return {
    db,
    ring: () => queues.ring('send-reminders', {}),
    close: async () => {
      await queues.close()
      await db.close()
    },
  }
}
