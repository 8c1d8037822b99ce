// A program that has the embedded database until it is told to stop; tests start and kill it.
import { setTimeout as pause } from 'node:timers/promises'
import { startEmbedded } from '../../src/embedded/index.ts'

const [dataDir = '', shelter = ''] = process.argv.slice(2)
const say = (kind: string, value: unknown) => console.log(JSON.stringify({ kind, value }))

try {
  const server = await startEmbedded({ dataDir, shelter, tell: (value) => say('told', value) })
  // Keeps the program alive, as its own work would.
  const work = setInterval(() => undefined, 1000)
  process.once('SIGINT', async () => {
    // What is under way when Ctrl-C comes still needs the database.
    await pause(300)
    say('finishing', server.pid)
    await server.stop()
    say('stopped', server.pid)
    clearInterval(work)
  })
  say('ready', { url: server.url, pid: server.pid })
} catch (error) {
  say('refused', error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
