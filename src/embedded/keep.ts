// Keeps a server running for as long as the program wants it.
import { setTimeout as pause } from 'node:timers/promises'
import type { Home } from './home.ts'
import { type Server, startServer } from './server.ts'

/** A server that comes back on its port when it dies: a small machine kills what is large. */
interface KeptServer {
  readonly pid: number
  readonly port: number
  stop(): Promise<void>
}

const retryMs = 1000

/**
 * Starts the server and starts it again, telling
 * so, whenever it ends without having been asked.
 */
export async function keepServer(
  home: Home,
  native: string,
  tell: (sentence: string) => void,
): Promise<KeptServer> {
  let server = await startServer(home, native)
  let isStopping = false

  async function watch(): Promise<void> {
    while (!isStopping) {
      await server.gone
      if (!isStopping) server = await startAgain()
    }
    await server.stop()
  }

  async function startAgain(): Promise<Server> {
    tell('Postgres berhenti sendiri. Dimulai lagi.')
    while (!isStopping) {
      try {
        return await startServer(home, native, server.port)
      } catch (error) {
        tell(error instanceof Error ? error.message : String(error))
        await pause(retryMs)
      }
    }
    return server
  }

  const watching = watch()
  return {
    get pid() {
      return server.pid
    },
    port: server.port,
    async stop() {
      isStopping = true
      await server.stop()
      await watching
    },
  }
}
