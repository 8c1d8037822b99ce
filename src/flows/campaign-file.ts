// Reads a campaign that an officer has written down in a file, with the same care as flows.
import {
  audienceStates,
  type CampaignAudience,
  type CampaignMessage,
  readCampaignAudience,
} from '../core/outreach/campaign.ts'
import { cohorts } from '../core/rates.ts'
import { entriesOf, textOf, textsOf } from './entries.ts'
import { Findings, Problems } from './problems.ts'
import { type Entry, readYaml } from './yaml.ts'

/** A campaign as it stands in its file. */
export interface CampaignFile {
  title: string
  message: CampaignMessage
  audience: CampaignAudience
}

const parts = ['title', 'words', 'words-b', 'button', 'picture', 'file', 'template', 'for']

/** What the part `for:` may hold besides area, without-village and silent-days: any of these. */
const lists: Record<string, readonly string[] | undefined> = {
  states: audienceStates,
  cohorts,
  segments: ['BPU', 'PU'],
  languages: undefined,
  channels: ['telegram', 'whatsapp', 'whatsapp-cloud', 'web', 'console'],
}

/** Reads the text of a file; the campaign, or what is wrong with it in sentences. */
export function readCampaignFile(source: string, name: string): CampaignFile | string[] {
  const findings = new Findings()
  const problems = new Problems(name, findings, '')
  const raw = readYaml(source, problems)
  const entries = raw ? entriesOf(raw, problems) : []
  for (const { key, line } of entries) {
    if (!parts.includes(key)) {
      problems.at(line, `"${key}" tidak dikenal; pilih ${parts.join(', ')}`)
    }
  }
  const part = (key: string) => entries.find((one) => one.key === key)
  const text = (key: string) => {
    const entry = part(key)
    return entry ? textOf(entry, problems).trim() : ''
  }
  const wordings = ['words', 'words-b'].flatMap((key) => readWording(part(key), problems))
  const title = text('title')
  if (raw && title === '') problems.at(1, 'title: belum diisi')
  if (raw && !part('words')) problems.at(1, 'words: belum diisi')
  const audience = readAudience(part('for'), problems)
  if (findings.all.length > 0 || !audience) return findings.all
  const extras = ['button', 'picture', 'file', 'template'].flatMap((key) =>
    text(key) ? [[key, text(key)]] : [],
  )
  return { title, message: { wordings, ...Object.fromEntries(extras) }, audience }
}

function readWording(part: Entry | undefined, problems: Problems): Record<string, string>[] {
  if (!part) return []
  const entries = entriesOf(part.value, problems)
  return [Object.fromEntries(entries.map((one) => [one.key, textOf(one, problems)]))]
}

function readAudience(part: Entry | undefined, problems: Problems): CampaignAudience | undefined {
  const given: Record<string, unknown> = {}
  for (const entry of part ? entriesOf(part.value, problems) : []) {
    const { key, line } = entry
    if (key in lists) given[key] = readChosen(entry, lists[key], problems)
    else if (key === 'area') given.area = textOf(entry, problems).trim()
    else if (key === 'without-village') given.withoutVillage = textOf(entry, problems) === 'ya'
    else if (key === 'silent-days') {
      given.silentDays = Number(textOf(entry, problems))
      if (!/^[1-9]\d{0,2}$/.test(textOf(entry, problems))) {
        problems.at(line, 'silent-days: tulis jumlah hari, misalnya 30')
        return undefined
      }
    } else {
      const known = ['area', 'without-village', 'silent-days', ...Object.keys(lists)].join(', ')
      problems.at(line, `"${key}" tidak dikenal; pilih ${known}`)
      return undefined
    }
  }
  return readCampaignAudience(given)
}

function readChosen(entry: Entry, known: readonly string[] | undefined, problems: Problems) {
  return textsOf(entry, problems).flatMap(({ text, line }) => {
    if (!known || known.includes(text)) return [text]
    problems.at(line, `"${text}" tidak dikenal; pilih ${known.join(', ')}`)
    return []
  })
}
