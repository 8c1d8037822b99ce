// The program as a process of its own, with everything that it writes.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { builtFile } from '../built.ts'
import { inHurry } from '../faults/child-program.ts'

/** A program that runs beside the test. */
export interface Child {
  /** All that it wrote so far, to both of its outputs. */
  written(): string
  signal(signal: NodeJS.Signals): void
  /** Waits until it wrote this; throws after a minute. */
  saw(text: string): Promise<void>
  end(): Promise<void>
}

/** Starts the program with these settings. */
export async function startChild(environment: Record<string, string>): Promise<Child> {
  const { PATH = '' } = process.env
  const child: ChildProcess = spawn(process.execPath, [await builtFile(inHurry)], {
    env: { PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let written = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (piece: Buffer) => {
      written += piece.toString()
    })
  }
  return {
    written: () => written,
    signal: (signal) => void child.kill(signal),
    saw: async (text) => {
      for (let i = 0; i < 3000 && !written.includes(text); i++) {
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      if (!written.includes(text)) throw new Error(`it never wrote "${text}": ${written}`)
    },
    end: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGCONT')
      child.kill('SIGTERM')
      const giveUp = setTimeout(() => child.kill('SIGKILL'), 8_000)
      await ended
      clearTimeout(giveUp)
    },
  }
}
