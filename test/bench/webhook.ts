// How long the Cloud API's webhook takes in the real program, beside a bare answer over HTTP.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { FakeCloudApi } from '../support/fake-cloud-api.ts'
import { createChildProgram } from '../support/faults/child-program.ts'
import { startCloudForProgram } from '../support/faults/cloud.ts'
import { openGround } from './ground.ts'
import { percentile, type Row, takeRounds } from './measure.ts'

const rounds = 3
/** Persons of a round; each says six things. */
const persons = 40
/** Messages a second; beside each, the bot's answer goes out and two statuses come in. */
const [calmRate, busyRate] = [5, 20]
const says = ['cek', 'ya', '1', 'belum pernah', '12-3-1985', 'menu']

/** What the platform wants of a webhook: a median of 250 ms, and hardly any above a second. */
const medianGoalMs = 250
const mostGoalMs = 1_000

/** Messages are kept, answered and sent on while the time is taken; statuses come in between. */
export async function webhook(): Promise<Row[]> {
  const ground = await openGround()
  const { fake, settings, close } = await startCloudForProgram()
  const dataDir = mkdtempSync(join(tmpdir(), 'sapa-desa-bench-'))
  const program = createChildProgram({
    DATABASE_URL: ground.url,
    SECRET_KEY: 'ab'.repeat(32),
    DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
    ...settings,
  })
  try {
    await program.start()
    let first = 1
    const tails: Record<number, number[]> = {}
    const talk = async (perSecond: number) => {
      const numbers = Array.from({ length: persons }, () => first++)
      const madeBefore = fake.deliveries.made.length
      await talkAll(fake, numbers, perSecond)
      const made = fake.deliveries.made.slice(madeBefore)
      const took = made.filter(({ body }) => body.includes('"messages":[')).map((one) => one.tookMs)
      if (took.length < persons * says.length) throw new Error('not everything was taken')
      const tail = percentile(took, 0.99)
      tails[perSecond] = [...(tails[perSecond] ?? []), tail]
      return percentile(took, 0.5)
    }
    const [floor = [], calm = [], busy = []] = await takeRounds(rounds, [
      () => measureFloor(persons * says.length),
      () => talk(calmRate),
      () => talk(busyRate),
    ])
    await fake.deliveries.settled()
    return toRows({ floor, calm, busy, tails })
  } finally {
    program.kill()
    await program.gone()
    await close()
    await ground.close()
    rmSync(dataDir, { recursive: true })
  }
}

/** One after another says the next thing, so many times a second, whether or not others wait. */
async function talkAll(fake: FakeCloudApi, numbers: number[], perSecond: number): Promise<void> {
  for (const words of says) {
    for (const number of numbers) {
      fake.person(number).say(words)
      await pause(1_000 / perSecond)
    }
  }
  await Promise.all(numbers.map((number) => fake.deliveries.taken(fake.person(number).userId)))
}

function toRows(taken: {
  floor: number[]
  calm: number[]
  busy: number[]
  tails: Record<number, number[]>
}): Row[] {
  const { floor, calm, busy, tails } = taken
  const unit = 'ms'
  const median = { of: 'figure', atMost: medianGoalMs } as const
  const most = { of: 'figure', atMost: mostGoalMs } as const
  return [
    { what: 'a bare answer over HTTP, median (floor)', unit, rounds: floor },
    { what: `webhook, ${calmRate} a second, median`, unit, rounds: calm, floor, goal: median },
    { what: '  99 of 100', unit, rounds: tails[calmRate] ?? [], goal: most },
    { what: `webhook, ${busyRate} a second, median`, unit, rounds: busy, floor, goal: median },
    { what: '  99 of 100', unit, rounds: tails[busyRate] ?? [], goal: most },
  ]
}

/** The same client against a server that keeps nothing. */
async function measureFloor(count: number): Promise<number> {
  const server = createServer((request, response) =>
    request.resume().on('end', () => response.end()),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const took: number[] = []
  for (let i = 0; i < count; i++) {
    const startedAt = performance.now()
    const response = await fetch(url, { method: 'POST', body: '{"text":"halo"}' })
    await response.arrayBuffer()
    took.push(performance.now() - startedAt)
  }
  await new Promise((resolve) => server.close(resolve))
  return percentile(took, 0.5)
}
