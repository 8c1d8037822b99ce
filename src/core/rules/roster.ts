// Rules about a list that an official has sent: what has to be asked before people are registered.
import type { Rule, TalkContext } from '../context.ts'
import type { GapKind } from '../roster/given.ts'
import { type RosterView, readRosterView } from '../roster/roster-view.ts'

/** A statement about the list; it does not hold where there is none. */
function about(holds: (view: RosterView) => boolean): Rule {
  return {
    uses: [],
    needs: ['roster'],
    holds: ({ facts }: TalkContext) => {
      const view = readRosterView(facts.roster)
      return view !== undefined && holds(view)
    },
  }
}

function nextGapIs(kind: GapKind): Rule {
  return about(({ gap }) => gap?.kind === kind)
}

/** About the list as a whole, and about the row that is asked about next. */
export const rosterRules: Record<string, Rule> = {
  'no-roster': {
    uses: [],
    needs: ['roster'],
    holds: ({ facts }) => readRosterView(facts.roster) === undefined,
  },
  'roster-is-under-way': about(({ state }) => state === 'waiting' || state === 'agreed'),
  'roster-is-refused': about(({ state }) => state === 'refused'),
  'roster-lacks-a-column': about(({ column }) => column !== undefined),
  'roster-lacks-posts': about(({ lacksPosts }) => lacksPosts),
  'roster-post-is-unknown': about(({ post }) => post !== undefined),
  'roster-accepts-nobody': about(({ accepted }) => accepted === 0),
  'roster-has-gaps': about(({ gaps }) => gaps > 0),
  'next-gap-is-name': nextGapIs('name'),
  'next-gap-is-birth': nextGapIs('birth'),
  'next-gap-is-phone': nextGapIs('phone'),
  'next-gap-is-doubt': nextGapIs('sure'),
}
