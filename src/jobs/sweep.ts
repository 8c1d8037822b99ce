// Rings every lost bell again: looks in the rows for what should have been done by now.
import { resumeTalks } from '../converse/answer.ts'
import { alarmingTriesPerMinute, ticketPatienceHours } from '../core/limits.ts'
import { endAlarm, raiseAlarm } from '../registry/alarms.ts'
import { keepCampaignCounts } from '../registry/campaign-list.ts'
import { countLongWaits } from '../registry/conversations.ts'
import { countFailedTries } from '../registry/invites.ts'
import { findUnsentChannels } from '../registry/outbox.ts'
import { countWaitingRosters } from '../registry/roster-work.ts'
import { listVillagesToJudge } from '../registry/sadar.ts'
import { countWaitingSubmissions } from '../registry/submissions.ts'
import { findWaitingTalks } from '../registry/turns.ts'
import type { Runtime } from '../runtime.ts'
import { defineJob } from './job.ts'

/** What waits longer than this many seconds was forgotten, not merely under way. */
const forgottenSeconds = 5

/** Talks answered in one sweep; the next sweep goes on. */
const talksPerSweep = 500

/** Campaigns that are over and counted in one sweep: each may be of tens of thousands. */
const campaignsPerSweep = 4

/** Rings again for whatever waits although its bell was lost. */
export const sweep = defineJob({
  name: 'sweep',
  concurrency: 1,
  role: 'work',
  every: { everyMs: 5_000 },
  run: async (runtime) => {
    const { pool } = runtime.db
    const talks = await findWaitingTalks(pool, forgottenSeconds, talksPerSweep)
    if (talks.length > 0) {
      runtime.log.info({ count: talks.length }, 'talks were waiting and are answered now')
      await resumeTalks(runtime, talks)
    }
    for (const channel of await findUnsentChannels(pool, forgottenSeconds)) {
      runtime.ring('send-messages', { channel })
    }
    if ((await countWaitingSubmissions(pool, forgottenSeconds)) > 0) {
      runtime.ring('submit-enrolment', {})
    }
    if ((await countWaitingRosters(pool, forgottenSeconds)) > 0) runtime.ring('import-roster', {})
    if ((await listVillagesToJudge(pool, 1)).length > 0) runtime.ring('judge-villages', {})
    await keepCampaignCounts(runtime.db, campaignsPerSweep)
    await watchTickets(pool)
    const failed = await countFailedTries(pool)
    if (failed >= alarmingTriesPerMinute) {
      runtime.log.error({ count: failed }, 'somebody is guessing invite codes')
      await raiseAlarm(pool, { kind: 'guessing', channel: '–', detail: String(failed) })
    }
  },
})

/** Says that people wait for an officer longer than they should, for as long as they do. */
async function watchTickets(pool: Runtime['db']['pool']) {
  const alarm = { kind: 'ticket-waits', channel: '–' }
  const waiting = await countLongWaits(pool, ticketPatienceHours)
  if (waiting > 0) await raiseAlarm(pool, { ...alarm, detail: String(waiting) })
  else await endAlarm(pool, alarm)
}
