// `npm run drive -- kotabaru`: the whole drive before one's eyes, on the real program.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startEmbedded } from '../../src/embedded/index.ts'
import { startRedis } from '../support/faults/redis.ts'
import { type DriveFigures, driveKotabaru, kotabaru } from './kotabaru.ts'
import { createStage } from './stage.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    villages: { type: 'string', default: String(kotabaru.length) },
    seed: { type: 'string', default: '1980' },
    redis: { type: 'boolean', default: false },
    kills: { type: 'string', default: '0' },
  },
})
if (positionals[0] !== 'kotabaru') {
  console.error('npm run drive -- kotabaru [--villages N] [--seed N] [--redis] [--kills N]')
  process.exit(2)
}

/** Width of the bar in characters. */
const barWidth = 30

function tell(done: number, villages: number, people: number) {
  const full = Math.round((done / villages) * barWidth)
  const bar = '█'.repeat(full) + '░'.repeat(barWidth - full)
  process.stdout.write(`\r${bar} ${done}/${villages} villages, ${people} people `)
}

function print(figures: DriveFigures) {
  const { wrong, ...counts } = figures
  console.log()
  for (const [name, count] of Object.entries(counts)) {
    console.log(`${name.padEnd(14)}${String(count).padStart(8)}`)
  }
  for (const one of wrong) console.log(`WRONG ${one}`)
  console.log(wrong.length === 0 ? 'Every row is accounted for.' : `${wrong.length} wrong.`)
}

const dataDir = mkdtempSync(join(tmpdir(), 'sapa-drive-data-'))
const shelter = `${dataDir}-shelter`
const say = (sentence: string) => console.log(sentence)
const database = await startEmbedded({ dataDir, shelter, tell: say })
const redis = values.redis ? await startRedis() : undefined
const stage = await createStage(database.url, redis ? { REDIS_URL: redis.url } : {})
try {
  const { villages, seed, kills } = values
  const figures = await driveKotabaru({
    ...stage,
    ...{ villages: Number(villages), seed: Number(seed), kills: Number(kills), tell },
  })
  print(figures)
  if (figures.wrong.length > 0) process.exitCode = 1
} finally {
  await stage.close()
  await redis?.close()
  await database.stop()
  for (const dir of [dataDir, shelter]) rmSync(dir, { recursive: true, force: true })
}
