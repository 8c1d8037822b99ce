// Wages that follow a village's groups and the rules of its regency, from the first free month on.
import { RatesError } from '../core/rates.ts'
import { findWageChanges } from '../core/wages.ts'
import { type KeptEarner, listWageEarners, lockWages, saveWageChanges } from '../registry/wages.ts'
import type { Runtime } from '../runtime.ts'

/** Wage earners of one transaction. */
const pageSize = 500

/** Notes from which month on whose wage is another. Before months are drawn up; harmless twice. */
export async function followWages(runtime: Runtime, on: string) {
  const { db, book, log } = runtime
  let count = 0
  for (let after = 0; ; ) {
    const last = await db.transaction(async (tx) => {
      await lockWages(tx)
      const page = await listWageEarners(tx, book.branch.zone, after, pageSize)
      const changes = page.flatMap((one) =>
        follow(runtime, one, on).map((change) => ({ ...change, id: one.id })),
      )
      if (changes.length > 0) await saveWageChanges(tx, changes, 'program')
      count += changes.length
      return page.at(-1)
    })
    if (!last) break
    after = last.id
  }
  if (count > 0) log.info({ count }, 'wages were changed')
}

/** One whose figures are not known stays as they are, and holds up no other. */
function follow({ book, log }: Runtime, one: KeptEarner, on: string) {
  try {
    return findWageChanges(one, on, book.rates)
  } catch (error) {
    if (!(error instanceof RatesError)) throw error
    log.error({ submission: one.id, error: error.figure }, 'a wage cannot be found')
    return []
  }
}
