// Collects what is wrong with flow files, in sentences an officer understands.

/** Thrown when flows cannot be used; `problems` holds one sentence each. */
export class FlowsRefused extends Error {
  readonly problems: string[]
  constructor(problems: string[]) {
    super(`flows/ tidak dapat dipakai:\n${problems.map((one) => `- ${one}`).join('\n')}`)
    this.problems = problems
  }
}

/** The problems of one file, added to a common list. */
export class Problems {
  readonly file: string
  readonly all: string[]

  constructor(file: string, all: string[]) {
    this.file = file
    this.all = all
  }

  /** Notes a problem on a line, and at a step where one is known. */
  at(line: number, sentence: string, step?: string) {
    const where = step ? `, langkah "${step}"` : ''
    this.all.push(`flows/${this.file} baris ${line}${where}: ${sentence}.`)
  }
}
