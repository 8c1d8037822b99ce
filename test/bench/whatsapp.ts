// A WhatsApp round trip through the real program, beside the bare client that only says words back.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createClock } from '../../src/clock.ts'
import { readVillages } from '../../src/place-list.ts'
import { readBook } from '../../src/program.ts'
import { type ChildProgram, createChildProgram } from '../support/faults/child-program.ts'
import { createVillager } from '../support/faults/villager.ts'
import { startWhatsApp, type WhatsAppPlatform } from '../support/faults/whatsapp.ts'
import { preciseNow } from '../support/whatsapp/crabline.ts'
import { linkPhone } from '../support/whatsapp/link-phone.ts'
import { openGround } from './ground.ts'
import { median, mustEqual, type Row, takeRounds } from './measure.ts'

const rounds = 5
/** Persons of a round, one after the other: the program sends one thing at a time anyway. */
const persons = 4
const says = ['cek', 'ya', '1', 'belum pernah', '12-3-1985', 'menu']
const secretKey = 'ab'.repeat(32)
const patienceMs = 30_000

/** Somebody who answers on a server of their own, and what belongs to each thing that is said. */
interface Contestant {
  platform: WhatsAppPlatform
  program: ChildProgram
  hears: string[][]
}

/**
 * Both are processes of their own with the real client, each on a server alike in this process.
 * Nobody types or breathes here: the pace of a person would be all that is measured.
 */
export async function whatsapp(): Promise<Row[]> {
  const ground = await openGround()
  const dataDir = mkdtempSync(join(tmpdir(), 'sapa-desa-bench-'))
  const [ours, bare] = [await createOurs(ground.url, dataDir), await createBare()]
  const both = [ours, bare]
  let number = 0
  try {
    await linkPhone(ground.url, secretKey)
    for (const { program } of both) await program.start()
    const race = async (one: Contestant) => {
      const took: number[] = []
      for (let i = 0; i < persons; i++) took.push(...(await talk(one, number++, ours.hears)))
      return median(took)
    }
    const [echo = [], turn = []] = await takeRounds(rounds, [() => race(bare), () => race(ours)])
    return [
      { what: 'the bare client says words back (floor)', unit: 'ms', rounds: echo },
      { what: 'a durable turn over WhatsApp', unit: 'ms', rounds: turn, floor: echo },
    ]
  } finally {
    for (const { program, platform } of both) {
      program.kill()
      await program.gone()
      await platform.close()
    }
    await ground.close()
    rmSync(dataDir, { recursive: true })
  }
}

async function createOurs(databaseUrl: string, dataDir: string): Promise<Contestant> {
  const platform = await startWhatsApp()
  const settings = { DATABASE_URL: databaseUrl, SECRET_KEY: secretKey, DATA_DIR: dataDir }
  const program = createChildProgram(
    { ...settings, PORT: '0', LOG_LEVEL: 'warn', ...platform.settings },
    platform.script,
  )
  const book = readBook({ OPERATOR: undefined }, readVillages())
  const today = createClock(book.branch.zone).today()
  const { hears } = createVillager(platform, book, today, 0, says)
  return { platform, program, hears }
}

async function createBare(): Promise<Contestant> {
  const platform = await startWhatsApp()
  const program = createChildProgram(platform.settings, 'test/bench/whatsapp-echo.ts')
  return { platform, program, hears: says.map((words) => [`Gema: ${words}`]) }
}

/**
 * Milliseconds from each thing that is said to its answer. Only where the program says just one
 * thing is time taken, of both; the first words, before which keys are exchanged, are never timed.
 */
async function talk(one: Contestant, number: number, timed: string[][]): Promise<number[]> {
  const { platform, hears } = one
  const took: number[] = []
  let due = 0
  for (const [index, words] of says.entries()) {
    const saidAt = preciseNow()
    platform.say(number, words)
    due += hears[index]?.length ?? 0
    while (platform.told(number).length < due) {
      if (preciseNow() - saidAt > patienceMs) throw new Error(`no answer to line ${index + 1}`)
      await pause(1)
    }
    const told = platform.told(number)
    mustEqual(
      told.map(({ text }) => text).join('\n'),
      hears
        .slice(0, index + 1)
        .flat()
        .join('\n'),
      'answers',
    )
    if (index > 0 && timed[index]?.length === 1) took.push((told.at(-1)?.at ?? Number.NaN) - saidAt)
  }
  return took
}
