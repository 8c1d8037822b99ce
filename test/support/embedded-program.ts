// Starts the program of start-embedded.ts as a child, and hears what it says.
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { builtFile } from './built.ts'

/** One line that the program said. */
interface Line {
  kind: 'told' | 'ready' | 'refused' | 'finishing' | 'stopped'
  value: unknown
}

/** The program in another process. */
interface Program {
  child: ChildProcess
  lines: Line[]
  /** The value of the first line of that kind; rejects when the program ends without saying it. */
  hear<T = string>(kind: Line['kind']): Promise<T>
  /** Resolves when the process is gone. */
  gone: Promise<void>
}

/** Who and where, when not as everybody else. */
interface Settings {
  shelter?: string
  uid?: number
  gid?: number
  /** The checkout to run, as it stands there; this one, as one file, when not given. */
  checkout?: string
}

const script = 'test/support/start-embedded.ts'
const built = await builtFile(script)

/** Every program that was started, so that none outlives its test. */
const started = new Set<Program>()

/** Starts the program on a data folder, in its own process group like one in a terminal. */
export function startProgram(dataDir: string, settings: Settings = {}): Program {
  const { checkout, shelter = `${dataDir}-shelter`, uid, gid } = settings
  const asItStands = ['--import', import.meta.resolve('tsx'), `${checkout}/${script}`]
  const words = checkout === undefined ? [built] : asItStands
  const child = spawn(process.execPath, [...words, dataDir, shelter], {
    cwd: '/',
    detached: true,
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(uid === undefined ? {} : { uid, gid }),
  })
  const lines: Line[] = []
  const reader = createInterface({ input: child.stdout })
  reader.on('line', (line) => lines.push(JSON.parse(line)))
  const gone = new Promise<void>((resolve) => reader.on('close', resolve))
  const program: Program = { child, lines, gone, hear: (kind) => hear(lines, gone, kind) }
  started.add(program)
  return program
}

/** Ends every program that still runs, with its server. */
export async function stopPrograms(): Promise<void> {
  for (const { child, gone } of started) {
    child.kill('SIGINT')
    await gone
  }
  started.clear()
}

async function hear<T>(lines: Line[], gone: Promise<void>, kind: Line['kind']): Promise<T> {
  let isGone = false
  void gone.then(() => {
    isGone = true
  })
  for (;;) {
    const found = lines.find((each) => each.kind === kind)
    if (found) return found.value as T
    if (isGone) throw new Error(`ended without "${kind}" after: ${lines.map((each) => each.kind)}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
