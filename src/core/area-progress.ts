// How far villages are, added up by district or regency. Pure.
import type { CohortState } from './village-staff.ts'

/** How far one village is: its people over all groups. */
export interface VillageProgress {
  code: string
  /** Desa Sadar today. */
  isAware: boolean
  /** Has set up a group. */
  isStarted: boolean
  posts: number
  registered: number
  waiting: number
}

/** How far one village is, from its groups. */
export function progressOf(code: string, isAware: boolean, states: CohortState[]): VillageProgress {
  const sum = (pick: (state: CohortState) => number) =>
    states.reduce((all, state) => all + pick(state), 0)
  return {
    ...{ code, isAware, isStarted: states.length > 0 },
    posts: sum(({ posts }) => posts),
    registered: sum(({ registered }) => registered),
    waiting: sum(({ waiting }) => waiting),
  }
}

/** How far the villages of one place are. */
export interface PlaceProgress {
  code: string
  villages: number
  aware: number
  /** Has set up a group and is no Desa Sadar yet. */
  underWay: number
  idle: number
  posts: number
  registered: number
  waiting: number
}

/** Villages added up by the first `parts` parts of their codes: 2 regency, 3 district, 4 itself. */
export function sumProgress(villages: VillageProgress[], parts: 2 | 3 | 4): PlaceProgress[] {
  const places = new Map<string, VillageProgress[]>()
  for (const village of villages) {
    const code = village.code.split('.').slice(0, parts).join('.')
    places.set(code, [...(places.get(code) ?? []), village])
  }
  return [...places].map(([code, own]) => sumPlace(code, own))
}

function sumPlace(code: string, own: VillageProgress[]): PlaceProgress {
  const count = (is: (village: VillageProgress) => boolean) => own.filter(is).length
  const sum = (key: 'posts' | 'registered' | 'waiting') =>
    own.reduce((all, village) => all + village[key], 0)
  return {
    ...{ code, villages: own.length, aware: count(({ isAware }) => isAware) },
    underWay: count(({ isAware, isStarted }) => isStarted && !isAware),
    idle: count(({ isAware, isStarted }) => !isStarted && !isAware),
    ...{ posts: sum('posts'), registered: sum('registered'), waiting: sum('waiting') },
  }
}
