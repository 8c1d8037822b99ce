// What becomes of the lists that one official sends, in memory: the real judge plays the job.
import type { Book } from '../../../src/core/book.ts'
import { must } from '../../../src/core/must.ts'
import type { Cohort } from '../../../src/core/rates.ts'
import { nothingSaid, type Said } from '../../../src/core/roster/given.ts'
import {
  type KeptRoster,
  type KeptRow,
  keepRoster,
  withReceipt,
} from '../../../src/core/roster/kept-roster.ts'
import { createRosterJudge } from '../../../src/core/roster/roster.ts'
import {
  blankView,
  isToRegister,
  type RosterView,
  viewRoster,
} from '../../../src/core/roster/roster-view.ts'
import type { Command } from '../../../src/core/turn/state.ts'

/** The lists of one address. */
export interface LittleLists {
  /** The fact `roster`. */
  look(): RosterView | null
  doers: Record<string, (command: Command) => void>
  /** The job takes its turn: reads or writes what waits. */
  work(book: Book, on: string, cohorts: Cohort[]): void
  /** The flow that is to be opened next, if one is; it is taken out of the line. */
  takeReady(): string | undefined
}

interface LittleList {
  state: RosterView['state']
  /** Nothing where the file is none that can be read. */
  rows: string[][] | undefined
  said: Said
  kept?: KeptRoster
}

const confirmFlow = 'official/roster-confirm'
const completeFlow = 'official/roster-complete'

/** No list was sent yet. */
export function createLittleLists(): LittleLists {
  let list: LittleList | undefined
  const ready: string[] = []
  const known = new Set<string>()

  const look = () => {
    if (!list) return null
    const { state, kept, said } = list
    if (state === 'asking' && kept) return viewRoster(kept, said)
    return blankView(state, state === 'refused' ? 'kind-pdf' : undefined)
  }
  const change = (isReadAnew: boolean, say: (said: Said, view: RosterView) => Said) => {
    if (list?.state !== 'asking') return
    list.said = say(list.said, must(look(), 'a view'))
    if (isReadAnew) list.state = 'waiting'
  }

  return {
    look,
    doers: {
      'import-roster': ({ answers }) => {
        list = { state: 'waiting', rows: listOf(String(answers['roster-file'])), said: nothingSaid }
      },
      'map-roster-column': ({ answers }) => change(true, (said, view) => map(said, view, answers)),
      'map-roster-posts': ({ answers }) =>
        change(true, (said) => ({ ...said, cohort: answers['roster-cohort'] as Cohort })),
      'map-roster-post': ({ answers }) =>
        change(true, (said, { post }) => {
          const cohort = answers['roster-post'] as Cohort | 'none'
          return { ...said, posts: { ...said.posts, [must(post, 'a post').key]: cohort } }
        }),
      'complete-roster': ({ answers }) => {
        change(false, (said, view) => fill(said, view, answers))
        ready.push(completeFlow)
      },
      'judge-roster': () => change(true, (said) => said),
      'register-roster': () => {
        if (list?.state === 'asking') list.state = 'agreed'
      },
      'leave-roster': () => {
        list = undefined
      },
      'send-roster-answers': () => {},
      'send-roster-template': () => {},
    },
    work(book, on, cohorts) {
      if (list?.state === 'waiting') {
        const kept = list.rows && judge(list.rows, list.said, { book, on, cohorts })
        list = kept
          ? { ...list, state: 'asking', kept: { ...kept, rows: noteKnown(kept.rows, known) } }
          : { ...list, state: 'refused' }
        ready.push(confirmFlow)
      } else if (list?.state === 'agreed') {
        const rows = must(list.kept, 'verdicts').rows.filter(isToRegister)
        for (const { person } of rows) known.add(must(person.nik, 'a NIK'))
        list = undefined
      }
    },
    takeReady: () => ready.shift(),
  }
}

type Answers = Command['answers']

function map(said: Said, view: RosterView, answers: Answers): Said {
  const { field, options } = must(view.column, 'a column that was asked about')
  const chosen = options[Number(String(answers['roster-column']).slice(1))]
  if (!chosen) return { ...said, without: [...said.without, field] }
  return { ...said, columns: { ...said.columns, [chosen.key]: field } }
}

function fill(said: Said, view: RosterView, answers: Answers): Said {
  const { key, kind } = must(view.gap, 'a row that was asked about')
  const given = answers[`gap-${kind}`]
  must(given !== undefined, 'the answer is one about the row that is asked about')
  const value = kind === 'sure' && given !== 'ya' ? '' : String(given)
  return { ...said, rows: { ...said.rows, [key]: { ...said.rows[key], [kind]: value } } }
}

function judge(
  rows: string[][],
  said: Said,
  { book, on, cohorts }: { book: Book; on: string; cohorts: Cohort[] },
): KeptRoster {
  const { rosters: words, readers } = book
  const ground = { mapping: said, given: said.rows, cohorts, words, readers, on }
  const judge = createRosterJudge(ground)
  const numbered = rows.map((cells, index) => ({ at: index + 1, cells }))
  judge.add({ sheet: 0, name: 'Daftar', isTyped: false, rows: numbered })
  return keepRoster(judge.finish())
}

function noteKnown(rows: KeptRow[], known: Set<string>): KeptRow[] {
  return rows.map((row) => (known.has(row.person.nik ?? '') ? withReceipt(row, 'KNOWN') : row))
}

const heading = ['NIK', 'Nama', 'Tanggal Lahir', 'Jabatan', 'No HP']
const head = ['6303055203850501', 'Siti Daftar', '12-03-1985', 'Kepala Desa', '081234567890']
const clerk = ['6303051203800002', 'Budi Daftar', '12-03-1980', 'Kaur Umum', '081234567880']

/** A NIK that shows another day; then row by row with something else left out. */
const gappy = [
  ['6303054102900016', 'Halimah Daftar', '03-02-1990', 'Kadus', '081234567885'],
  ['', 'Anang Daftar', '01-02-1990', 'Kasi Pelayanan', '081234567881'],
  ['6303054102900007', '', '01-02-1990', 'Kaur Keuangan', '081234567882'],
  ['6303054102900008', 'Galuh Daftar', '', 'Kaur Umum', '081234567883'],
  ['6303054102900009', 'Noor Daftar', '01-02-1990', 'Kadus', ''],
]

const someLists: (string[][] | undefined)[] = [
  [heading, head, clerk],
  [heading, head, ...gappy],
  [heading, ...gappy.slice(1, 3)],
  [heading, head, ...gappy.slice(0, 1)],
  [['Warga', 'Nomor rahasia', 'Lahirnya', 'Bagian', 'Telepon'], swapped(head), swapped(clerk)],
  [heading.slice(0, 3), head.slice(0, 3), clerk.slice(0, 3)],
  [heading, head, [...clerk.slice(0, 3), 'Juru Kunci', clerk[4] ?? '']],
  // The same person twice, and a post without a person: nothing that asking could mend.
  [heading, ['-', 'kosong', '-', 'Kaur Umum', '-']],
  undefined,
]

function swapped([nik = '', name = '', ...rest]: string[]): string[] {
  return [name, nik, ...rest]
}

/** How many kinds of lists there are to send. */
export const listKinds = someLists.length

/** Which list a file holds stands in its handle, `list-3 daftar.xlsx`. */
function listOf(words: string): string[][] | undefined {
  return someLists[Number(/^list-(\d+) /.exec(words)?.[1] ?? 0)]
}
