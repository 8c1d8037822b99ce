// Draws up the months of each membership: what is due, when, at which price.
import { drawUpKnown } from '../core/ledger/months.ts'
import type { Rates } from '../core/rates.ts'
import { endAlarm, raiseAlarm } from '../registry/alarms.ts'
import { type KeptMembership, listMemberships, saveMonths } from '../registry/contributions.ts'
import type { Tx } from '../registry/database.ts'
import { followWages } from './follow-wages.ts'
import { defineJob } from './job.ts'

/** Memberships of one transaction. */
const pageSize = 1_000

/** Adds months that have begun; those that are not paid follow the rates. Harmless when repeated. */
export const drawUpContributions = defineJob({
  name: 'draw-up-contributions',
  concurrency: 1,
  role: 'work',
  every: { pattern: '20 0,5,11,17 * * *' },
  run: async (runtime) => {
    const { db, book, clock, log } = runtime
    const on = clock.today()
    await followWages(runtime, on)
    let written = 0
    let unknown = 0
    for (let after = 0; ; ) {
      const page = await listMemberships(db.pool, book.branch.zone, after, pageSize)
      const last = page.at(-1)
      if (!last) break
      const drawn = page.map((one) => draw(one, on, book.rates))
      written += await saveMonths(
        db.pool,
        drawn.flatMap(({ months }) => months),
      )
      unknown += drawn.filter((one) => one.isUnknown).length
      after = last.id
    }
    if (written > 0) log.info({ count: written }, 'contributions were drawn up')
    await tellUnknown(db.pool, unknown)
  },
})

/** The unpaid months of one membership, as far as they can be reckoned. */
function draw({ id, membership, paid }: KeptMembership, on: string, rates: Rates) {
  const { months, unknown } = drawUpKnown(membership, paid, on, rates)
  const unpaid = months.filter(({ paidOn }) => paidOn === undefined)
  return {
    months: unpaid.map((month) => ({ id, membership, month })),
    isUnknown: unknown.length > 0,
  }
}

/** An officer is told of how many people a month cannot be reckoned, until none is left. */
async function tellUnknown(tx: Tx, count: number) {
  const alarm = { kind: 'price-unknown', channel: '–' }
  if (count > 0) await raiseAlarm(tx, { ...alarm, detail: String(count) })
  else await endAlarm(tx, alarm)
}
