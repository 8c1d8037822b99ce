// Counts how talks ended, by flow, outcome and day.
import type { Transaction } from './database.ts'

/** Sends off counts of talks that reached an end: last, for they are locked until the commit. */
export function countOutcomes(
  tx: Transaction,
  on: string,
  outcomes: { flow: string; outcome: string }[],
) {
  const counts = new Map<string, number>()
  for (const { flow, outcome } of outcomes) {
    const key = `${flow} ${outcome}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const keys = [...counts.keys()].sort()
  tx.send({
    name: 'count-outcomes',
    text: `INSERT INTO outcome (flow, outcome, "on", count)
     SELECT flow, outcome, $3::date, count
       FROM unnest($1::text[], $2::text[], $4::bigint[]) AS o (flow, outcome, count)
     ON CONFLICT (flow, outcome, "on") DO UPDATE SET count = outcome.count + excluded.count`,
    values: [
      keys.map((key) => key.split(' ')[0]),
      keys.map((key) => key.split(' ')[1]),
      on,
      keys.map((key) => counts.get(key)),
    ],
  })
}
