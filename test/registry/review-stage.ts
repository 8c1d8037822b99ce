// The stage of tests about what officers decide: villagers who registered, looked at in one area.
import { beforeAll } from 'vitest'
import type { Deciding } from '../../src/registry/decision-rows.ts'
import { findReviewed, type Reviewed } from '../../src/registry/review-queue.ts'
import { enrol, handleSubmissions, loadHomes } from '../support/office-world.ts'
import { openStage } from './stage.ts'

/** Call it in the body of a test file: the villages are there once its tests begin. */
export async function openReviewStage() {
  const stage = await openStage()
  const { db, book, seal } = stage
  const area = '63.03'
  beforeAll(() => loadHomes(stage))
  let numbers = 0

  async function get(receipt: string): Promise<Reviewed> {
    const found = await findReviewed(db.pool, seal, area, receipt)
    if (!found) throw new Error('no such submission')
    return found
  }
  return {
    ...{ stage, db, book, seal, area, get },
    /** A membership number that nobody has. */
    newKpj: () => `2026${String(++numbers).padStart(7, '0')}`,
    /** A villager whose submission the program has recorded or parked. */
    submit: async (answers: Parameters<typeof enrol>[1] = {}) => {
      const { receipt } = await enrol(stage, answers)
      await handleSubmissions(stage)
      return get(receipt)
    },
    /** Decides something in this officer's name. */
    as: <T>(actor: string, work: (deciding: Deciding) => Promise<T>): Promise<T> =>
      db.transaction((tx) => work({ tx, seal, book, actor })),
  }
}
