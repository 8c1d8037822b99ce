// Turns the raw lines of a flow file into steps as they were written: ids, words, where they lead.
import { globalWords } from '../core/turn/globals.ts'
import type { Problems } from './problems.ts'
import type { Entry, Raw } from './yaml.ts'

/** A step as it stands in its file; `go` still holds the words written there. */
export interface WrittenStep {
  does: 'say' | 'ask' | 'if' | 'do' | 'end' | 'use'
  id: string
  /** The file it was written in, without ending; differs from the flow's when spliced. */
  file: string
  line: number
  text?: string
  help?: string
  answer?: string
  choices: { key: string; label: string; line: number }[]
  choicesFrom?: string
  go: Map<string, string>
  sensitive: boolean
  optional: boolean
  exact: boolean
  picture?: string
  attachment?: string
}

/** A flow file as it was written. */
export interface WrittenFlow {
  file: string
  title: string
  opensOn: string[]
  for: string
  steps: WrittenStep[]
}

const firstWords = ['say', 'ask', 'if', 'use', 'do', 'end'] as const

const allowed: Record<WrittenStep['does'], string[]> = {
  say: ['text', 'picture', 'file'],
  ask: [
    'text',
    'help',
    'answer',
    'choices',
    'choices-from',
    'go',
    'sensitive',
    'optional',
    'exact',
  ],
  if: ['go'],
  use: [],
  do: [],
  end: ['text', 'picture', 'file'],
}

const answerKinds = ['nik', 'name', 'date', 'money', 'phone', 'place', 'number', 'text']

/** Reads the head and the steps of one flow file. */
export function readFlow(file: string, raw: Raw, problems: Problems): WrittenFlow {
  const flow: WrittenFlow = { file, title: '', opensOn: [], for: 'villager', steps: [] }
  for (const entry of entriesOf(raw, problems)) {
    if (entry.key === 'title') flow.title = textOf(entry, problems)
    else if (entry.key === 'opens-on') flow.opensOn = textsOf(entry.value, problems)
    else if (entry.key === 'for') flow.for = textOf(entry, problems)
    else if (entry.key === 'steps') flow.steps = readSteps(file, entry.value, problems)
    else problems.at(entry.line, `kata "${entry.key}" tidak dikenal di kepala berkas`)
  }
  if (!flow.title && !file.startsWith('shared/')) problems.at(1, 'belum ada judul (title:)')
  if (!['villager', 'official', 'branch'].includes(flow.for)) {
    problems.at(1, `"for: ${flow.for}" tidak dikenal; pilih villager, official atau branch`)
  }
  if (flow.steps.length === 0) problems.at(1, 'belum ada langkah (steps:)')
  return flow
}

function readSteps(file: string, raw: Raw, problems: Problems): WrittenStep[] {
  if (raw.is !== 'list') {
    problems.at(raw.line, 'langkah-langkah (steps:) harus berupa daftar dengan tanda -')
    return []
  }
  return raw.items.flatMap((item) => readStep(file, item, problems) ?? [])
}

function readStep(file: string, raw: Raw, problems: Problems): WrittenStep | undefined {
  const [first, ...rest] = entriesOf(raw, problems)
  const does = firstWords.find((word) => word === first?.key)
  if (!first || !does) {
    const word = first ? `"${first.key}"` : 'ini'
    problems.at(raw.line, `${word} bukan kata pertama yang dikenal (${firstWords.join(', ')})`)
    return undefined
  }
  const id = textOf(first, problems)
  const step: WrittenStep = {
    does,
    id,
    file,
    line: first.line,
    choices: [],
    go: new Map(),
    sensitive: false,
    optional: false,
    exact: false,
  }
  if (does !== 'use' && !/^[a-z][a-z0-9-]{0,29}$/.test(id)) {
    problems.at(first.line, `nama langkah "${id}" hanya boleh huruf kecil, angka dan tanda -`)
  }
  for (const entry of rest) {
    if (allowed[does].includes(entry.key)) setPart(step, entry, problems)
    else problems.at(entry.line, `kata "${entry.key}" tidak boleh ada pada ${does}`, id)
  }
  checkParts(step, problems)
  return step
}

function setPart(step: WrittenStep, entry: Entry, problems: Problems) {
  const { key } = entry
  if (key === 'choices') step.choices = readChoices(step, entry, problems)
  else if (key === 'go') readGo(step, entry, problems)
  else if (key === 'sensitive' || key === 'optional' || key === 'exact') {
    step[key] = textOf(entry, problems) === 'yes'
    if (!step[key]) problems.at(entry.line, `"${key}:" hanya boleh diisi yes`, step.id)
  } else if (key === 'choices-from') step.choicesFrom = textOf(entry, problems)
  else if (key === 'file') step.attachment = textOf(entry, problems)
  else step[key as 'text' | 'help' | 'answer' | 'picture'] = textOf(entry, problems)
}

function readChoices(step: WrittenStep, entry: Entry, problems: Problems) {
  return entriesOf(entry.value, problems).map((choice) => {
    if (!/^[A-Za-z0-9][A-Za-z0-9-]{0,21}$/.test(choice.key)) {
      problems.at(choice.line, `nama pilihan "${choice.key}" terlalu panjang atau aneh`, step.id)
    }
    return { key: choice.key, label: textOf(choice, problems), line: choice.line }
  })
}

function readGo(step: WrittenStep, entry: Entry, problems: Problems) {
  if (step.does === 'if') {
    step.go.set('', textOf(entry, problems))
    return
  }
  for (const go of entriesOf(entry.value, problems)) step.go.set(go.key, textOf(go, problems))
}

function checkParts(step: WrittenStep, problems: Problems) {
  const say = (sentence: string) => problems.at(step.line, sentence, step.id)
  if (['say', 'ask', 'end'].includes(step.does) && !step.text) say('belum ada kalimat (text:)')
  if (step.does === 'if' && !step.go.get('')) say('belum ada tujuan (go:)')
  if (step.does !== 'ask') return
  const ways = [step.answer, step.choices.length > 0, step.choicesFrom].filter(Boolean).length
  if (ways === 0) say('pertanyaan ini belum punya answer: atau choices:')
  if (ways > 1) say('pilih salah satu saja: answer:, choices: atau choices-from:')
  if (step.answer && !answerKinds.includes(step.answer)) {
    say(`jenis jawaban "${step.answer}" tidak dikenal (${answerKinds.join(', ')})`)
  }
  for (const [key, target] of step.go) {
    if (!step.choices.some((choice) => choice.key === key)) {
      say(`go: menyebut pilihan "${key}" yang tidak ada`)
    }
    if (/^[A-Z]+$/.test(target) && !globalWords.includes(target.toLowerCase())) {
      say(`kata "${target}" bukan kata umum yang dikenal`)
    }
  }
}

/** The entries of a map; a problem and nothing when it is none. */
export function entriesOf(raw: Raw, problems: Problems): Entry[] {
  if (raw.is === 'map') return raw.entries
  problems.at(raw.line, 'di sini harus ada isi berbentuk "kata: isi"')
  return []
}

/** The text of an entry; a problem and nothing when it is none. */
export function textOf(entry: Entry, problems: Problems): string {
  if (entry.value.is === 'text') return entry.value.text
  problems.at(entry.line, `isi "${entry.key}:" harus berupa kalimat`)
  return ''
}

/** Texts of a list, or of one line with commas. */
export function textsOf(raw: Raw, problems: Problems): string[] {
  if (raw.is === 'text') return raw.text.split(',').map((text) => text.trim())
  if (raw.is === 'list') {
    return raw.items.map((item) => textOf({ key: '-', value: item, line: item.line }, problems))
  }
  problems.at(raw.line, 'di sini harus ada daftar')
  return []
}
