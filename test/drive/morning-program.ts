// The program on whose clock it is morning, whatever the hour: campaigns rest at night.
import { createClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { startProgram } from '../../src/program.ts'
import { lastMorningMs } from '../campaigns/morning.ts'

const zone = 'Asia/Makassar'
const real = createClock(zone)
/** The same for every life of the program: told from the minute in which the drive began. */
const aheadMs = Number(process.env.DRIVE_BEGAN_MS) - lastMorningMs()
const clock = {
  today: () => new Date(Date.now() - aheadMs + 8 * 3_600_000).toISOString().slice(0, 10),
  now: () => {
    const second = Math.floor((Date.now() - aheadMs) / 1000)
    return { ...real.now(), on: clock.today(), second }
  },
}
const program = await startProgram(
  readConfig(),
  (sentence) => process.stderr.write(`${sentence}\n`),
  { clock },
)
process.stderr.write('Sapa Desa siap\n')
process.on('SIGTERM', () => {
  void program.stop().then(() => process.exit(0))
})
