// Reads templates.yaml: which approved WhatsApp template carries which messages.
import type { MessageClass } from '../core/message.ts'
import { type TemplateParameter, type Templates, templateParameters } from '../core/template.ts'
import { entriesOf, textOf, textsOf } from './entries.ts'
import type { Files } from './files.ts'
import type { Problems } from './problems.ts'
import type { Entry } from './yaml.ts'

const classes: readonly MessageClass[] = ['reply', 'notice', 'reminder', 'campaign']
const heads = ['name', 'languages', 'parameters']

/** The templates by class; one without a name is not there yet. */
export function readTemplates(files: Files, languages: string[]): Templates {
  const templates: Templates = {}
  const file = files.get('templates')
  if (!file) return templates
  for (const entry of entriesOf(file.raw, file.problems)) {
    const messageClass = classes.find((one) => one === entry.key)
    if (!messageClass) {
      const known = classes.join(', ')
      file.problems.at(entry.line, `"${entry.key}" bukan jenis pesan; pilih ${known}`)
      continue
    }
    const template = readTemplate(entry, languages, file.problems)
    if (template.name !== '') templates[messageClass] = template
  }
  return templates
}

function readTemplate(entry: Entry, languages: string[], problems: Problems) {
  const parts = entriesOf(entry.value, problems)
  for (const { key, line } of parts) {
    if (heads.includes(key)) continue
    problems.at(line, `"${key}" tidak dikenal; pilih ${heads.join(', ')}`, entry.key)
  }
  const part = (head: string) => parts.find(({ key }) => key === head)
  const say = (sentence: string, at?: Entry) => problems.at((at ?? entry).line, sentence, entry.key)
  const name = part('name') ? textOf(part('name') as Entry, problems) : ''
  // Nothing is guessed and nothing is missing: a template is made at Meta first.
  if (name === '') return { name, languages: {}, parameters: [] }
  if (!/^[a-z0-9_]{1,512}$/.test(name)) {
    say(
      'nama template hanya huruf kecil, angka dan garis bawah, persis seperti di Meta',
      part('name'),
    )
  }
  return {
    name,
    languages: readLanguageCodes(part('languages'), languages, problems, say),
    parameters: readParameters(part('parameters'), problems, say),
  }
}

type Say = (sentence: string, at?: Entry) => void

function readLanguageCodes(
  part: Entry | undefined,
  languages: string[],
  problems: Problems,
  say: Say,
): Record<string, string> {
  const codes: Record<string, string> = {}
  for (const entry of part ? entriesOf(part.value, problems) : []) {
    const code = textOf(entry, problems)
    if (!languages.includes(entry.key)) say(`bahasa "${entry.key}" tidak ada di bot ini`, entry)
    if (!/^[a-z]{2,3}(_[A-Z]{2})?$/.test(code)) {
      say(`kode bahasa "${code}" salah; tulis seperti di Meta, misalnya id atau en_US`, entry)
    }
    codes[entry.key] = code
  }
  for (const language of languages.filter((one) => !(one in codes))) {
    say(`belum ada template untuk bahasa "${language}" di languages:`, part)
  }
  return codes
}

function readParameters(part: Entry | undefined, problems: Problems, say: Say) {
  const parameters: TemplateParameter[] = []
  for (const { text, line } of part ? textsOf(part, problems) : []) {
    const known = templateParameters.find((one) => one === text)
    if (known) parameters.push(known)
    else problems.at(line, `"${text}" tidak bisa diisikan; pilih ${templateParameters.join(', ')}`)
  }
  if (!parameters.includes('text')) {
    say('parameters: harus memuat text, supaya isi pesannya ikut terkirim', part)
  }
  return parameters
}
