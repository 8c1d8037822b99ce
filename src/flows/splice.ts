// Writes the steps of shared files in the place of `use:`.
import type { WrittenFlow, WrittenStep } from './steps.ts'

/** The flow's steps with every `use:` replaced by the steps of the file it names. */
export function spliceSteps(flow: WrittenFlow, all: Map<string, WrittenFlow>): WrittenStep[] {
  const steps = splice(flow, all, [flow.file])
  const seen = new Map<string, WrittenStep>()
  for (const step of steps) {
    if (step.does === 'if') continue
    const twin = seen.get(step.id)
    if (twin && !(step.does === 'do' && twin.does === 'do')) {
      const place = `flows/${twin.problems.file} baris ${twin.line}`
      step.problems.at(step.line, `nama langkah ini sudah dipakai di ${place}`, step.id)
    }
    seen.set(step.id, step)
  }
  return steps
}

function splice(flow: WrittenFlow, all: Map<string, WrittenFlow>, inside: string[]): WrittenStep[] {
  return flow.steps.flatMap((step) => {
    if (step.does !== 'use') return [step]
    const used = all.get(step.id)
    const say = (sentence: string) => step.problems.at(step.line, sentence)
    if (!used) say(`use: menyebut "${step.id}", padahal flows/${step.id}.yaml tidak ada`)
    else if (inside.includes(step.id)) say(`use: "${step.id}" memakai dirinya sendiri`)
    else if (!step.id.startsWith('shared/')) say('use: hanya boleh menyebut berkas di shared/')
    else return splice(used, all, [...inside, step.id])
    return []
  })
}
