// A telephone line to the server that can be cut, go silent or be reset; it counts what it carries.

import type { AddressInfo } from 'node:net'
import { connect, createServer, type Socket } from 'node:net'

/** A line between the bot and the server. */
export interface Line {
  /** The server's address, by way of this line. */
  url: string
  /** Bytes that the bot sent so far. */
  sentBytes(): number
  /** Ends every call, in order or with a reset; new ones get through. */
  cut(how: 'drop' | 'reset'): void
  /** Carries nothing any more, without a word, until it is told to again. */
  stall(isStalled: boolean): void
  close(): Promise<void>
}

/** Lays a line to the server at `url` on this machine. */
export async function layLine(url: string): Promise<Line> {
  const { port, hostname } = new URL(url)
  const calls = new Set<Socket>()
  let isStalled = false
  let sent = 0
  const carry = (from: Socket, to: Socket, note: (bytes: number) => void) => {
    calls.add(from)
    from.on('data', (data) => {
      note(data.length)
      if (!isStalled) to.write(data)
    })
    from.on('error', () => undefined)
    from.on('close', () => {
      calls.delete(from)
      to.destroy()
    })
  }
  const server = createServer((bot) => {
    const far = connect(Number(port), hostname)
    carry(bot, far, (bytes) => {
      sent += bytes
    })
    carry(far, bot, () => undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const here = new URL(url)
  here.port = String((server.address() as AddressInfo).port)
  return {
    url: here.href,
    sentBytes: () => sent,
    cut: (how) => {
      for (const call of calls) how === 'drop' ? call.destroy() : call.resetAndDestroy()
    },
    stall: (stalls) => {
      isStalled = stalls
    },
    close: async () => {
      for (const call of calls) call.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
