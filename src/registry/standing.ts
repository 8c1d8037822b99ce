// Where talks stand that nobody goes on with: counted from the sessions, no turn is slower for it.
import type { Tx } from './database.ts'
import type { Seal } from './seal.ts'
import { openSession } from './turns.ts'

/** Talks that stand at one question. */
export interface Standing {
  flow: string
  step: string
  count: number
  /** When the one that stands longest went on last. */
  oldestAt: Date
}

/** All of them, and how many sessions were looked at. */
export interface StandingNow {
  all: Standing[]
  looked: number
  /** There are more sessions than were looked at: those that went on last were. */
  isPartial: boolean
}

/** Somebody who has written nothing for so many minutes has stopped, or thinks. */
const stoppedMinutes = 60
const perPage = 500

/** Counts where talks stand, in at most so many sessions, other work going on between two pages. */
export async function countStanding(tx: Tx, seal: Seal, most: number): Promise<StandingNow> {
  const found = new Map<string, Standing>()
  let looked = 0
  let after = 0
  for (let isMore = true; isMore && looked < most; ) {
    const { rows } = await tx.query<{ addressId: number; body: Buffer; at: Date }>(
      `SELECT address_id AS "addressId", body, updated_at AS at FROM session
        WHERE address_id > $1 AND body <> ''
          AND updated_at < now() - make_interval(mins => $2) ORDER BY address_id LIMIT $3`,
      [after, stoppedMinutes, perPage],
    )
    for (const row of rows) note(found, seal, row)
    looked += rows.length
    after = rows.at(-1)?.addressId ?? after
    isMore = rows.length === perPage
  }
  const all = [...found.values()].sort((a, b) => b.count - a.count || (a.step < b.step ? -1 : 1))
  return { all, looked, isPartial: looked >= most }
}

function note(
  found: Map<string, Standing>,
  seal: Seal,
  row: { addressId: number; body: Buffer; at: Date },
) {
  const { talk } = openSession(seal, { ...row, language: '' })
  if (!talk?.asked) return
  const key = `${talk.flow} ${talk.asked}`
  const before = found.get(key)
  const oldestAt = before && before.oldestAt < row.at ? before.oldestAt : row.at
  found.set(key, { flow: talk.flow, step: talk.asked, count: (before?.count ?? 0) + 1, oldestAt })
}

/** Ends of talks or requests for help, by flow and by what ended or where. */
export interface FlowCount {
  flow: string
  what: string
  /** The Monday of the week, `YYYY-MM-DD`. */
  weekOn: string
  count: number
}

/** The Monday with which the last weeks begin, that of the day $1 among them. */
const firstDay = `date_trunc('week', $1::date)::date - ($2::int - 1) * 7`

/** How talks ended in the last weeks, of one flow or of all. */
export async function countEnds(tx: Tx, on: string, weeks: number): Promise<FlowCount[]> {
  const { rows } = await tx.query<FlowCount>(
    `SELECT flow, outcome AS what, date_trunc('week', "on")::date AS "weekOn",
            sum(count)::bigint AS count
       FROM outcome WHERE "on" >= ${firstDay} AND "on" <= $1::date
      GROUP BY 1, 2, 3 ORDER BY 3, 4 DESC`,
    [on, weeks],
  )
  return rows
}

/** Where people asked for a person in the last weeks. */
export async function countHelp(
  tx: Tx,
  on: string,
  weeks: number,
  zone: string,
): Promise<FlowCount[]> {
  const { rows } = await tx.query<FlowCount>(
    `SELECT flow, coalesce(step, '') AS what,
            date_trunc('week', created_at AT TIME ZONE $3)::date AS "weekOn", count(*) AS count
       FROM ticket
      WHERE flow IS NOT NULL AND created_at >= (${firstDay})::timestamp AT TIME ZONE $3
      GROUP BY 1, 2, 3 ORDER BY 3, 4 DESC`,
    [on, weeks, zone],
  )
  return rows
}
