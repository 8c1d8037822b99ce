// The program, in a hurry: short leases and no pace. Started as a process of its own.
import { readConfig } from '../../../src/config.ts'
import { startProgram } from '../../../src/program.ts'
import { quickPace } from './no-pace.ts'

const keepAliveMs = Number(process.env.KEEP_ALIVE_MS ?? 500)
const hurry = { pace: quickPace(), leaseSeconds: 3, standbyMs: 300, keepAliveMs }
const program = await startProgram(
  readConfig(),
  (sentence) => process.stderr.write(`${sentence}\n`),
  { whatsapp: hurry },
)
process.stderr.write('Sapa Desa siap\n')
process.on('SIGTERM', () => {
  void program.stop().then(() => process.exit(0))
})
