// Reads flows/ at start-up and refuses what it does not understand. The way in to this folder.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Book } from '../core/book.ts'
import { checkFlow } from './check.ts'
import { type Compiled, compileFlow, fingerprint, type Languages } from './compile.ts'
import { type Files, isFlow, readFiles, splitLanguage } from './files.ts'
import { findOpenings } from './openings.ts'
import { readPhrases } from './phrases.ts'
import { Findings } from './problems.ts'
import { readQuestions } from './questions.ts'
import { findWhatRests } from './roads.ts'
import { readBranch, readClear, readUnderstood } from './shared-words.ts'
import { spliceSteps } from './splice.ts'
import { readFlow, type WrittenFlow } from './steps.ts'
import { type FlowWords, readFlowWords, refuseStray } from './translations.ts'

/** What flows/ says, without the figures and places that are read elsewhere. */
export type FlowBook = Omit<Book, 'rates' | 'places' | 'readers'>

/**
 * Reads and checks everything below `dir`. Throws FlowsRefused with every problem of one look: can
 * the files be read, are they put together rightly, does every road lead somewhere, is all said.
 */
export function readFlows(dir: string): FlowBook {
  const findings = new Findings()
  const files = readFiles(dir, findings)
  findings.endLook()
  const written = readWritten(files, findings)
  const languages = readLanguages(files)
  const shared = {
    phrases: readPhrases(files, languages),
    questions: readQuestions(files, languages),
    globals: readUnderstood(files),
    ...readClear(files),
    branch: readBranch(files),
    languages: ['id', ...languages.keys()],
  }
  findings.endLook()
  const compiled = compileFlows(written, languages)
  refuseStray(languages, written, compiled)
  const openings = findOpenings(written, languages, shared)
  findings.endLook()
  for (const one of compiled) {
    checkFlow({ ...one, languages, hasFile: (name) => existsSync(join(dir, 'files', name)) })
    findWhatRests(one.flow)
  }
  findings.endLook()
  const flows = new Map(compiled.map(({ flow }) => [flow.name, flow]))
  const version = fingerprint(JSON.stringify([...flows.values()].map((flow) => flow.version)))
  return { ...shared, flows, openings, version }
}

function readWritten(files: Files, findings: Findings): Map<string, WrittenFlow> {
  const written = new Map<string, WrittenFlow>()
  for (const [name, file] of files) if (isFlow(name)) written.set(name, readFlow(name, file))
  if (!written.has('villager/start')) findings.add('flows/villager/start.yaml belum ada.')
  return written
}

function readLanguages(files: Files): Languages {
  const languages: Languages = new Map()
  for (const [name, file] of files) {
    const language = splitLanguage(name)
    if (!language) continue
    const words: Map<string, FlowWords> = languages.get(language.code) ?? new Map()
    languages.set(language.code, words)
    if (isFlow(language.file)) words.set(language.file, readFlowWords(file))
  }
  return languages
}

function compileFlows(written: Map<string, WrittenFlow>, languages: Languages): Compiled[] {
  const flowNames = new Set([...written.keys()].filter((name) => !name.startsWith('shared/')))
  const compiled = [...flowNames].map((name) => {
    const flow = written.get(name) as WrittenFlow
    const steps = spliceSteps(flow, written)
    return { flow: compileFlow(flow, { steps, flowNames, languages }), written: steps }
  })
  const used = new Set(compiled.flatMap((one) => one.written.map((step) => step.file)))
  for (const [name, { problems }] of written) {
    if (!flowNames.has(name) && !used.has(name))
      problems.at(1, 'berkas ini tidak dipakai di mana pun')
  }
  return compiled
}
