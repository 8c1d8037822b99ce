// Where the terminal chat meets the running program.
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** The longest path that every system takes for a Unix socket (macOS has room for 103 bytes). */
const maxPathBytes = 100

/**
 * The socket of the program whose data lies in `dataDir`: a file in it, or, where that path is too
 * long for a socket, one in the system's temporary folder. On Windows a named pipe.
 */
export function talkSocketPath(dataDir: string, platform = process.platform): string {
  const path = resolve(dataDir, 'talk.sock')
  const mark = createHash('sha256').update(path).digest('hex').slice(0, 16)
  if (platform === 'win32') return `\\\\.\\pipe\\sapa-desa-${mark}`
  return Buffer.byteLength(path) <= maxPathBytes ? path : join(tmpdir(), `sapa-desa-${mark}.sock`)
}
