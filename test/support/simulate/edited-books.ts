// The real flows, changed the way officers change them while people are in the middle of a talk.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Book } from '../../../src/core/book.ts'
import { readFlows } from '../../../src/flows/index.ts'
import { readOnce } from '../read-once.ts'
import { makeScratch } from '../scratch.ts'

/** One change: in this file these words become those; a file alone is removed. */
type Change = [file: string, from: string | RegExp, to: string] | [file: string]

const flowsDir = join(import.meta.dirname, '../../../flows')

const questionAdded: Change[] = [
  [
    'shared/identity.yaml',
    '  - ask: birth-place\n',
    `  - ask: nickname
    text: |
      Siapa nama panggilan Anda?
    answer: text
  - ask: birth-place
`,
  ],
  [
    'languages/en/shared/identity.yaml',
    'birth-place:',
    'nickname: What are you called?\nbirth-place:',
  ],
]

const addedEarlyRemovedLate: Change[] = [
  [
    'shared/eligibility.yaml',
    '  - ask: work-relation\n',
    `  - ask: grown-up
    text: |
      Apakah Anda sudah dewasa?
    choices:
      ya: Ya
      tidak: Tidak
  - ask: work-relation
`,
  ],
  [
    'languages/en/shared/eligibility.yaml',
    'work-relation:',
    `grown-up:
  text: Are you grown up?
  choices:
    ya: "Yes"
    tidak: "No"
work-relation:`,
  ],
  ['shared/programme.yaml', '      six: Enam bulan\n', ''],
  ['languages/en/shared/programme.yaml', '    six: Six months\n', ''],
]

const questionsRemoved: Change[] = [
  ['shared/identity.yaml', / {2}- if: nik-fits[\s\S]*?(?= {2}- ask: mother-name)/, ''],
  ['languages/en/shared/identity.yaml', /nik-check:[\s\S]*?(?=mother-name:)/, ''],
  [
    'villager/report-accident.yaml',
    / {2}- ask: accident-where[\s\S]*?(?= {2}- do: open-accident-ticket)/,
    '',
  ],
  [
    'languages/en/villager/report-accident.yaml',
    /accident-where:[\s\S]*?(?=accident-reported:)/,
    '',
  ],
]

const sentencesChanged: Change[] = [
  ['shared/consent.yaml', 'Anda setuju?', 'Apakah Anda setuju?'],
  ['shared/programme.yaml', 'Anda pilih yang mana?', 'Anda mau pilih yang mana?'],
  [
    'shared/identity.yaml',
    /( {2}- ask: name\n[\s\S]*?)( {2}- ask: birth-place\n[\s\S]*?)(?= {2}- ask: sex)/,
    '$2$1',
  ],
]

const kindsChanged: Change[] = [
  [
    'shared/work.yaml',
    /( {2}- ask: work-place\n[\s\S]*?) {4}answer: text\n/,
    `$1    choices:
      field: Di kebun
      market: Di pasar
      sea: Di laut
`,
  ],
  [
    'languages/en/shared/work.yaml',
    /work-place:[\s\S]*?(?=income:)/,
    `work-place:
  text: Where do you work?
  choices:
    field: In the field
    market: At the market
    sea: At sea
`,
  ],
  ['villager/report-accident.yaml', 'answer: date', 'answer: text'],
]

const leadElsewhere: Change[] = [
  [
    'shared/eligibility.yaml',
    '      ya: already-member\n',
    '      ya: already-member\n      unsure: villager/help\n',
  ],
  ['shared/programme.yaml', /$(?![\s\S])/, '    go:\n      six: BANTUAN\n'],
]

const leadBack: Change[] = [
  [
    'shared/eligibility.yaml',
    '      ya: already-member\n',
    '      ya: already-member\n      unsure: nationality\n',
  ],
  ['shared/programme.yaml', /$(?![\s\S])/, '    go:\n      six: income\n'],
]

const flowRemoved: Change[] = [
  ['villager/eligibility.yaml'],
  ['languages/en/villager/eligibility.yaml'],
  ...['villager/start.yaml', 'villager/explain.yaml'].flatMap((file): Change[] => [
    [file, '      eligibility: Cek apakah bisa ikut\n', ''],
    [file, '      eligibility: villager/eligibility\n', ''],
    [`languages/en/${file}`, / {4}eligibility: .*\n/, ''],
  ]),
]

const edits: Record<string, Change[]> = {
  'question-added': questionAdded,
  'added-early-removed-late': addedEarlyRemovedLate,
  'questions-removed': questionsRemoved,
  'sentences-changed': sentencesChanged,
  'kinds-changed': kindsChanged,
  'choices-lead-elsewhere': leadElsewhere,
  'choices-lead-back': leadBack,
  'flow-removed': flowRemoved,
}

/** The book after each edit, by the edit's name; what is not in flows/ is shared with `book`. */
export function readEditedBooks(book: Book): Map<string, Book> {
  const dir = makeScratch('edited-flows-')
  try {
    cpSync(flowsDir, dir, { recursive: true })
    return new Map(
      Object.entries(edits).map(([name, changes]) => {
        const flows = readEdited(dir, changes)
        const branch = { ...flows.branch, operator: book.branch.operator }
        return [name, { ...book, ...flows, branch }]
      }),
    )
  } finally {
    rmSync(dir, { recursive: true })
  }
}

/** The flows of the folder after these changes; then every file is as it was. */
function readEdited(dir: string, changes: Change[]) {
  for (const change of changes) apply(dir, change)
  const flows = readFlows(dir, readOnce)
  for (const [file] of changes) cpSync(join(flowsDir, file), join(dir, file))
  return flows
}

function apply(dir: string, [file, from, to]: Change) {
  const path = join(dir, file)
  if (from === undefined || to === undefined) {
    rmSync(path)
    return
  }
  const before = readFileSync(path, 'utf8')
  const after = before.replace(from, to)
  if (after === before) throw new Error(`nothing to edit in ${file}`)
  writeFileSync(path, after)
}
