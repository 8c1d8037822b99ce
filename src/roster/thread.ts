// Works on files in threads of their own: two at most, the others wait in line.
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { SheetAnswers } from '../core/roster/answers.ts'
import type { SheetRows } from '../core/roster/cell.ts'
import type { Refusal } from '../core/roster/refusal.ts'
import { findKind } from './kind.ts'
import { maxRows } from './limits.ts'
import { RosterRefused } from './refused.ts'
import { readZipDirectory } from './zip-directory.ts'

/** What a thread is to do with a file. */
export type Task =
  | { does: 'read'; file: Uint8Array; mostRows: number }
  | { does: 'answer'; file: Uint8Array; answers: SheetAnswers[] }

/** What a thread says each time it is asked for more. */
export type WorkerReply =
  | { is: 'piece'; piece: SheetRows | Uint8Array }
  | { is: 'end' }
  | { is: 'refused'; refusal: Refusal; at?: string }

/** What a thread may use. */
export interface ThreadLimits {
  /** Threads at once. */
  threads: number
  /** How long a thread may work on a file; the time in which nobody asks does not count. */
  timeoutMs: number
  /** Heap of a thread in MB; what is being inflated comes on top and has limits of its own. */
  heapMb: number
}

const USUAL: ThreadLimits = { threads: 2, timeoutMs: 20_000, heapMb: 96 }

/** Reads rosters and writes answers into them, each file in a thread of its own. */
export interface RosterThreads {
  /** The rows of a file, a batch at a time, a roster's unless told. Throws RosterRefused. */
  read(file: Uint8Array, mostRows?: number): AsyncGenerator<SheetRows>
  /** The same file with the answers written beside its rows. Throws RosterRefused. */
  answer(file: Uint8Array, answers: SheetAnswers[]): Promise<Uint8Array>
}

/** Threads for rosters, none of them started yet. */
export function createRosterThreads(limits: Partial<ThreadLimits> = {}): RosterThreads {
  const all = { ...USUAL, ...limits }
  const line = createLine(all.threads)
  async function* run(task: Task) {
    checkOutside(Buffer.from(task.file.buffer, task.file.byteOffset, task.file.byteLength))
    const leave = await line.enter()
    const thread = startThread(task, all)
    try {
      let asked = thread.ask()
      for (let reply = await asked; reply.is !== 'end'; reply = await asked) {
        if (reply.is === 'refused') throw new RosterRefused(reply.refusal, reply.at)
        // The thread works on the next piece while this one is looked at.
        asked = thread.ask()
        yield reply.piece
      }
    } finally {
      await thread.stop()
      leave()
    }
  }
  return {
    read: (file, mostRows = maxRows) =>
      run({ does: 'read', file, mostRows }) as AsyncGenerator<SheetRows>,
    async answer(file, answers) {
      for await (const piece of run({ does: 'answer', file, answers })) return piece as Uint8Array
      throw new RosterRefused('broken')
    },
  }
}

/** The threads of this process. */
export const rosterThreads = createRosterThreads()

/** What the outside of a file tells is told at once, before a thread is troubled. */
function checkOutside(file: Buffer) {
  if (findKind(file) === 'zip') readZipDirectory(file)
}

/** A line of those who wait until fewer than `places` are inside. */
function createLine(places: number) {
  const waiting: (() => void)[] = []
  let inside = 0
  function leave() {
    const next = waiting.shift()
    if (next) next()
    else inside -= 1
  }
  return {
    async enter(): Promise<() => void> {
      if (inside < places) inside += 1
      else await new Promise<void>((resolve) => waiting.push(resolve))
      return leave
    },
  }
}

/**
 * A thread does not inherit how the program was started, so it is told
 * first how TypeScript is read.
 */
const START = `require(${quote(createRequire(import.meta.url).resolve('tsx/cjs/api'))}).register();
require(${quote(fileURLToPath(new URL('./worker.ts', import.meta.url)))})`

function quote(path: string): string {
  return JSON.stringify(path)
}

function startThread(workerData: Task, { timeoutMs, heapMb }: ThreadLimits) {
  const worker = new Worker(START, {
    eval: true,
    workerData,
    execArgv: [],
    env: {},
    stdin: false,
    resourceLimits: {
      maxOldGenerationSizeMb: heapMb,
      maxYoungGenerationSizeMb: 16,
      stackSizeMb: 4,
    },
  })
  let leftMs = timeoutMs
  let isDead = false
  // A crash may come between two questions: then the next one is answered with it.
  worker.on('error', () => {
    isDead = true
  })
  function ask(): Promise<WorkerReply> {
    const askedAt = performance.now()
    return new Promise((resolve) => {
      const settle = (reply: WorkerReply) => {
        clearTimeout(timer)
        worker.off('message', settle).off('error', fail).off('exit', fail)
        leftMs -= performance.now() - askedAt
        resolve(reply)
      }
      const fail = () => settle({ is: 'refused', refusal: 'too-heavy' })
      const timer = setTimeout(fail, leftMs)
      worker.on('message', settle).on('error', fail).on('exit', fail)
      if (isDead) fail()
      else worker.postMessage('more')
    })
  }
  return { ask, stop: () => worker.terminate() }
}
