// Makes the files that go back to officials: their own list with its verdicts, and an empty one.
import { handoutOf } from '../core/roster/handout.ts'
import { sayAnswers } from '../core/roster/say-answers.ts'
import type { DocumentGround } from '../documents.ts'
import { findRoster } from '../registry/roster-work.ts'
import { listCohorts } from '../registry/village-cohorts.ts'
import { rosterThreads } from '../roster/thread.ts'
import { writeWorkbook } from '../roster/write-workbook.ts'

/** The file that was sent, with its verdicts as they are now; undefined once both are removed. */
export async function makeRosterAnswers({ db, seal, book }: DocumentGround, id: string) {
  const roster = await findRoster(db.pool, seal, Number(id))
  const file = roster?.file()
  const kept = roster?.kept()
  if (!roster || !file || !kept) return undefined
  return Buffer.from(await rosterThreads.answer(file, sayAnswers(kept, book, roster.language)))
}

/** An empty list with the village's own groups to choose from; `id` is its code and a language. */
export async function makeRosterTemplate({ db, book }: DocumentGround, id: string) {
  const [villageCode = '', language = ''] = id.split(' ')
  const plans = await listCohorts(db.pool, villageCode)
  const cohorts = plans.filter(({ posts }) => posts > 0).map(({ cohort }) => cohort)
  return writeWorkbook(handoutOf(book, language, cohorts))
}
