// The program, in a hurry: short leases and no pace. Started by child.ts.
import { readConfig } from '../../../src/config.ts'
import { startProgram } from '../../../src/program.ts'
import { quickPace } from './no-pace.ts'

const hurry = { pace: quickPace(), leaseSeconds: 3, standbyMs: 300, keepAliveMs: 500 }
const program = await startProgram(
  readConfig(),
  (sentence) => process.stderr.write(`${sentence}\n`),
  { whatsapp: hurry },
)
process.on('SIGTERM', () => {
  void program.stop().then(() => process.exit(0))
})
