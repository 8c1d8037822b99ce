// Blanks about a list that an official has sent: how it was read, and what is asked about it.
import type { Blank, TalkContext } from '../context.ts'
import { must } from '../must.ts'
import { type RosterView, readRosterView } from '../roster/roster-view.ts'
import { say } from './show.ts'

function about(show: (view: RosterView, talk: TalkContext) => string): Blank {
  return {
    uses: [],
    needs: ['roster'],
    show: (talk) => {
      const view = readRosterView(talk.facts.roster)
      return view ? show(view, talk) : ''
    },
  }
}

/** Counts, groups, troubles of a list, and the column, post or row that is asked about. */
export const rosterBlanks: Record<string, Blank> = {
  roster_preview: about(showPreview),
  roster_accepted: about(({ accepted }) => String(accepted)),
  roster_gaps: about(({ gaps }) => String(gaps)),
  roster_refusal: about(({ reason }, talk) => say(talk, `roster-${reason}`)),
  roster_field: about(({ column }, talk) =>
    must(talk.book.rosters.fieldNames.get(must(column, 'a column').field), 'a name of the field'),
  ),
  roster_post: about(({ post }) => post?.label ?? ''),
  roster_gap: about(({ gap }, talk) => {
    const { at, name, position } = must(gap, 'a gap')
    return say(talk, name ? 'roster-gap' : 'roster-gap-unnamed', {
      at: String(at),
      name,
      position: position || say(talk, 'roster-no-position'),
    })
  }),
}

function showPreview(view: RosterView, talk: TalkContext): string {
  const counts = (['accepted', 'known', 'waiting', 'rejected'] as const)
    .filter((one) => view[one] > 0)
    .map((one) => say(talk, `roster-count-${one}`, { count: String(view[one]) }))
  const head = [say(talk, 'roster-people', { count: String(view.rowsIn) }), ...counts]
  const groups = view.groups.map(({ cohort, count }) => {
    return say(talk, 'roster-group', { name: say(talk, `cohort-${cohort}`), count: String(count) })
  })
  const troubles = view.troubles.map(({ at, name, reason, blanks }) => {
    const why = say(talk, `roster-${reason}`, blanks)
    return say(talk, name ? 'roster-trouble' : 'roster-trouble-unnamed', {
      at: String(at),
      name,
      why,
    })
  })
  const left = view.waiting + view.rejected - troubles.length
  const more = left > 0 ? [say(talk, 'roster-more', { count: String(left) })] : []
  const parts = [head, groups, [...troubles, ...more]]
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
}
