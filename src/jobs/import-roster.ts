// Reads the lists that officials send, and registers the people on those they have agreed to.
import { SendError } from '../channels/channel.ts'
import { resumeTalks } from '../converse/answer.ts'
import { readSentFile } from '../core/answers/document.ts'
import { sayPhrase } from '../core/phrase.ts'
import { type KeptRoster, keepRoster } from '../core/roster/kept-roster.ts'
import type { Refusal } from '../core/roster/refusal.ts'
import { createRosterJudge } from '../core/roster/roster.ts'
import { answersDocument, sayWritten } from '../core/roster/say-roster.ts'
import type { Transaction } from '../registry/database.ts'
import { queueNotices } from '../registry/notices.ts'
import { queueOpening } from '../registry/openings.ts'
import { showProgress } from '../registry/progress.ts'
import { noteKnown, registerRows } from '../registry/roster-people.ts'
import {
  type ClaimedRoster,
  claimRoster,
  closeRoster,
  deferRoster,
  refuseRoster,
  saveVerdicts,
} from '../registry/roster-work.ts'
import { listCohorts } from '../registry/village-cohorts.ts'
import { maxFileBytes } from '../roster/limits.ts'
import { RosterRefused } from '../roster/refused.ts'
import { rosterThreads } from '../roster/thread.ts'
import type { Runtime } from '../runtime.ts'
import { defineJob } from './job.ts'

/** Tries before the official is told that the file cannot be had. */
const lastTry = 5

/** Rest after a try that failed, in ms, for each try so far. */
const restMs = 2_000

/** Rows of one statement: sealing them holds up other talks no longer than that. */
const rowsPerStep = 500

/** The flow in which the official looks at the list. */
const confirmFlow = 'official/roster-confirm'

/** Works on every list that waits, one after the other. */
export const importRoster = defineJob({
  name: 'import-roster',
  concurrency: 2,
  // Only a channel can fetch the file.
  role: 'channels',
  run: async (runtime) => {
    while (await workOnOne(runtime));
  },
})

/** Works on the oldest list that waits; false when there is none. */
async function workOnOne(runtime: Runtime): Promise<boolean> {
  let claimed: ClaimedRoster | undefined
  try {
    await runtime.db.transaction(async (tx) => {
      claimed = await claimRoster(tx, runtime.seal)
      if (claimed?.state === 'waiting') await read(runtime, tx, claimed)
      else if (claimed) await write(runtime, tx, claimed)
    })
  } catch (error) {
    if (!claimed) throw error
    const name = error instanceof Error ? error.name : 'unknown'
    runtime.log.warn({ roster: claimed.id, error: name }, 'a list could not be worked on')
    await deferRoster(runtime.db.pool, claimed.id, restMs * (claimed.tries + 1))
  }
  if (!claimed) return false
  await resumeTalks(runtime, [claimed.addressId])
  runtime.ring('send-messages', { channel: claimed.channel })
  return true
}

async function read(runtime: Runtime, tx: Transaction, roster: ClaimedRoster) {
  await progress(runtime, roster, 'roster-reading')
  try {
    const file = roster.file() ?? (await fetchFile(runtime, roster))
    const kept = await judge(runtime, tx, roster, file)
    await saveVerdicts(tx, runtime.seal, roster, { file, kept })
  } catch (error) {
    const refusal = refusalOf(error, roster.tries)
    if (!refusal) throw error
    await refuseRoster(tx, roster.id, refusal)
  }
  const purpose = `roster:${roster.receipt}:${roster.round}`
  await queueOpening(tx, runtime.seal, { ...roster, purpose, flow: confirmFlow })
}

/** Why the file is not read; nothing where another try may help. */
function refusalOf(error: unknown, tries: number): Refusal | undefined {
  if (error instanceof RosterRefused) return error.refusal
  if (!(error instanceof SendError)) return undefined
  return error.retryMs === undefined || tries >= lastTry ? 'not-fetched' : undefined
}

async function fetchFile(runtime: Runtime, roster: ClaimedRoster): Promise<Buffer> {
  const { handle } = readSentFile(roster.source())
  const channel = runtime.channels.get(roster.channel)
  if (!channel?.fetchFile) throw new SendError('refused')
  const file = await channel.fetchFile(handle, maxFileBytes)
  if (!file) throw new RosterRefused('too-large')
  return file
}

async function judge(
  runtime: Runtime,
  tx: Transaction,
  roster: ClaimedRoster,
  file: Buffer,
): Promise<KeptRoster> {
  const { book, seal } = runtime
  const said = roster.said()
  const plans = await listCohorts(tx, roster.villageCode)
  const judge = createRosterJudge({
    mapping: said,
    given: said.rows,
    cohorts: plans.filter(({ posts }) => posts > 0).map(({ cohort }) => cohort),
    words: book.rosters,
    readers: book.readers,
    on: roster.startedOn,
    village: roster.villageCode,
  })
  for await (const batch of rosterThreads.read(file)) judge.add(batch)
  const kept = keepRoster(judge.finish())
  return { ...kept, rows: await noteKnown(tx, seal, roster.villageCode, kept.rows) }
}

/** All of it in one transaction: a list is written whole or not at all. */
async function write(runtime: Runtime, tx: Transaction, roster: ClaimedRoster) {
  const { seal, clock, book } = runtime
  const kept = roster.kept()
  if (!kept) return
  await progress(runtime, roster, 'roster-writing')
  const open = await noteKnown(tx, seal, roster.villageCode, kept.rows)
  const rows = []
  for (let from = 0; from < open.length; from += rowsPerStep) {
    const step = open.slice(from, from + rowsPerStep)
    rows.push(...(await registerRows(tx, seal, roster, step, () => clock.now().id)))
  }
  const written = { ...kept, rows }
  await closeRoster(tx, seal, roster, written)
  const purpose = `roster:${roster.receipt}:written`
  const message = {
    text: sayWritten(book, roster.language, written),
    document: answersDocument(book, { ...roster, fileName: readSentFile(roster.source()).name }),
  }
  await queueNotices(tx, seal, [{ addressId: roster.addressId, purpose, message }])
  runtime.ring('submit-enrolment', {})
}

/** Shown at once, whatever becomes of the work. */
async function progress(runtime: Runtime, { receipt, ...roster }: ClaimedRoster, id: string) {
  const { db, seal, book } = runtime
  const text = sayPhrase(book, roster.language, id)
  const purpose = `roster:${receipt}:progress`
  await showProgress(db.pool, seal, { addressId: roster.addressId, purpose, text })
  runtime.ring('send-messages', { channel: roster.channel })
}
