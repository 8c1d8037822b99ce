// Bells on their way to the queue: no more of them than the queue can take.
import type { JobData, JobName, Ring } from '../runtime.ts'

/**
 * Rings once for bells that are rung together, or while the same bell is on its way to the queue:
 * a crowd costs the queue no more than its own pace.
 */
export function createRing(send: (name: JobName, data: JobData[JobName]) => Promise<void>): Ring {
  const isRungAgain = new Map<string, boolean>()
  async function sendAll(key: string, name: JobName, data: JobData[JobName]) {
    await new Promise(setImmediate)
    do {
      isRungAgain.set(key, false)
      await send(name, data)
    } while (isRungAgain.get(key))
    isRungAgain.delete(key)
  }
  return (name, data) => {
    const key = `${name} ${JSON.stringify(data)}`
    if (isRungAgain.has(key)) isRungAgain.set(key, true)
    else {
      isRungAgain.set(key, false)
      sendAll(key, name, data)
    }
  }
}
