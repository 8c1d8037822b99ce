// The real program in a process of its own, which can be killed in the middle of its work.
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { builtFile } from '../built.ts'

/** The program, running or not. */
export interface ChildProgram {
  /** Starts it; resolves when it says that it is ready. Rejects when it ends before. */
  start(): Promise<void>
  /** SIGKILL: nothing in it can know. The moment is noted. */
  kill(): void
  /** Resolves when the process is gone. */
  gone(): Promise<void>
  /** Throws, with its last words, when it ended without having been killed. */
  mustRun(): void
  /** Moments of Date.now() at which it was killed. */
  readonly kills: number[]
  /** Everything that it wrote to its standard output and error, over all its lives. */
  output(): string
}

/** The same program with short leases, and without a person's pace where it has one. */
export const inHurry = 'test/support/whatsapp/child-program.ts'

const own = fileURLToPath(new URL('../../..', import.meta.url))
/** A start takes two seconds; beside other tests on a small machine it may take long. */
const readyWithinMs = 90_000

/**
 * Describes a program with these settings; nothing else of the environment reaches it. `under` is
 * the command that starts it, where Node alone will not do.
 */
export function createChildProgram(
  settings: Record<string, string>,
  script = 'src/main.ts',
  under: string[] = [],
): ChildProgram {
  const kills: number[] = []
  const said: string[] = []
  let child: ChildProcess | undefined
  let end: Promise<void> = Promise.resolve()

  async function start() {
    const [command = '', ...words] = [...under, process.execPath, await builtFile(script)]
    const born = spawn(command, words, {
      cwd: own,
      env: { PATH: process.env.PATH, ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child = born
    // Tests that are broken off leave no program behind.
    const leave = () => born.kill('SIGKILL')
    process.once('exit', leave)
    born.once('exit', () => process.removeListener('exit', leave))
    end = new Promise((resolve) => born.once('exit', () => resolve()))
    await new Promise<void>((resolve, reject) => {
      const fail = () => reject(new Error(`not ready:\n${said.join('').slice(-2_000)}`))
      const timer = setTimeout(fail, readyWithinMs)
      void end.then(fail)
      const hear = (piece: Buffer) => {
        said.push(String(piece))
        if (!String(piece).includes('Sapa Desa siap')) return
        clearTimeout(timer)
        resolve()
      }
      born.stdout.on('data', hear)
      born.stderr.on('data', hear)
    })
  }

  return {
    start,
    kill: () => {
      kills.push(Date.now())
      child?.kill('SIGKILL')
    },
    gone: () => end,
    mustRun: () => {
      if (child?.exitCode === null || child?.signalCode === 'SIGKILL') return
      throw new Error(`the program ended by itself:\n${said.join('').slice(-3_000)}`)
    },
    kills,
    output: () => said.join(''),
  }
}
