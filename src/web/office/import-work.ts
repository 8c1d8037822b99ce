// Files that officers hand in: each is worked on in the background, its rows tell how far it is.
import { importAnswers } from '../../members/import-answers.ts'
import { importPayments } from '../../payments/import-payments.ts'
import type { Database } from '../../registry/database.ts'
import type { ImportKind } from '../../registry/imports.ts'
import { ColumnMissing } from '../../roster/read-table.ts'
import { RosterRefused } from '../../roster/refused.ts'
import type { Visit } from './visit.ts'

/** Files under way at once in this process: reading one takes a thread and its memory. */
const mostAtOnce = 2

/** What the rows of an import do not tell. */
export interface ImportWork {
  rows: number
  /** It goes on at this moment, in this process. */
  isRunning: boolean
}

const works = new WeakMap<Database, Map<string, ImportWork>>()

/** What is known here of an import; nothing once this process was started anew. */
export function findImportWork(db: Database, kind: ImportKind, id: number): ImportWork | undefined {
  return works.get(db)?.get(`${kind} ${id}`)
}

/** The import that has begun, or the sentence that says why none did. */
export type BegunImport = { id: number } | { problem: string }

/** Begins to import a file and gives its number as soon as it has one. Throws what nobody expects. */
export async function beginImport(
  visit: Visit,
  kind: ImportKind,
  file: File,
): Promise<BegunImport> {
  const { ground, actor, say } = visit
  const { db, seal, book, clock } = ground
  const mine = works.get(db) ?? new Map<string, ImportWork>()
  works.set(db, mine)
  const running = [...mine.values()].filter(({ isRunning }) => isRunning).length
  if (running >= mostAtOnce) return { problem: say('import-busy') }
  const bytes = Buffer.from(await file.arrayBuffer())
  const run = kind === 'answer' ? importAnswers : importPayments
  let work: ImportWork | undefined
  let tellOpened: (id: number) => void = () => undefined
  const opened = new Promise<number>((resolve) => {
    tellOpened = resolve
  })
  const whole = run({ db, seal, book, actor }, bytes, clock.today(), undefined, (id, rows) => {
    work = { rows, isRunning: true }
    mine.set(`${kind} ${id}`, work)
    tellOpened(id)
  })
    .then(({ id }) => id)
    .finally(() => {
      if (work) work.isRunning = false
    })
  // Once it has a number, its rows say what became of it; who looks sees that it has stopped.
  whole.catch(() => undefined)
  try {
    return { id: await Promise.race([opened, whole]) }
  } catch (error) {
    return { problem: sayProblem(visit, kind, error) }
  }
}

/** Why a file is not read, in words. Throws on what is no fault of the file. */
function sayProblem({ say, ground }: Visit, kind: ImportKind, error: unknown): string {
  if (error instanceof RosterRefused) return say(`roster-${error.refusal}`)
  if (!(error instanceof ColumnMissing)) throw error
  const { members, payments } = ground.book
  const names: ReadonlyMap<string, string> =
    kind === 'answer' ? members.fieldNames : payments.fieldNames
  const columns = error.fields.map((field) => `"${names.get(field) ?? field}"`).join(', ')
  return say('import-columns', { columns })
}
