// Bells that were answered in vain, rung again from the page: the real queue, on Postgres.
import { afterAll, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { defineJob, openQueues } from '../../src/jobs/job.ts'
import { createLog } from '../../src/log.ts'
import { openDatabase } from '../../src/registry/database.ts'
import type { Runtime } from '../../src/runtime.ts'
import { openStage } from '../registry/stage.ts'
import { areas, signInAs, startOffice, wordsOf } from '../support/office-stage.ts'
import { freshDatabase } from '../support/postgres.ts'

const stage = await openStage()
const { db, book } = stage
const names = ['sweep', 'purge'] as const

async function openQueue() {
  const url = await freshDatabase()
  const own = openDatabase(url)
  const queues = await openQueues(readConfig({}), url, createLog('silent'), [...names])
  afterAll(async () => {
    await queues.close()
    await own.close()
  })
  return queues
}

/** Waits until something is so, a minute at most. */
async function until(isSo: () => Promise<boolean>) {
  for (const end = Date.now() + 60_000; !(await isSo()); ) {
    if (Date.now() > end) throw new Error('it never came to that')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

test('all that failed in one queue is rung for again, once, and only there', async () => {
  const queues = await openQueue()
  const failedIn = async (name: string) =>
    (await queues.states()).find((one) => one.name === name)?.failed
  let isBroken = true
  const done: string[] = []
  const job = (name: (typeof names)[number]) =>
    defineJob({
      ...{ name, concurrency: 1, role: 'work' as const },
      run: async () => {
        if (isBroken) throw new Error('not now')
        done.push(name)
      },
    })
  const runtime = { book } as unknown as Runtime
  await queues.work(runtime, names.map(job))
  for (let failed = 1; failed <= 3; failed++) {
    queues.ring('sweep', {})
    await until(async () => (await failedIn('sweep')) === failed)
  }
  queues.ring('purge', {})
  await until(async () => (await failedIn('purge')) === 1)
  const office = await startOffice(stage, {
    machine: { states: queues.states, retry: queues.retry },
  })
  const head = await signInAs(db, office.url, 'branch-head', areas.own)
  expect(await wordsOf(head.get('/mesin'))).toContain(`Pekerjaan yang gagal: 4`)
  isBroken = false
  expect((await head.post('/mesin/antrean/sweep/ulang')).status).toBe(303)
  await until(async () => done.length === 3)
  expect(done).toEqual(['sweep', 'sweep', 'sweep'])
  await until(async () => (await failedIn('sweep')) === 0)
  expect(await failedIn('purge')).toBe(1)
  // Pressed once more there is nothing to ring for, and nothing to audit.
  expect((await head.post('/mesin/antrean/sweep/ulang')).status).toBe(303)
  const { rows } = await db.pool.query(
    `SELECT subject, detail FROM audit WHERE action = 'retry-queue'`,
  )
  expect(rows).toEqual([{ subject: 'queue:sweep', detail: { count: 3 } }])
  expect(done).toHaveLength(3)
  await office.server.close()
  expect(office.errors).toEqual([])
})
