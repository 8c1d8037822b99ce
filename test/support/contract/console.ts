// People in a terminal, over the real socket, for the contract suite.
import { randomUUID } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { readLines, writeLine } from '../../../src/channels/console/lines.ts'
import { talkSocketPath } from '../../../src/channels/console/socket-path.ts'
import type { Harness, Shown } from '../contract.ts'

interface Line {
  id: string
  words: string
}

function toShown(text: string): Shown {
  const labels = [...text.matchAll(/^\d+\. (.+)$/gm)].map(([, label]) => label ?? '')
  const [, file] = /📎 .*\/(.+)$/m.exec(text) ?? []
  return { text, labels, file }
}

/** The terminal chat: choices are numbered lines. */
export const harness: Harness = {
  name: 'console',
  can: [],
  longest: 10_000,
  open(stage, number) {
    const shown: Shown[] = []
    const unkept: Line[] = []
    let last: Line | undefined
    let socket: Socket | undefined
    let isClosed = false

    function sendFirst() {
      if (socket && unkept[0]) writeLine(socket, { ...unkept[0] })
    }
    function push(line: Line) {
      last = line
      unkept.push(line)
      if (unkept.length === 1) sendFirst()
    }
    function open() {
      const made = connect(talkSocketPath(stage.config.DATA_DIR), () => {
        socket = made
        writeLine(made, { as: `orang-${number}` })
        sendFirst()
      })
      readLines(made, (line) => {
        if (typeof line.show === 'string' && typeof line.text === 'string') {
          shown.push(toShown(line.text))
          writeLine(made, { shown: line.show })
        }
        if (line.kept === unkept[0]?.id) {
          unkept.shift()
          sendFirst()
        }
      })
      made.on('error', () => made.destroy())
      made.on('close', () => {
        socket = undefined
        if (!isClosed) setTimeout(open, 50)
      })
    }
    open()
    return {
      start: () => push({ id: randomUUID(), words: '' }),
      say: (words) => push({ id: randomUUID(), words }),
      again: () => last && push(last),
      replies: async () => [...shown],
      close: () => {
        isClosed = true
        socket?.destroy()
      },
    }
  },
}
