// Draws up the months of each membership: what is due, when, at which price.
import { drawUpMonths } from '../core/ledger/months.ts'
import { RatesError } from '../core/rates.ts'
import { type KeptMembership, listMemberships, saveMonths } from '../registry/contributions.ts'
import type { Runtime } from '../runtime.ts'
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
    for (let after = 0; ; ) {
      const page = await listMemberships(db.pool, book.branch.zone, after, pageSize)
      const last = page.at(-1)
      if (!last) break
      written += await saveMonths(
        db.pool,
        page.flatMap((one) => draw(runtime, one, on)),
      )
      after = last.id
    }
    if (written > 0) log.info({ count: written }, 'contributions were drawn up')
  },
})

/** The unpaid months of one membership. One whose figures are not known holds up no other. */
function draw({ book, log }: Runtime, { id, membership, paid }: KeptMembership, on: string) {
  try {
    return drawUpMonths(membership, paid, on, book.rates)
      .filter(({ paidOn }) => paidOn === undefined)
      .map((month) => ({ id, membership, month }))
  } catch (error) {
    if (!(error instanceof RatesError)) throw error
    log.error({ submission: id, error: error.figure }, 'contributions cannot be reckoned')
    return []
  }
}
