// The floor: the measured dialogue as a bare table of nodes, session as a JSON string per turn.
import type { Option } from '../../src/core/answers/understand.ts'
import type { Outbound } from '../../src/core/message.ts'

/** Reads typed words as a value; undefined when they are none. */
export type Check = (words: string) => string | number | undefined

/** What the floor checks answers with. */
export type Checks = Record<'age' | 'occupation' | 'income' | 'nik' | 'name' | 'village', Check> & {
  /** The choice that the words name. */
  choice(words: string, choices: Option[]): Option | undefined
}

/** A table that takes turns: session and words in, session and replies out. */
export type Floor = (session: string, words: string, id: string) => [string, Outbound[]]

interface Node {
  id: string
  text: string
  choices?: Option[]
  check?: Check
  wrong?: string
}

interface FloorSession {
  id: string
  at: number
  answers: Record<string, string | number>
}

const greeting = 'Halo, ini layanan pendaftaran.'
const sorry = 'Maaf, saya belum mengerti.'

/** Checks with the least that can be called one. */
export const bareChecks: Checks = {
  age: matching(/^\d{1,3}$/),
  occupation: matching(/^.{2,200}$/),
  income: matching(/^\d{5,10}$/),
  nik: matching(/^\d{16}$/),
  name: matching(/^[\p{L} '.,-]{2,80}$/u),
  village: matching(/^.{2,200}$/),
  choice: (words, choices) => {
    const said = words.trim().toLowerCase()
    const number = Number(said)
    return number > 0
      ? choices[number - 1]
      : choices.find(({ label }) => label.toLowerCase() === said)
  },
}

function matching(pattern: RegExp): Check {
  return (words) => (pattern.test(words) ? words : undefined)
}

/** Builds the table with these checks; `show` says an income as a person reads it. */
export function createFloor(checks: Checks, show: (income: string | number) => string): Floor {
  const nodes = listNodes(checks)
  return (json, words, id) => {
    if (json === '') {
      const session: FloorSession = { id, at: 0, answers: {} }
      return [JSON.stringify(session), [{ text: greeting }, ask(nodes, session, show)]]
    }
    const session = JSON.parse(json) as FloorSession
    const node = nodes[session.at] as Node
    const value = node.choices ? checks.choice(words, node.choices)?.key : node.check?.(words)
    if (value === undefined) return [json, [{ text: node.wrong ?? sorry }]]
    session.answers[node.id] = value
    session.at += 1
    if (session.at < nodes.length) return [JSON.stringify(session), [ask(nodes, session, show)]]
    const receipt = `SD-${session.id.slice(0, 5)}-${session.id.slice(5)}`
    return ['', [{ text: `Terima kasih. Tanda terima: ${receipt}.` }]]
  }
}

function ask(nodes: Node[], session: FloorSession, show: (income: string | number) => string) {
  const node = nodes[session.at] as Node
  const text = node.text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = session.answers[name] ?? ''
    return name === 'income' ? show(value) : String(value)
  })
  if (!node.choices) return { text }
  const choices = node.choices.map(({ key, label }) => {
    return { label, press: `${session.id}.${node.id}.${key}` }
  })
  return { text, choices }
}

function listNodes(checks: Checks): Node[] {
  return [
    {
      id: 'menu',
      text: 'Apa yang Anda perlukan?',
      choices: [
        { key: 'enrol', label: 'Daftar' },
        { key: 'status', label: 'Lihat status' },
        { key: 'other', label: 'Yang lain' },
      ],
    },
    {
      id: 'language',
      text: 'Pilih bahasa.',
      choices: [
        { key: 'id', label: 'Bahasa Indonesia' },
        { key: 'en', label: 'English' },
      ],
    },
    {
      id: 'benefits',
      text: 'Manfaat mana yang ingin Anda ketahui?',
      choices: [
        { key: 'accident', label: 'Kecelakaan kerja' },
        { key: 'death', label: 'Kematian' },
        { key: 'savings', label: 'Hari tua' },
      ],
    },
    { id: 'age', text: 'Berapa umur Anda?', check: checks.age },
    { id: 'occupation', text: 'Apa pekerjaan Anda?', check: checks.occupation },
    { id: 'income', text: 'Berapa penghasilan Anda sebulan?', check: checks.income },
    { id: 'nik', text: 'Berapa NIK Anda?', check: checks.nik, wrong: 'Kami menghitung 15 angka.' },
    { id: 'name', text: 'Siapa nama lengkap Anda?', check: checks.name },
    { id: 'village', text: 'Di desa mana Anda tinggal?', check: checks.village },
    {
      id: 'confirm',
      text: '{age} tahun, {occupation}, {income}, {nik}, {name}, {village}. Sudah benar?',
      choices: [
        { key: 'ya', label: 'Ya, kirim' },
        { key: 'tidak', label: 'Ada yang salah' },
      ],
    },
  ]
}
