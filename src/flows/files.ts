// Finds the files below flows/ and makes sure that none is overlooked.
import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { readPlain } from './plain-yaml.ts'
import { type Findings, Problems } from './problems.ts'
import { type Raw, readYaml } from './yaml.ts'

/** One file with its way to complain. */
export interface SourceFile {
  raw: Raw
  problems: Problems
}

/** Files below flows/ by name without ending, e.g. `villager/enrol`; rates are read elsewhere. */
export type Files = Map<string, SourceFile>

/** Folders that hold flows. */
const flowFolders = ['villager', 'official', 'agent', 'coordinator', 'branch', 'shared']

/** Files beside the folders, which have their own readers. */
const sharedFiles = [
  'phrases',
  'notices',
  'web',
  'office',
  'office-campaign',
  'office-machine',
  'questions',
  'understood',
  'branch',
  'names',
  'rosters',
  'review',
  'payments',
  'members',
  'certificate',
  'picture',
  'templates',
]

/** Of those, the ones that languages do not have: officers read Indonesian. */
export const untranslated = [
  ...['branch', 'members', 'names', 'office', 'office-campaign', 'office-machine'],
  ...['payments', 'templates'],
]

/** Whether a file of this name, below flows/ or below a language, holds a flow. */
export function isFlow(name: string): boolean {
  const [folder = '', file] = name.split('/')
  return file !== undefined && flowFolders.includes(folder)
}

/** The language code and the rest of a name such as `languages/en/villager/enrol`. */
export function splitLanguage(name: string): { code: string; file: string } | undefined {
  const [, code, file] = /^languages\/([a-z]{2,3})\/(.+)$/.exec(name) ?? []
  return code && file ? { code, file } : undefined
}

/** Reads the text of one file; nothing where it is none, which is told to `problems`. */
export type ReadText = (text: string, problems: Problems) => Raw | undefined

/** What is plainly written is read at once, in a tenth of the time; the rest by the whole of YAML. */
export const readText: ReadText = (text, problems) => readPlain(text) ?? readYaml(text, problems)

/** Reads every file below `dir` that is not a figure. */
export function readFiles(dir: string, findings: Findings, read: ReadText): Files {
  const files: Files = new Map()
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(dir, sep).length))
  for (const path of paths.map((one) => one.split(sep).join('/')).sort()) {
    if (isLeftAlone(path)) continue
    const problems = new Problems(path, findings)
    const name = path.replace(/\.yaml$/, '')
    const strange = whyStrange(path, name)
    if (strange) problems.at(1, strange)
    else {
      const raw = read(readFileSync(join(dir, path), 'utf8'), problems)
      if (raw) files.set(name, { raw, problems })
    }
  }
  for (const name of sharedFiles) {
    if (!paths.includes(`${name}.yaml`)) findings.add(`flows/${name}.yaml belum ada.`)
  }
  return files
}

/** Figures and pictures have their own readers; notes and hidden files are for people. */
function isLeftAlone(path: string): boolean {
  return /^(rates|files)\//.test(path) || /(^|\/)(\.|README)/.test(path)
}

function whyStrange(path: string, name: string): string | undefined {
  if (!path.endsWith('.yaml')) return 'nama berkas harus berakhir dengan .yaml'
  const language = splitLanguage(name)
  const plain = language?.file ?? name
  if (isFlow(plain) || /^layouts\/[^/]+$/.test(name)) return undefined
  const known = sharedFiles.filter((file) => !language || !untranslated.includes(file))
  return known.includes(plain)
    ? undefined
    : 'berkas ini tidak dikenal; periksa nama folder dan nama berkasnya'
}
