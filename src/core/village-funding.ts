// From which village money the contributions of which people may be paid.
import type { Cohort, Rates } from './rates.ts'
import { findFigure, getFigure } from './rates.ts'

/** What the rules say of one source for one cohort, and the sources that may be used. */
export interface VillageFunding {
  verdict: 'allowed' | 'barred' | 'officer'
  /** Names of the sources that are open, as people read them. */
  suggest: string[]
}

/**
 * Whether a village may pay a cohort's contributions from a source: `dana-desa`, or a key of the
 * figure `village-fund-sources`. An unknown source, and a year whose rules are not known, are for
 * an officer.
 */
export function villageFunding(
  plan: { cohort: Cohort; source: string; on: string },
  rates: Rates,
): VillageFunding {
  const sources = getFigure(rates, 'village-fund-sources', plan.on)
  const suggest = Object.values(sources)
  if (Object.hasOwn(sources, plan.source)) return { verdict: 'allowed', suggest }
  if (plan.source !== 'dana-desa') return { verdict: 'officer', suggest }
  const rule = findFigure(rates, 'dana-desa-cohorts', plan.on)
  return { verdict: rule?.[plan.cohort] ?? 'officer', suggest }
}
