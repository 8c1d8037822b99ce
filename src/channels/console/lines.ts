// JSON lines over a socket: one object a line, in both directions.
import type { Socket } from 'node:net'

/** The longest line that is read, in UTF-16 units; a longer one ends the connection. */
const maxLine = 64 * 1024

/** Calls `take` with each object that arrives; whatever is not an object is passed over. */
export function readLines(socket: Socket, take: (line: Record<string, unknown>) => void): void {
  let rest = ''
  socket.setEncoding('utf8')
  socket.on('data', (piece: string) => {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const value = parseLine(line)
      if (value !== undefined) take(value)
    }
    if (rest.length > maxLine) socket.destroy()
  })
}

function parseLine(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    return undefined
  }
}

/** Sends one object as a line. */
export function writeLine(socket: Socket, line: Record<string, unknown>): void {
  socket.write(`${JSON.stringify(line)}\n`)
}
