// How long a WhatsApp number is without an owner when its machine dies, with the lease of real use.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type ChildProgram, createChildProgram } from '../support/faults/child-program.ts'
import { type Server, startServer } from '../support/whatsapp/crabline.ts'
import { linkPhone } from '../support/whatsapp/link-phone.ts'
import { openGround } from './ground.ts'
import type { Row } from './measure.ts'

const rounds = 3
const secretKey = 'ab'.repeat(32)
/** Between two looks, in ms. */
const lookMs = 50
const patienceMs = 120_000
/** Starts what follows where process numbers are others, as on another machine. */
const elsewhere = ['unshare', '--pid', '--fork', '--kill-child']

/** Seconds from SIGKILL to the other program's connection, and to the answer of who wrote then. */
export async function takeOver(): Promise<Row[]> {
  if (spawnSync(elsewhere[0] ?? '', [...elsewhere.slice(1), 'true']).status !== 0) {
    throw new Error('process numbers of its own for a program: that takes Linux and root')
  }
  const ground = await openGround()
  const server = await startServer()
  const dataDirs = [1, 2].map(() => mkdtempSync(join(tmpdir(), 'sapa-desa-bench-')))
  const programs = dataDirs.map((dataDir) => createProgram(ground.url, server.url, dataDir))
  try {
    await linkPhone(ground.url, secretKey)
    return await measure(programs, server)
  } finally {
    for (const program of programs) {
      program.kill()
      await program.gone()
    }
    await server.close()
    await ground.close()
    for (const dataDir of dataDirs) rmSync(dataDir, { recursive: true })
  }
}

function createProgram(databaseUrl: string, socketUrl: string, dataDir: string): ChildProgram {
  const settings = {
    DATABASE_URL: databaseUrl,
    SECRET_KEY: secretKey,
    DATA_DIR: dataDir,
    PORT: '0',
    WHATSAPP: 'baileys',
    WHATSAPP_ACCEPT_RISK: 'yes',
    WHATSAPP_WS_URL: socketUrl,
  }
  return createChildProgram(settings, 'src/main.ts', elsewhere)
}

async function measure(programs: ChildProgram[], server: Server): Promise<Row[]> {
  let [owner, heir] = programs
  const [owned, answered]: [number[], number[]] = [[], []]
  await owner?.start()
  await until(() => isConnected(owner), 'the first is connected')
  for (let round = 0; round < rounds && owner && heir; round++) {
    await heir.start()
    // The lease was renewed some time ago, never the same.
    await pause(2_000 + 3_000 * round)
    const diedAt = performance.now()
    owner.kill()
    const person = `62813000${30_000 + round}@s.whatsapp.net`
    await owner.gone()
    // Handed to a line that breaks in that moment it would be lost, unlike with WhatsApp.
    while ((await server.say(person, 'cek')).delivery !== 'queued') await pause(lookMs)
    await until(() => isConnected(heir), 'the other is connected')
    owned.push((performance.now() - diedAt) / 1_000)
    await until(() => server.shown.some(({ to }) => to === person), 'an answer')
    answered.push((performance.now() - diedAt) / 1_000)
    ;[owner, heir] = [heir, owner]
  }
  const goal = { of: 'figure', atMost: 45 } as const
  return [
    { what: 'until another machine has the number', unit: 's', rounds: owned, goal },
    { what: 'until who wrote meanwhile has an answer', unit: 's', rounds: answered },
  ]
}

/** Whether the last thing that the program said of its connection is that it stands. */
function isConnected(program: ChildProgram | undefined): boolean {
  const states = [...(program?.output() ?? '').matchAll(/"state":"([\w-]+)"/g)]
  return states.at(-1)?.[1] === 'connected'
}

async function until(holds: () => boolean, what: string): Promise<void> {
  const giveUpAt = performance.now() + patienceMs
  while (!holds()) {
    if (performance.now() > giveUpAt) throw new Error(`it never came that ${what}`)
    await pause(lookMs)
  }
}
