// Turns the raw lines of a flow file into steps as they were written: ids, words, where they lead.
import { lists } from '../core/lists.ts'
import { type Audience, audiences } from '../core/roles.ts'
import { globalWords } from '../core/turn/globals.ts'
import { entriesOf, textOf } from './entries.ts'
import type { SourceFile } from './files.ts'
import { type Opening, readOpenings } from './openings.ts'
import type { Problems } from './problems.ts'
import type { Entry, Raw } from './yaml.ts'

/** A step as it stands in its file; `go` still holds the words written there. */
export interface WrittenStep {
  does: 'say' | 'ask' | 'if' | 'do' | 'end' | 'use'
  id: string
  /** The file it was written in, without ending; differs from the flow's when spliced. */
  file: string
  /** Where its problems are told: in that file. */
  problems: Problems
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
  problems: Problems
  title: string
  opensOn: Opening[]
  for: Audience
  pin: boolean
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

/** A button sends back the talk's ten characters, step and choice with dots between: 64 bytes. */
const maxPressNames = 64 - 10 - 2

const answerKinds = [
  'nik',
  'name',
  'date',
  'money',
  'phone',
  'place',
  'number',
  'text',
  'message',
  'code',
  'pin',
  'document',
  'coming-day',
  'kpj',
]

/** Reads the head and the steps of one flow file. */
export function readFlow(file: string, { raw, problems }: SourceFile): WrittenFlow {
  const flow: WrittenFlow = {
    file,
    problems,
    title: '',
    opensOn: [],
    for: 'villager',
    pin: false,
    steps: [],
  }
  const head = new Map(entriesOf(raw, problems).map((entry) => [entry.key, entry]))
  for (const entry of head.values()) readHead(flow, entry)
  if (file.startsWith('shared/')) {
    for (const key of ['title', 'opens-on', 'for', 'pin']) {
      const line = head.get(key)?.line
      if (line) problems.at(line, `berkas di shared/ tidak punya "${key}:"`)
    }
  } else if (!flow.title) problems.at(1, 'belum ada judul (title:)')
  if (flow.pin && flow.for === 'villager') {
    problems.at(head.get('pin')?.line ?? 1, 'PIN hanya untuk yang punya tugas; tulis juga for:')
  }
  if (!head.has('steps')) problems.at(1, 'belum ada langkah (steps:)')
  return flow
}

function readHead(flow: WrittenFlow, entry: Entry) {
  const { problems } = flow
  if (entry.key === 'title') flow.title = textOf(entry, problems)
  else if (entry.key === 'opens-on') flow.opensOn = readOpenings(entry, problems)
  else if (entry.key === 'for') readAudience(flow, entry)
  else if (entry.key === 'pin') {
    flow.pin = textOf(entry, problems) === 'yes'
    if (!flow.pin) problems.at(entry.line, '"pin:" hanya boleh diisi yes')
  } else if (entry.key === 'steps') flow.steps = readSteps(flow, entry)
  else problems.at(entry.line, `kata "${entry.key}" tidak dikenal di kepala berkas`)
}

function readAudience(flow: WrittenFlow, entry: Entry) {
  const word = textOf(entry, flow.problems)
  const audience = audiences.find((one) => one === word)
  if (audience) flow.for = audience
  else {
    const known = audiences.join(', ')
    flow.problems.at(entry.line, `"for: ${word}" tidak dikenal; pilih ${known}`)
  }
}

function readSteps(flow: WrittenFlow, { value, line }: Entry): WrittenStep[] {
  if (value.is !== 'list') {
    flow.problems.at(line, 'langkah-langkah (steps:) harus berupa daftar dengan tanda -')
    return []
  }
  return value.items.flatMap((item) => readStep(flow, item) ?? [])
}

function readStep(flow: WrittenFlow, raw: Raw): WrittenStep | undefined {
  const { file, problems } = flow
  if (raw.is !== 'map') {
    problems.at(raw.line, `langkah harus diawali salah satu dari: ${firstWords.join(', ')}`)
    return undefined
  }
  const [first, ...rest] = raw.entries
  const does = firstWords.find((word) => word === first?.key)
  if (!first || !does) {
    const known = firstWords.join(', ')
    problems.at(raw.line, `"${first?.key ?? ''}" bukan kata pertama yang dikenal (${known})`)
    return undefined
  }
  const step = newStep(does, textOf(first, problems), { file, problems, line: first.line })
  for (const entry of rest) {
    if (allowed[does].includes(entry.key)) setPart(step, entry)
    else problems.at(entry.line, `kata "${entry.key}:" tidak boleh ada pada ${does}:`, step.id)
  }
  checkParts(step)
  return step
}

function newStep(
  does: WrittenStep['does'],
  id: string,
  at: Pick<WrittenStep, 'file' | 'problems' | 'line'>,
): WrittenStep {
  if (does !== 'use' && !/^[a-z][a-z0-9-]{0,29}$/.test(id)) {
    const sentence = `nama langkah hanya boleh huruf kecil, angka dan tanda -, paling banyak 30`
    at.problems.at(at.line, sentence, id)
  }
  const flags = { sensitive: false, optional: false, exact: false }
  return { does, id, ...at, choices: [], go: new Map(), ...flags }
}

function setPart(step: WrittenStep, entry: Entry) {
  const { problems } = step
  const { key } = entry
  if (key === 'choices') step.choices = readChoices(step, entry)
  else if (key === 'go') readGo(step, entry)
  else if (key === 'sensitive' || key === 'optional' || key === 'exact') {
    step[key] = textOf(entry, problems) === 'yes'
    if (!step[key]) problems.at(entry.line, `"${key}:" hanya boleh diisi yes`, step.id)
  } else if (key === 'choices-from') step.choicesFrom = textOf(entry, problems)
  else if (key === 'file') step.attachment = textOf(entry, problems)
  else step[key as 'text' | 'help' | 'answer' | 'picture'] = textOf(entry, problems)
  if (entry.value.is === 'text' && !entry.value.text && key !== 'text') {
    problems.at(entry.line, `"${key}:" masih kosong`, step.id)
  }
}

function readChoices(step: WrittenStep, entry: Entry) {
  return entriesOf(entry.value, step.problems).map((choice) => {
    const { key, line } = choice
    const say = (sentence: string) => step.problems.at(line, sentence, step.id)
    if (!/^[A-Za-z0-9][A-Za-z0-9-]*$/.test(key)) {
      say(`nama pilihan "${key}" hanya boleh huruf, angka dan tanda -`)
    } else if (step.id.length + key.length > maxPressNames) {
      say(`nama langkah dan nama pilihan "${key}" bersama-sama terlalu panjang; singkatkan`)
    }
    return { key, label: textOf(choice, step.problems), line }
  })
}

function readGo(step: WrittenStep, entry: Entry) {
  if (step.does === 'if') step.go.set('', textOf(entry, step.problems))
  else if (entry.value.is === 'text') {
    const sentence = 'go: pada ask: ditulis untuk setiap pilihan, misalnya "tidak: later"'
    step.problems.at(entry.line, sentence, step.id)
  } else {
    for (const go of entriesOf(entry.value, step.problems)) {
      step.go.set(go.key, textOf(go, step.problems))
    }
  }
}

function checkParts(step: WrittenStep) {
  const say = (sentence: string) => step.problems.at(step.line, sentence, step.id)
  if (['say', 'ask', 'end'].includes(step.does) && !step.text) say('belum ada kalimat (text:)')
  if (step.does === 'if' && !step.go.has('')) say('belum ada tujuan (go:)')
  if (step.does !== 'ask') return
  checkAnswer(step, say)
  for (const [key, target] of step.go) {
    if (!step.choices.some((choice) => choice.key === key)) {
      say(`go: menyebut pilihan "${key}" yang tidak ada`)
    }
    if (/^[A-Z]+$/.test(target) && !globalWords.includes(target.toLowerCase())) {
      const known = globalWords.map((word) => word.toUpperCase()).join(', ')
      say(`kata "${target}" bukan kata umum yang dikenal (${known})`)
    }
  }
}

function checkAnswer(step: WrittenStep, say: (sentence: string) => void) {
  const { answer, choices, choicesFrom } = step
  const ways = [answer, choices.length > 0, choicesFrom].filter(Boolean).length
  if (ways === 0) say('pertanyaan ini belum punya answer: atau choices:')
  if (ways > 1) say('pilih salah satu saja: answer:, choices: atau choices-from:')
  if (answer && !answerKinds.includes(answer)) {
    say(`jenis jawaban "${answer}" tidak dikenal (${answerKinds.join(', ')})`)
  }
  if (choicesFrom && !lists[choicesFrom]) {
    say(`daftar "${choicesFrom}" tidak dikenal (${Object.keys(lists).join(', ')})`)
  }
}
