// Removes what need not be kept: words of messages, talks that nobody goes on with.
import { defineJob } from './job.ts'

/** Words of messages are kept this many days: long enough to settle a complaint. */
const wordsDays = 90

/** A talk that nobody went on with for this many days is forgotten, with what was told in it. */
const talkDays = 30

/** A list that officials sent is forgotten with its verdicts after so many days. */
const rosterDays = 14

/** Forgets words and answers whose time to be kept is over; run every night. */
export const purge = defineJob({
  name: 'purge',
  concurrency: 1,
  role: 'work',
  every: { pattern: '30 2 * * *' },
  run: async ({ db, log }) => {
    const inbound = await db.pool.query(
      `UPDATE inbound SET words = NULL
        WHERE words IS NOT NULL AND received_at < now() - make_interval(days => $1)`,
      [wordsDays],
    )
    const outbound = await db.pool.query(
      `DELETE FROM outbound
        WHERE state IN ('sent', 'failed', 'dropped')
          AND created_at < now() - make_interval(days => $1)`,
      [wordsDays],
    )
    const talks = await db.pool.query(
      `UPDATE session SET body = ''
        WHERE body <> '' AND updated_at < now() - make_interval(days => $1)`,
      [talkDays],
    )
    await db.pool.query(`DELETE FROM invite_try WHERE at < now() - make_interval(days => $1)`, [
      wordsDays,
    ])
    for (const table of ['office_link', 'office_session']) {
      await db.pool.query(
        `DELETE FROM ${table} WHERE expires_at < now() - make_interval(days => $1)`,
        [wordsDays],
      )
    }
    await db.pool.query(
      `UPDATE roster SET file = NULL, body = NULL, said = '', source = '',
              state = CASE WHEN closed_at IS NULL THEN 'left' ELSE state END,
              closed_at = coalesce(closed_at, now())
        WHERE said <> '' AND created_at < now() - make_interval(days => $1)
          AND state NOT IN ('waiting', 'agreed')`,
      [rosterDays],
    )
    const count = (inbound.rowCount ?? 0) + (outbound.rowCount ?? 0) + (talks.rowCount ?? 0)
    log.info({ count }, 'old words and talks were removed')
  },
})
