// `npm run talk`: the chat in a terminal, with the program that runs on this machine.
import { userInfo } from 'node:os'
import { clearScreenDown, createInterface, cursorTo } from 'node:readline'
import { parseArgs, styleText } from 'node:util'
import { createClient } from './channels/console/client.ts'
import { talkSocketPath } from './channels/console/socket-path.ts'
import { readConfig } from './config.ts'

const widest = 72

/** Cuts a text into lines of at most `width` characters, at spaces where there are any. */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => {
    const pieces = line.match(new RegExp(`.{1,${width}}(?=\\s|$)|\\S{${width}}`, 'gu'))
    return pieces?.map((piece) => piece.trim()) ?? ['']
  })
}

/** A message as a bubble for a terminal `columns` wide. */
export function bubble(text: string, columns: number): string {
  const lines = wrap(text, Math.max(16, Math.min(widest, columns - 4)))
  return ['╭', ...lines.map((line) => `│ ${line}`.trimEnd()), '╰'].join('\n')
}

/** Ends the talk when the keyboard does: what was typed is kept first, and its answer shown. */
async function leave(countUnkept: () => number, lastShownAt: () => number): Promise<void> {
  const quietMs = 1_500
  const endsAt = Date.now() + 10_000
  const leftAt = Date.now()
  while (Date.now() < endsAt) {
    const quietSince = Math.max(leftAt, lastShownAt())
    if (countUnkept() === 0 && Date.now() - quietSince > quietMs) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

function talk(dataDir: string, as: string): void {
  const { stdin: input, stdout: output } = process
  const keyboard = createInterface({ input, output, prompt: '› ' })
  let lastShownAt = 0
  const prompt = () => output.isTTY && keyboard.prompt(true)
  const print = (text: string) => {
    if (output.isTTY) cursorTo(output, 0) && clearScreenDown(output)
    output.write(`${text}\n`)
    prompt()
  }
  const client = createClient({
    socketPath: talkSocketPath(dataDir),
    as,
    show(text) {
      lastShownAt = Date.now()
      const shape = bubble(text, output.columns ?? widest)
      print(output.isTTY ? styleText('green', shape) : shape)
    },
    onReach: (isReached) =>
      print(isReached ? greeting(as) : 'Programnya belum jalan: jalankan `npm start` dulu …'),
  })
  keyboard.on('line', (words) => {
    client.say(words)
    prompt()
  })
  keyboard.on('SIGINT', () => process.exit(0))
  keyboard.on('close', async () => {
    if (!output.isTTY || !input.isTTY) await leave(client.countUnkept, () => lastShownAt)
    client.close()
    process.exit(client.countUnkept() === 0 ? 0 : 1)
  })
}

function greeting(as: string): string {
  return `Tersambung sebagai ${as}. Tekan Enter untuk mulai, Ctrl-C untuk keluar.`
}

if (process.argv[1] === import.meta.filename) {
  const options = { sebagai: { type: 'string', default: userInfo().username } } as const
  const { values } = parseArgs({ options })
  talk(readConfig().DATA_DIR, values.sebagai)
}
