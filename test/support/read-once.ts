// Reads flow files whose text was read before at once: a test changes one of many.
import { type ReadText, readText } from '../../src/flows/files.ts'
import { Findings, Problems } from '../../src/flows/problems.ts'
import type { Raw } from '../../src/flows/yaml.ts'

/** What was read, by its text; nothing of what is wrong. */
const known = new Map<string, Raw>()

/** Reads the text of one file, or remembers it. */
export const readOnce: ReadText = (text, problems) => {
  const raw = known.get(text)
  if (raw) return raw
  const findings = new Findings()
  const fresh = readText(text, new Problems('', findings))
  if (findings.all.length > 0) return readText(text, problems)
  if (fresh) known.set(text, fresh)
  return fresh
}
