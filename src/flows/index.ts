// Reads flows/ at start-up and refuses what it does not understand. The way in to this folder.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { foldWhole } from '../core/answers/normalise.ts'
import type { Book } from '../core/book.ts'
import type { Flow } from '../core/flow.ts'
import { checkFlow } from './check.ts'
import { compileFlow, fingerprint, type Languages } from './compile.ts'
import { FlowsRefused, Problems } from './problems.ts'
import { findWhatRests } from './roads.ts'
import {
  readBranch,
  readClear,
  readPhrases,
  readQuestions,
  readUnderstood,
} from './shared-words.ts'
import { spliceSteps } from './splice.ts'
import { readFlow, type WrittenFlow } from './steps.ts'
import { type FlowWords, readFlowWords } from './translations.ts'
import { type Raw, readYaml } from './yaml.ts'

/** What flows/ says, without the figures and places that are read elsewhere. */
export type FlowBook = Omit<Book, 'rates' | 'places' | 'readers'>

/** One file with its way to complain. */
export interface SourceFile {
  raw: Raw
  problems: Problems
}

const flowFolders = ['villager', 'official', 'branch', 'shared']

/** Reads and checks everything below `dir`; throws FlowsRefused with every problem at once. */
export function readFlows(dir: string): FlowBook {
  const all: string[] = []
  const files = readFiles(dir, all)
  const languages = readLanguages(files)
  const book = {
    ...readFlowFiles(files, languages, all),
    phrases: readPhrases(files, languages, ['phrases', 'notices', 'web']),
    questions: readQuestions(files, languages),
    globals: readUnderstood(files),
    ...readClear(files),
    branch: readBranch(files),
    languages: ['id', ...languages.keys()],
  }
  const openings = findOpenings(book.flows, languages, book.globals, files, all)
  if (all.length > 0) throw new FlowsRefused(all)
  const version = fingerprint(JSON.stringify([...book.flows.values()].map((flow) => flow.version)))
  return { ...book, openings, version }
}

function readFiles(dir: string, all: string[]): Map<string, SourceFile> {
  const files = new Map<string, SourceFile>()
  const names = readdirSync(dir, { recursive: true }) as string[]
  for (const name of names.map((one) => one.split(sep).join('/')).sort()) {
    if (!name.endsWith('.yaml') || name.startsWith('rates/')) continue
    const problems = new Problems(name, all)
    const raw = readYaml(readFileSync(join(dir, name), 'utf8'), problems)
    if (raw) files.set(relative('.', name).replace(/\.yaml$/, ''), { raw, problems })
  }
  return files
}

function readLanguages(files: Map<string, SourceFile>): Languages {
  const languages: Languages = new Map()
  for (const [name, { raw, problems }] of files) {
    const [, code, file] = /^languages\/([a-z]{2,3})\/(.+)$/.exec(name) ?? []
    if (!code || !file) continue
    const words: Map<string, FlowWords> = languages.get(code) ?? new Map()
    languages.set(code, words)
    if (isFlow(file)) words.set(file, readFlowWords(raw, problems))
  }
  return languages
}

function isFlow(name: string): boolean {
  const [folder = '', file] = name.split('/')
  return file !== undefined && flowFolders.includes(folder)
}

function readFlowFiles(files: Map<string, SourceFile>, languages: Languages, all: string[]) {
  const written = new Map<string, WrittenFlow>()
  for (const [name, { raw, problems }] of files) {
    if (isFlow(name)) written.set(name, readFlow(name, raw, problems))
  }
  const flows = new Map<string, Flow>()
  const flowNames = new Set([...written.keys()].filter((name) => !name.startsWith('shared/')))
  if (!flowNames.has('villager/start')) all.push('flows/villager/start.yaml belum ada.')
  const used = new Set<string>()
  for (const name of flowNames) {
    const flow = written.get(name) as WrittenFlow
    const { problems } = files.get(name) as SourceFile
    const steps = spliceSteps(flow, written, problems)
    const before = all.length
    const compiled = compileFlow(flow, { steps, flowNames, languages, problems })
    if (all.length === before) {
      checkFlow({ flow: compiled, written: steps, languages, problems })
      findWhatRests(compiled)
    }
    for (const step of steps) used.add(`${step.file} ${step.id}`)
    flows.set(name, compiled)
  }
  refuseStrayTranslations(languages, used, written)
  return { flows }
}

function refuseStrayTranslations(
  languages: Languages,
  used: Set<string>,
  written: Map<string, WrittenFlow>,
) {
  for (const files of languages.values()) {
    for (const [file, words] of files) {
      if (!written.has(file)) words.problems.at(1, `tidak ada flows/${file}.yaml`)
      for (const [id, step] of words.steps) {
        if (used.has(`${file} ${id}`) || !written.has(file)) continue
        words.problems.at(step.line, `langkah "${id}" tidak ada di flows/${file}.yaml`)
      }
    }
  }
}

/** The messages that open flows; one message opens one flow and is no global word. */
function findOpenings(
  flows: Map<string, Flow>,
  languages: Languages,
  globals: Map<string, string>,
  files: Map<string, SourceFile>,
  all: string[],
): Map<string, string> {
  const openings = new Map<string, string>()
  for (const flow of flows.values()) {
    const others = [...languages.values()].flatMap((words) => words.get(flow.name)?.opensOn ?? [])
    flow.opensOn = [...flow.opensOn, ...others].map(foldWhole)
    const problems = files.get(flow.name)?.problems ?? new Problems(flow.name, all)
    for (const words of flow.opensOn) {
      const other = openings.get(words)
      if (other && other !== flow.name) problems.at(1, `"${words}" juga membuka flow "${other}"`)
      if (globals.has(words)) problems.at(1, `"${words}" adalah kata umum "${globals.get(words)}"`)
      openings.set(words, flow.name)
    }
  }
  return openings
}
