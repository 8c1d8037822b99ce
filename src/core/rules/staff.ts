// Rules about who is registered for a village, and about what they say of it themselves.
import type { Rule, TalkContext } from '../context.ts'
import { readEntry } from '../entry.ts'
import { maxResidentsPerDay, maxStaffPerDay } from '../limits.ts'
import { readResidents } from '../residents.ts'
import { readSadarStatus } from '../sadar.ts'
import { readPlans } from '../village-plan.ts'
import { cohortStates, findLacks, readStaff } from '../village-staff.ts'

const village = ['village-cohorts', 'village-staff']
const sadar = ['village-sadar']

function statesOf({ facts }: TalkContext) {
  return cohortStates(readPlans(facts['village-cohorts']), readStaff(facts['village-staff']))
}

/** About staff one by one, and about all of them. */
export const staffRules: Record<string, Rule> = {
  'cohort-is-full': {
    uses: ['staff-cohort'],
    needs: village,
    holds: (talk) =>
      statesOf(talk).some(
        ({ cohort, empty }) => cohort === talk.answers['staff-cohort'] && empty === 0,
      ),
  },
  'registered-enough-today': {
    uses: [],
    needs: ['staff-today'],
    holds: ({ facts }) => Number(facts['staff-today']) >= maxStaffPerDay,
  },
  'enrolled-enough-today': {
    uses: [],
    needs: ['residents-today'],
    holds: ({ facts }) => Number(facts['residents-today']) >= maxResidentsPerDay,
  },
  'no-residents': {
    uses: [],
    needs: ['my-residents'],
    holds: ({ facts }) => readResidents(facts['my-residents']).total === 0,
  },
  'no-staff': {
    uses: [],
    needs: ['village-staff'],
    holds: ({ facts }) => readStaff(facts['village-staff']).length === 0,
  },
  'has-died': {
    uses: ['leave-reason'],
    holds: ({ answers }) => answers['leave-reason'] === 'died',
  },
  'village-is-sadar': {
    uses: [],
    needs: sadar,
    holds: ({ facts }) => readSadarStatus(facts['village-sadar'])?.isSadar ?? false,
  },
  'village-is-certified': {
    uses: [],
    needs: sadar,
    holds: ({ facts }) => readSadarStatus(facts['village-sadar'])?.code !== undefined,
  },
  'village-lacks-nothing': {
    uses: [],
    needs: village,
    holds: (talk) => findLacks(statesOf(talk), talk.on, talk.book.rates).length === 0,
  },
  'entry-is-unknown': {
    uses: ['staff-code', 'staff-birth-date'],
    needs: ['staff-entry'],
    holds: ({ facts }) => readEntry(facts['staff-entry']) === undefined,
  },
}
