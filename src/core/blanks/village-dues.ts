// Blanks that say what a village has to pay today, group by group.
import type { Blank, TalkContext } from '../context.ts'
import { readVillageDues, type VillageDues } from '../village-dues.ts'
import { say, showDay, showMonth, showRupiah } from './show.ts'

/** Lines and sums of what is open for a village. */
export const villageDuesBlanks: Record<string, Blank> = {
  village_dues: about(showGroups),
  village_dues_total: about((dues, talk) => showRupiah(talk, totalOf(dues))),
  village_dues_people: about(({ groups }) =>
    String(groups.reduce((sum, { people }) => sum + people, 0)),
  ),
  village_dues_sure: about(({ groups, unknown }, talk) => {
    const isSure = unknown === 0 && groups.every((group) => group.isSure)
    return isSure ? say(talk, 'dues-sure') : say(talk, 'pay-unsure')
  }),
}

function about(show: (dues: VillageDues, talk: TalkContext) => string): Blank {
  const needs = ['village-dues']
  return {
    uses: [],
    needs,
    show: (talk) => show(readVillageDues(talk.facts['village-dues']), talk),
  }
}

function totalOf({ groups }: VillageDues): number {
  return groups.reduce((sum, { totalRupiah }) => sum + totalRupiah, 0)
}

function showGroups(dues: VillageDues, talk: TalkContext): string {
  const { groups, unknown, unknownMonths } = dues
  const months = unknownMonths.map((month) => showMonth(talk, month)).join(', ')
  const lines = groups.map(({ cohort, segment, people, months, totalRupiah, nominalDueOn }) =>
    say(talk, 'dues-line', {
      name: say(talk, cohort ? `cohort-${cohort}` : 'dues-others'),
      segment: say(talk, `segment-${segment}`),
      count: String(people),
      months: months.map((month) => showMonth(talk, month)).join(', '),
      amount: showRupiah(talk, totalRupiah),
      due: showDay(talk, nominalDueOn),
    }),
  )
  if (unknown > 0) lines.push(say(talk, 'dues-unknown', { count: String(unknown), months }))
  return lines.join('\n')
}
