// Blanks about people whom others register: an agent's own list, and one's entry in the own chat.
import type { Blank, TalkContext } from '../context.ts'
import { programmesOf } from '../enrolment-choices.ts'
import { type Entry, readEntry } from '../entry.ts'
import { must } from '../must.ts'
import { type AgentResidents, readResidents } from '../residents.ts'
import { say, showRupiah } from './show.ts'

/** What an entry is found by: the code and the birth date. */
const found = { uses: ['staff-code', 'staff-birth-date'], needs: ['staff-entry'] }

function entryOf({ facts }: TalkContext): Entry {
  return must(readEntry(facts['staff-entry']), 'an entry')
}

/** Lines of one's own entry and of an agent's residents. */
export const entryBlanks: Record<string, Blank> = {
  staff_entry: { ...found, show: (talk) => showEntry(talk, entryOf(talk)) },
  entry_by: {
    ...found,
    show: (talk) => {
      return say(talk, entryOf(talk).kind === 'staff' ? 'entry-by-village' : 'entry-by-agent')
    },
  },
  resident_list: {
    uses: [],
    needs: ['my-residents'],
    show: (talk) => showResidents(talk, readResidents(talk.facts['my-residents'])),
  },
}

function showEntry(talk: TalkContext, entry: Entry): string {
  const { name, nik, villageName: village } = entry
  if (entry.kind === 'staff') {
    const { position } = entry
    const cohort = say(talk, `cohort-${entry.cohort}`)
    return say(talk, 'staff-entry', { name, nik, position, cohort, village })
  }
  const programmes = programmesOf({ programme: entry.programme }).map((one) => one.toUpperCase())
  return say(talk, 'resident-entry', {
    ...{ name, nik, village, occupation: entry.occupation },
    income: showRupiah(talk, entry.income),
    programmes: programmes.join(', '),
  })
}

function showResidents(talk: TalkContext, given: AgentResidents): string {
  const { total, registered, waiting, refused, newest } = given
  const counts = { total, registered, waiting, refused }
  const fills = Object.fromEntries(Object.entries(counts).map(([name, n]) => [name, String(n)]))
  const lines = newest.map(({ name, receipt, state, said }) => {
    const one = { name, receipt }
    if (said === 'objected' && state !== 'refused') return say(talk, 'resident-objected', one)
    return say(talk, 'resident-line', { ...one, state: say(talk, `resident-${state}`) })
  })
  const left = total - newest.length
  const more = left > 0 ? [say(talk, 'residents-more', { count: String(left) })] : []
  return [say(talk, 'residents-count', fills), '', ...lines, ...more].join('\n')
}
