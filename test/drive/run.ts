// `npm run drive`: a whole drive before one's eyes, on the real program: Kotabaru, or a campaign.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startEmbedded } from '../../src/embedded/index.ts'
import { startRedis } from '../support/faults/redis.ts'
import { driveCampaign } from './campaign.ts'
import { driveKotabaru, kotabaru } from './kotabaru.ts'
import { createStage } from './stage.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    villages: { type: 'string', default: String(kotabaru.length) },
    people: { type: 'string', default: '50000' },
    seed: { type: 'string', default: '1980' },
    redis: { type: 'boolean', default: false },
    kills: { type: 'string', default: '0' },
    storms: { type: 'string', default: '0' },
    pauses: { type: 'string', default: '0' },
  },
})
const [drive = ''] = positionals
if (!['kotabaru', 'campaign'].includes(drive)) {
  console.error(
    'npm run drive -- kotabaru [--villages N] [--seed N] [--redis] [--kills N]\n' +
      'npm run drive -- campaign [--people N] [--seed N] [--redis] [--kills N] [--storms N] [--pauses N]',
  )
  process.exit(2)
}

/** Width of the bar in characters. */
const barWidth = 30

function tell(done: number, all: number, rest: string) {
  const full = Math.round((done / all) * barWidth)
  const bar = '█'.repeat(full) + '░'.repeat(barWidth - full)
  process.stdout.write(`\r${bar} ${done}/${all} ${rest} `)
}

function print({ wrong, ...counts }: { wrong: string[] }) {
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
const settings = {
  DRIVE_BEGAN_MS: String(Date.now()),
  ...(redis && { REDIS_URL: redis.url }),
}
const script = drive === 'campaign' ? 'test/drive/morning-program.ts' : undefined
const stage = await createStage(database.url, settings, script)
const seed = Number(values.seed)
const kills = Number(values.kills)

function run() {
  if (drive === 'campaign') {
    const { people, storms, pauses } = values
    return driveCampaign({
      ...{ ...stage, seed, kills, people: Number(people) },
      ...{ storms: Number(storms), pauses: Number(pauses) },
      tell: (done, all) => tell(done, all, 'people'),
    })
  }
  return driveKotabaru({
    ...{ ...stage, seed, kills, villages: Number(values.villages) },
    tell: (done, all, people) => tell(done, all, `villages, ${people} people`),
  })
}

try {
  const figures = await run()
  print(figures)
  if (figures.wrong.length > 0) process.exitCode = 1
} finally {
  await stage.close()
  await redis?.close()
  await database.stop()
  for (const dir of [dataDir, shelter]) rmSync(dir, { recursive: true, force: true })
}
