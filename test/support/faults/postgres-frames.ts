// Reads what a client says to Postgres: which statement it runs, and where a transaction ends.

/** One whole message of a client, as bytes, and the names of the moment it stands for. */
export interface Frame {
  bytes: Buffer
  /**
   * Empty unless it runs something: the name of a prepared statement, the first three words of one
   * without a name, or `commit of <name>` for each statement of the transaction that it ends.
   */
  moments: string[]
}

/** Makes a reader for one connection: bytes in, whole messages out. */
export function createFrameReader(rewrite: (sql: string) => string): (piece: Buffer) => Frame[] {
  let rest: Buffer = Buffer.alloc(0)
  let isStarted = false
  let unnamed = ''
  let transaction: string[] = []

  function next(): Frame | undefined {
    const head = isStarted ? 1 : 0
    if (rest.length < head + 4) return undefined
    const length = head + rest.readUInt32BE(head)
    if (rest.length < length) return undefined
    const bytes = rest.subarray(0, length)
    rest = rest.subarray(length)
    if (!isStarted) {
      isStarted = true
      return { bytes, moments: [] }
    }
    return read(bytes)
  }

  function read(bytes: Buffer): Frame {
    const type = String.fromCharCode(bytes[0] ?? 0)
    if (type === 'P') return readParse(bytes)
    if (type === 'B') {
      const [, name = ''] = bytes.toString('utf8', 5).split('\0', 2)
      return run(bytes, name || firstWords(unnamed))
    }
    return type === 'Q' ? readQuery(bytes) : { bytes, moments: [] }
  }

  function readParse(bytes: Buffer): Frame {
    const [name = '', sql = ''] = bytes.toString('utf8', 5).split('\0', 2)
    if (name === '') unnamed = sql
    const written = Buffer.from(rewrite(sql))
    const start = 5 + Buffer.byteLength(name) + 1
    // Of the same length, or every length in the message would have to be written anew.
    if (written.length === Buffer.byteLength(sql)) written.copy(bytes, start)
    return { bytes, moments: [] }
  }

  function readQuery(bytes: Buffer): Frame {
    const sql = bytes.toString('utf8', 5, bytes.length - 1)
    if (sql === 'BEGIN') transaction = []
    if (sql !== 'COMMIT') return run(bytes, firstWords(sql))
    return { bytes, moments: transaction.map((name) => `commit of ${name}`) }
  }

  function run(bytes: Buffer, name: string): Frame {
    transaction.push(name)
    return { bytes, moments: [name] }
  }

  return (piece) => {
    rest = Buffer.concat([rest, piece])
    const frames: Frame[] = []
    for (let frame = next(); frame; frame = next()) frames.push(frame)
    return frames
  }
}

function firstWords(sql: string): string {
  return sql.trim().split(/\s+/, 3).join(' ')
}

/** Whether these bytes of the server end with "ready for the next question". */
export function endsReady(bytes: Buffer): boolean {
  const tail = bytes.subarray(-6)
  return tail.length === 6 && tail[0] === 0x5a && tail.readUInt32BE(1) === 5
}
