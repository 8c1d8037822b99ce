// What is asked many times a day is found by an index, however much there is beside it.
import { expect, it } from 'vitest'
import type { Transaction, Tx } from '../../src/registry/database.ts'
import { readHistoryOf } from '../../src/registry/history.ts'
import { listErasures, readWork } from '../../src/registry/machine-state.ts'
import { mergeAddresses } from '../../src/registry/merge-addresses.ts'
import { countUnsent } from '../../src/registry/office-figures.ts'
import {
  claimAddresses,
  dropWaiting,
  findUnsentChannels,
  hasUnseenReply,
  takeNext,
} from '../../src/registry/outbox.ts'
import { readTimeline } from '../../src/registry/person-timeline.ts'
import { countResidentsToday } from '../../src/registry/residents.ts'
import { listFilled, listMergedHere } from '../../src/registry/review-merge.ts'
import { forgetMessages } from '../../src/registry/rights.ts'
import { claimSubmissions, countWaitingSubmissions } from '../../src/registry/submissions.ts'
import { listOpenWords } from '../../src/registry/tickets.ts'
import { findWaitingTalks, keepInbounds, lockTalks } from '../../src/registry/turns.ts'
import { makeAddress, openStage, seal } from './stage.ts'

const { db } = await openStage()
const [older, younger] = [await makeAddress(db, 'lama'), await makeAddress(db, 'baru')]
const sender = '00000000-0000-4000-8000-000000000001'
const claim = { channel: 'console', sender, leaseSeconds: 60, limit: 10 }

/** Tables that grow with every message, person and month. */
const growing = new Set(
  (
    'address session inbound outbound submission person enrolment enrolment_event contribution ' +
    'reminder campaign_person ticket decision resident consent audit'
  ).split(' '),
)

interface Plan {
  'Node Type': string
  'Relation Name'?: string
  Plans?: Plan[]
}

/** The growing tables that a plan reads from end to end. */
function scannedBy(plan: Plan): string[] {
  const table = plan['Relation Name'] ?? ''
  const isScan = plan['Node Type'] === 'Seq Scan' && growing.has(table)
  return [...(isScan ? [table] : []), ...(plan.Plans ?? []).flatMap(scannedBy)]
}

/**
 * Runs it, and tells what it scans where a scan is the last thing that Postgres
 * would choose: only what no index serves.
 */
async function scansOf(run: (tx: Transaction) => Promise<unknown>): Promise<string[]> {
  const scanned: string[] = []
  await db.transaction(async (tx) => {
    await tx.query('SET LOCAL enable_seqscan = off')
    const query = async (asked: string | { text: string; values?: unknown[] }, values = []) => {
      const given = typeof asked === 'string' ? { text: asked, values } : asked
      const { text } = given
      const explain = { ...given, name: '', text: `EXPLAIN (FORMAT JSON) ${text}` }
      const { rows } = await tx.query(explain)
      for (const one of scannedBy(rows[0]['QUERY PLAN'][0].Plan)) scanned.push(`${one}: ${text}`)
      return tx.query(given)
    }
    await run({ ...tx, query: query as Tx['query'] })
  })
  return scanned
}

it.each<[what: string, run: (tx: Transaction) => Promise<unknown>]>([
  ['what was said at an address', (tx) => readHistoryOf(tx, seal, older, 50)],
  ['what an address is to forget', (tx) => forgetMessages(tx, older)],
  ['what waits, failed or was given up', (tx) => readWork(tx)],
  ['what should have been sent', (tx) => countUnsent(tx)],
  ['channels with something to send', (tx) => findUnsentChannels(tx, 60)],
  ['whom to send to', (tx) => claimAddresses(tx, seal, claim)],
  ['what to send next', (tx) => takeNext(tx, seal, older, sender)],
  ['what cannot be sent any more', (tx) => dropWaiting(tx, older, 'gone', 1)],
  ['what nobody can have seen', (tx) => hasUnseenReply(tx, older)],
  ['talks to lock', (tx) => lockTalks(tx, [older, younger])],
  ['messages to keep and to answer', (tx) => keepInbounds(tx, seal, [], [older], true)],
  ['talks that wait', (tx) => findWaitingTalks(tx, 60, 10)],
  ['submissions to take', (tx) => claimSubmissions(tx, 10)],
  ['submissions that wait', (tx) => countWaitingSubmissions(tx, 60)],
  ['requests to be erased', (tx) => listErasures(tx, '', 20)],
  ['what somebody asked for help with', (tx) => listOpenWords(tx, seal, older)],
  ['how many an agent set down today', (tx) => countResidentsToday(tx, older)],
  ['what a submission stands for', (tx) => listMergedHere(tx, 1)],
  ['what others filled in', (tx) => listFilled(tx, 1)],
  ['all that happened with a person', (tx) => readTimeline(tx, '', 1)],
  [
    'what becomes of two addresses of one person',
    async (tx) => {
      const talks = await lockTalks(tx, [older, younger])
      const [kept, gone] = [talks.get(older), talks.get(younger)]
      if (!kept || !gone) throw new Error('two talks')
      await mergeAddresses(tx, seal, kept, gone)
    },
  ],
])('%s', async (_, run) => {
  expect(await scansOf(run)).toEqual([])
})
