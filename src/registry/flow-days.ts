// Where people stop and go back in a flow, by question and day: counts that outlive the talks.
import type { WentBack } from '../core/turn/state.ts'
import type { Transaction, Tx } from './database.ts'
import type { Seal } from './seal.ts'
import { openSession } from './turns.ts'

/** Days that are over, in the zone of the branch: the last of them is the one before `before`. */
export interface DayWindow {
  before: string
  days: number
  zone: string
}

/** Talks that were left at a question on a day. */
export interface StopCount {
  flow: string
  step: string
  on: string
  count: number
}

const perPage = 500

/** Sends off counts of steps back: last, for they are locked until the commit. */
export function countBacks(tx: Transaction, on: string, backs: WentBack[]) {
  const keys = backs.map(({ flow, step }) => `${flow} ${step}`).sort()
  tx.send({
    name: 'count-backs',
    text: `INSERT INTO flow_day (flow, step, kind, "on", count)
           SELECT flow, step, 'back', $3::date, count(*)
             FROM unnest($1::text[], $2::text[]) AS b (flow, step) GROUP BY 1, 2 ORDER BY 1, 2
           ON CONFLICT (flow, step, kind, "on") DO UPDATE
              SET count = flow_day.count + excluded.count`,
    values: [keys.map((key) => key.split(' ')[0]), keys.map((key) => key.split(' ')[1]), on],
  })
}

/** Counts the talks that stand where they were left on these days, some hundred at a time. */
export async function readStops(
  tx: Tx,
  seal: Seal,
  { before, days, zone }: DayWindow,
): Promise<StopCount[]> {
  const found = new Map<string, StopCount>()
  let after = 0
  for (let isMore = true; isMore; ) {
    const { rows } = await tx.query<{ addressId: number; body: Buffer; on: string }>(
      `SELECT address_id AS "addressId", body, (updated_at AT TIME ZONE $4)::date AS "on"
         FROM session
        WHERE address_id > $1 AND body <> ''
          AND updated_at < $2::date::timestamp AT TIME ZONE $4
          AND updated_at >= ($2::date - $3::int)::timestamp AT TIME ZONE $4
        ORDER BY address_id LIMIT $5`,
      [after, before, days, zone, perPage],
    )
    for (const row of rows) {
      const { talk } = openSession(seal, { ...row, language: '' })
      if (!talk?.asked) continue
      const key = `${talk.flow} ${talk.asked} ${row.on}`
      const count = (found.get(key)?.count ?? 0) + 1
      found.set(key, { flow: talk.flow, step: talk.asked, on: row.on, count })
    }
    after = rows.at(-1)?.addressId ?? after
    isMore = rows.length === perPage
  }
  return [...found.values()]
}

/** Puts these counts in the place of those of the same days. */
export async function replaceStops(tx: Tx, { before, days }: DayWindow, stops: StopCount[]) {
  await tx.query(
    `DELETE FROM flow_day WHERE kind = 'stop' AND "on" < $1::date AND "on" >= $1::date - $2::int`,
    [before, days],
  )
  await tx.query(
    `INSERT INTO flow_day (flow, step, kind, "on", count)
     SELECT flow, step, 'stop', "on", count
       FROM jsonb_to_recordset($1::jsonb) AS s (flow text, step text, "on" date, count bigint)
     ON CONFLICT (flow, step, kind, "on") DO UPDATE SET count = excluded.count`,
    [JSON.stringify(stops)],
  )
}

/** What happened at one question of a flow in one week. */
export interface StepWeek {
  step: string
  /** The Monday of the week, `YYYY-MM-DD`. */
  weekOn: string
  stops: number
  backs: number
  helps: number
}

/** Where people stopped, went back and asked for a person in the weeks up to this day's. */
export async function readStepWeeks(
  tx: Tx,
  flow: string,
  { on, weeks, zone }: { on: string; weeks: number; zone: string },
): Promise<StepWeek[]> {
  const { rows } = await tx.query<StepWeek>(
    `WITH counted AS (
       SELECT step, kind, "on", count FROM flow_day WHERE flow = $1
        UNION ALL
       SELECT coalesce(step, ''), 'help', (created_at AT TIME ZONE $4)::date, 1
         FROM ticket
        WHERE flow = $1 AND created_at >= ($2::date - $3::int * 7)::timestamp AT TIME ZONE $4)
     SELECT step, date_trunc('week', "on")::date AS "weekOn",
            coalesce(sum(count) FILTER (WHERE kind = 'stop'), 0)::bigint AS stops,
            coalesce(sum(count) FILTER (WHERE kind = 'back'), 0)::bigint AS backs,
            coalesce(sum(count) FILTER (WHERE kind = 'help'), 0)::bigint AS helps
       FROM counted
      WHERE "on" >= date_trunc('week', $2::date)::date - ($3::int - 1) * 7 AND "on" <= $2::date
      GROUP BY 1, 2 ORDER BY 2 DESC, 1`,
    [flow, on, weeks, zone],
  )
  return rows
}
