// `npm start`: reads the settings, starts the program, says where to talk, ends it cleanly.
import { type Config, readConfig } from './config.ts'
import { type Program, startProgram } from './program.ts'

/** The longest that an orderly end may take before the process ends anyway, in ms. */
const patienceMs = 10_000

function tell(sentence: string) {
  process.stderr.write(`${sentence}\n`)
}

function tellWhereToTalk(config: Config, program: Program) {
  const lines = ['', 'Sapa Desa siap. Tempat bicara:']
  if (program.channels.web) lines.push(`  di peramban   http://localhost:${program.port}`)
  lines.push('  di terminal   npm run talk')
  lines.push(
    program.channels.telegram
      ? '  di Telegram   tersambung'
      : '  di Telegram   isi TELEGRAM_BOT_TOKEN dengan token dari @BotFather, lalu mulai lagi',
  )
  if (config.WHATSAPP.length > 0) lines.push('  di WhatsApp   lihat /readyz untuk keadaannya')
  if (!config.DATABASE_URL) lines.push(`Data dan kuncinya ada di ${config.DATA_DIR}: cadangkan.`)
  if (config.RATES_ON) lines.push(`PERHATIAN: memakai tarif tanggal ${config.RATES_ON}.`)
  lines.push('Berhenti dengan Ctrl-C.', '')
  tell(lines.join('\n'))
}

/**
 * Ends in order, also when the signal comes while the program is still starting. Gives a function
 * that says whether it is ending.
 */
function endOn(signals: NodeJS.Signals[], starting: Promise<Program>): () => boolean {
  let isEnding = false
  const end = () => {
    if (isEnding) return
    isEnding = true
    tell('Berhenti dengan rapi …')
    setTimeout(() => process.exit(1), patienceMs).unref()
    starting
      .then((program) => program.stop())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      )
  }
  for (const signal of signals) process.on(signal, end)
  return () => isEnding
}

try {
  const config = readConfig()
  // Begun in the next tick, so that a signal is heard from the first moment.
  const starting = Promise.resolve().then(() => startProgram(config, tell))
  const isEnding = endOn(['SIGINT', 'SIGTERM'], starting)
  const program = await starting
  if (!isEnding()) tellWhereToTalk(config, program)
} catch (error) {
  tell(error instanceof Error ? error.message : 'Program tidak bisa dimulai.')
  process.exit(1)
}
