// Turns what people submitted into enrolments, as many at once as wait. The person was told
// already: whether a NIK is known or not, nothing is said here that would tell the two apart.
import { type CheckedEnrolment, checkEnrolment } from '../core/enrolment.ts'
import { checkResident } from '../core/residents.ts'
import { checkStaffEnrolment } from '../core/staff-enrolment.ts'
import type { CohortPlan } from '../core/village-plan.ts'
import type { Transaction } from '../registry/database.ts'
import { renewPersons } from '../registry/persons-again.ts'
import {
  type ClaimedSubmission,
  type ClosedSubmission,
  claimSubmissions,
  closeSubmissions,
  deferSubmission,
  insertEnrolments,
  insertPersons,
  type NewEnrolment,
  nikIndexOf,
  openAnswers,
} from '../registry/submissions.ts'
import { listCohorts } from '../registry/village-cohorts.ts'
import type { Runtime } from '../runtime.ts'
import { defineJob } from './job.ts'

/** Submissions of one transaction: enough that commits cost little, few enough to fail cheaply. */
const batchSize = 250

/** Tries before a person has to look at a submission that the program cannot handle. */
const lastTry = 5

/** Turns waiting submissions into enrolments, or parks them for an officer. */
export const submitEnrolment = defineJob({
  name: 'submit-enrolment',
  // Two wait for Postgres while one is checked and sealed: measured, a fifth more than with two.
  concurrency: 4,
  role: 'work',
  run: async (runtime) => {
    while ((await submitBatch(runtime, batchSize)) === batchSize);
  },
})

/** Handles up to `limit` waiting submissions; how many it found. */
async function submitBatch(runtime: Runtime, limit: number): Promise<number> {
  let claimed: ClaimedSubmission[] = []
  try {
    await runtime.db.transaction(async (tx) => {
      claimed = await claimSubmissions(tx, limit)
      if (claimed.length > 0) await enrolAll(runtime, tx, claimed)
    })
  } catch (error) {
    if (claimed.length > 1) {
      for (let tried = 0; tried < claimed.length; tried++) await submitBatch(runtime, 1)
      return claimed.length
    }
    const [one] = claimed
    const name = error instanceof Error ? error.name : 'unknown'
    runtime.log.error({ submission: one?.id ?? 0, error: name }, 'a submission failed')
    if (one) await deferSubmission(runtime.db.pool, one.id, lastTry)
  }
  return claimed.length
}

type Answers = ReturnType<typeof openAnswers>

/** What the villages of these submissions have set up, by village. */
async function readVillagePlans(tx: Transaction, claimed: ClaimedSubmission[]) {
  const codes = new Set(claimed.flatMap(({ staff }) => staff?.villageCode ?? []))
  const plans = new Map<string, CohortPlan[]>()
  for (const code of codes) plans.set(code, await listCohorts(tx, code))
  return plans
}

function check(
  { book }: Runtime,
  one: ClaimedSubmission,
  answers: Answers,
  plans: Map<string, CohortPlan[]>,
): CheckedEnrolment {
  const submitted = { startedOn: one.startedOn, answers }
  const { staff, resident } = one
  if (resident) return checkResident(submitted, resident.villageCode, book)
  if (!staff) return checkEnrolment(submitted, book)
  const plan = plans.get(staff.villageCode)?.find(({ cohort }) => cohort === staff.cohort)
  const none = { cohort: staff.cohort, posts: 0, fund: '' }
  return checkStaffEnrolment(submitted, { ...staff, plan: plan ?? none }, book)
}

async function enrolAll(runtime: Runtime, tx: Transaction, claimed: ClaimedSubmission[]) {
  const plans = await readVillagePlans(tx, claimed)
  const checked = claimed.map((one) => {
    const answers = openAnswers(runtime.seal, one)
    const villageCode = (one.staff ?? one.resident)?.villageCode ?? String(answers.village ?? '')
    return { one, villageCode, check: check(runtime, one, answers, plans) }
  })
  const given = checked.flatMap(({ one, check }): NewEnrolment[] => {
    if (!check.ok) return []
    const { person, enrolments: rows } = check
    return [{ submissionId: one.id, nikIndex: nikIndexOf(runtime.seal, person.nik), person, rows }]
  })
  const persons = await insertPersons(tx, runtime.seal, given)
  const known = given.filter(({ submissionId }) => !persons.has(submissionId))
  if (known.length > 0) {
    const renewed = await renewPersons(tx, runtime.seal, known)
    for (const [submissionId, personId] of renewed) persons.set(submissionId, personId)
  }
  const fresh = given.flatMap((one) => {
    const personId = persons.get(one.submissionId)
    return personId === undefined ? [] : [{ ...one, personId }]
  })
  if (fresh.length > 0) insertEnrolments(tx, fresh)
  const closed = checked.map(({ one, villageCode, check }): ClosedSubmission => {
    const personId = persons.get(one.id) ?? null
    const kept = { id: one.id, personId, villageCode }
    if (!check.ok) return { ...kept, state: 'parked', reason: check.park }
    // Somebody is known by this NIK already. Who may tell is an officer, not the bot.
    if (personId === null) return { ...kept, state: 'parked', reason: 'nik-known' }
    return { ...kept, state: 'recorded', reason: check.doubts.join(' ') || null }
  })
  closeSubmissions(tx, closed)
}
