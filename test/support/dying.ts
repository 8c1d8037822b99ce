// A database that goes away in the middle of something, at a statement that a test names.
import type { Database, Transaction } from '../../src/registry/database.ts'

/** A database that is gone when its statement of that number is asked, or its answer is due. */
export function dyingAt(db: Database, last: number, isAnswerLost: boolean) {
  let count = 0
  const dying = <Query extends Transaction['query']>(query: Query) =>
    (async (...asked: unknown[]) => {
      count += 1
      if (count > last) throw new Error('killed')
      if (count === last && !isAnswerLost) throw new Error('killed')
      const answer = await (query as (...all: unknown[]) => unknown)(...asked)
      if (count === last) throw new Error('killed')
      return answer
    }) as unknown as Query
  const mortal: Database = {
    ...db,
    pool: { query: dying(db.pool.query.bind(db.pool)) } as unknown as Database['pool'],
    transaction: async (work) => {
      const result = await db.transaction((tx) => work({ ...tx, query: dying(tx.query) }))
      // The COMMIT was done, its answer did not arrive.
      if (count === last) throw new Error('killed')
      return result
    },
  }
  return mortal
}
