// Reads flows/ at start-up and refuses what it does not understand. The way in to this folder.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Book } from '../core/book.ts'
import { checkFlow, checkLanguages } from './check.ts'
import { compileFlow, fingerprint } from './compile.ts'
import { type Files, isFlow, type ReadText, readFiles, readText } from './files.ts'
import { readLayouts } from './layouts.ts'
import { readMemberWords } from './members.ts'
import { type Names, readNames } from './names.ts'
import { findOpenings } from './openings.ts'
import { readPaymentWords } from './payments.ts'
import { checkPhraseLanguages, readPhrases } from './phrases.ts'
import { Findings } from './problems.ts'
import { checkQuestionLanguages, readQuestions } from './questions.ts'
import { findWhatRests } from './roads.ts'
import { readRosterWords } from './rosters.ts'
import { readBranch, readClear, readUnderstood } from './shared-words.ts'
import { spliceFlows } from './splice.ts'
import { readFlow, type WrittenFlow } from './steps.ts'
import { readTemplates } from './templates.ts'
import { type Languages, readLanguages, refuseStray } from './translations.ts'

/** What flows/ says, without the figures and places that are read elsewhere. */
export type FlowBook = Omit<Book, 'rates' | 'places' | 'readers'> & {
  /** What the names in flows mean, for those who read them. */
  names: Names
}

/**
 * Reads and checks everything below `dir`. Throws FlowsRefused with every problem of one look: can
 * the files be read, are they put together rightly, does every road lead somewhere, does it go well
 * for a person, does every language say it. `read` reads the text of one file.
 */
export function readFlows(dir: string, read: ReadText = readText): FlowBook {
  const findings = new Findings()
  const files = readFiles(dir, findings, read)
  findings.endLook()
  const written = readWritten(files, findings)
  const languages = readLanguages(files)
  const shared = readShared(files, languages)
  findings.endLook()
  const spliced = spliceFlows(written)
  findings.endLook()
  const compiled = spliced.map((one) => compileFlow(one, languages))
  const openings = findOpenings(written, languages, shared)
  findings.endLook()
  for (const one of compiled) {
    checkFlow({ ...one, hasFile: (name) => existsSync(join(dir, 'files', name)) })
    findWhatRests(one.flow)
  }
  findings.endLook()
  refuseStray(languages, written)
  for (const one of compiled) checkLanguages(one, languages)
  checkPhraseLanguages(files, languages, shared.phrases)
  checkQuestionLanguages(files, languages, shared.questions)
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

function readShared(files: Files, languages: Languages) {
  const codes = ['id', ...languages.keys()]
  return {
    phrases: readPhrases(files, languages),
    questions: readQuestions(files, languages),
    globals: readUnderstood(files),
    ...readClear(files),
    branch: readBranch(files),
    names: readNames(files),
    rosters: readRosterWords(files),
    payments: readPaymentWords(files),
    members: readMemberWords(files),
    layouts: readLayouts(files),
    languages: codes,
    templates: readTemplates(files, codes),
  }
}
