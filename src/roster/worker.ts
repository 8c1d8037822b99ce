// The thread that works on one file: it hears what is wanted and answers one piece at a time.
import { parentPort, workerData } from 'node:worker_threads'
import { must } from '../core/must.ts'
import { answerFile } from './answer-file.ts'
import { readFile } from './read-file.ts'
import { RosterRefused } from './refused.ts'
import type { Task, WorkerReply } from './thread.ts'

const port = must(parentPort, 'this file runs in a worker thread')
const task: Task = workerData
const file = Buffer.from(task.file.buffer, task.file.byteOffset, task.file.byteLength)

async function* work(): AsyncGenerator<WorkerReply> {
  if (task.does === 'read') {
    for (const batch of readFile(file, task.mostRows)) yield { is: 'piece', piece: batch }
  } else yield { is: 'piece', piece: await answerFile(file, task.answers) }
}

const pieces = work()

/** Each message asks for one more piece. Nothing of the file is ever in an error. */
async function reply(): Promise<WorkerReply> {
  try {
    const { done, value } = await pieces.next()
    return done ? { is: 'end' } : value
  } catch (error) {
    if (error instanceof RosterRefused) return { is: 'refused', refusal: error.refusal }
    return { is: 'refused', refusal: 'broken', at: placeOf(error) }
  }
}

/** The first place in the error's trace: its message might quote the file. */
function placeOf(error: unknown): string {
  const trace = error instanceof Error ? (error.stack ?? '') : ''
  return /\n\s*(at [^\n]+:\d+:\d+\)?)/.exec(trace)?.[1] ?? 'unknown'
}

port.on('message', async () => port.postMessage(await reply()))
