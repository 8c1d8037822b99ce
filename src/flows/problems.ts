// Collects what is wrong with flow files, in sentences an officer understands.

/** Thrown when flows cannot be used; `problems` holds one sentence each. */
export class FlowsRefused extends Error {
  readonly problems: string[]
  constructor(problems: string[]) {
    super(`flows/ tidak dapat dipakai:\n${problems.map((one) => `- ${one}`).join('\n')}`)
    this.problems = problems
  }
}

/**
 * What was found wrong so far. A later look at the same files would only repeat in other words what
 * an earlier one has said, so each look ends with `endLook`.
 */
export class Findings {
  readonly all: string[] = []

  /** Notes a sentence, once: a shared file is looked at again in every flow that uses it. */
  add(sentence: string) {
    if (!this.all.includes(sentence)) this.all.push(sentence)
  }

  /** Throws FlowsRefused when anything is wrong. */
  endLook() {
    if (this.all.length > 0) throw new FlowsRefused(this.all)
  }
}

/** The problems of one file, added to the common findings. */
export class Problems {
  /** Path below /flows, e.g. `villager/enrol.yaml`. */
  readonly file: string
  private readonly findings: Findings
  private readonly folder: string

  constructor(file: string, findings: Findings, folder = 'flows/') {
    this.file = file
    this.findings = findings
    this.folder = folder
  }

  /** Notes a problem on a line, and at a step or entry where one is known. */
  at(line: number, sentence: string, name?: string) {
    const where = name ? `, "${name}"` : ''
    this.findings.add(`${this.folder}${this.file} baris ${line}${where}: ${sentence}.`)
  }
}
