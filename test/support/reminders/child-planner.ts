// A process that plans reminders, for tests that kill it.
import { readConfig } from '../../../src/config.ts'
import { readVillages } from '../../../src/place-list.ts'
import { readBook } from '../../../src/program.ts'
import { startPlanner } from './planner.ts'

const config = readConfig()
await startPlanner(config, readBook(config, readVillages()))
process.stdout.write('ready\n')
