// Writes the steps of shared files in the place of `use:`.
import type { Problems } from './problems.ts'
import type { WrittenFlow, WrittenStep } from './steps.ts'

const deepestUse = 4

/** The flow's steps with every `use:` replaced by the steps of the file it names. */
export function spliceSteps(
  flow: WrittenFlow,
  shared: Map<string, WrittenFlow>,
  problems: Problems,
): WrittenStep[] {
  const steps = splice(flow.steps, shared, problems, 0)
  const seen = new Map<string, WrittenStep>()
  for (const step of steps) {
    if (step.does === 'if') continue
    const twin = seen.get(step.id)
    if (twin && !(step.does === 'do' && twin.does === 'do')) {
      problems.at(step.line, `nama langkah ini sudah dipakai di baris ${twin.line}`, step.id)
    }
    seen.set(step.id, step)
  }
  return steps
}

function splice(
  steps: WrittenStep[],
  shared: Map<string, WrittenFlow>,
  problems: Problems,
  depth: number,
): WrittenStep[] {
  return steps.flatMap((step) => {
    if (step.does !== 'use') return [step]
    const used = shared.get(step.id)
    if (!used) problems.at(step.line, `berkas "${step.id}" tidak ada di flows/`, step.id)
    else if (depth >= deepestUse) problems.at(step.line, 'use: saling memanggil tanpa akhir')
    else return splice(used.steps, shared, problems, depth + 1)
    return []
  })
}
