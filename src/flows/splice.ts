// Writes the steps of shared files in the place of `use:`.
import type { WrittenFlow, WrittenStep } from './steps.ts'

/** A flow with every `use:` replaced by the steps of the file it names. */
export interface SplicedFlow extends WrittenFlow {
  /** Names of all flows, this one included. */
  flowNames: string[]
}

/** Every flow, spliced. */
export function spliceFlows(all: Map<string, WrittenFlow>): SplicedFlow[] {
  const flowNames = [...all.keys()].filter((name) => !isShared(name))
  const flows = flowNames.flatMap((name) => all.get(name) ?? [])
  const spliced = flows.map((flow) => ({ ...flow, flowNames, steps: spliceSteps(flow, all) }))
  const used = new Set([...all.values()].flatMap((flow) => flow.steps.map((step) => step.id)))
  for (const [name, { problems }] of all) {
    const sentence = 'berkas ini tidak dipakai oleh use: mana pun'
    if (isShared(name) && !used.has(name)) problems.at(1, sentence)
  }
  return spliced
}

function isShared(name: string): boolean {
  return name.startsWith('shared/')
}

function spliceSteps(flow: WrittenFlow, all: Map<string, WrittenFlow>): WrittenStep[] {
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
    else if (!isShared(step.id)) say('use: hanya boleh menyebut berkas di shared/')
    else return splice(used, all, [...inside, step.id])
    return []
  })
}
