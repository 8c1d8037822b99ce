// The real program with the real client, as processes: what they write, and who may speak.
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Child, startChild } from '../support/whatsapp/child.ts'
import { type Server, startServer } from '../support/whatsapp/crabline.ts'
import { type Ground, layGround } from '../support/whatsapp/ground.ts'
import { type Line, layLine } from '../support/whatsapp/line.ts'
import { until } from '../support/whatsapp/stage.ts'

let server: Server
let ground: Ground
const children: Child[] = []
beforeAll(async () => {
  server = await startServer()
  ground = await layGround()
})
afterAll(async () => {
  for (const child of children) await child.end()
  await server.close()
  ground.close()
})

async function start(url: string): Promise<Child> {
  const child = await startChild(ground.environment(url))
  children.push(child)
  return child
}

const person = (number: number) => `62812000${10_000 + number}@s.whatsapp.net`
const shownTo = (id: string) => server.shown.filter(({ to }) => to === id)

/** Longer than all that is waited for in a test together. */
const timeout = 120_000

it('writes no key, whatever the Signal library prints: 50 messages', { timeout }, async () => {
  const child = await start(server.url)
  await child.saw('"state":"connected"')
  const people = Array.from({ length: 10 }, (_, i) => person(i))
  for (const words of ['halo', 'menu', 'menu', 'menu']) {
    for (const id of people) await server.say(id, words)
  }
  await until(() => people.every((id) => shownTo(id).length >= 5), '50 messages')
  await child.end()
  const written = child.written()
  // It did print: the guard counted it.
  const counts = [...written.matchAll(/"count":(\d+),"msg":"kept off the terminal"/g)]
  expect(counts.reduce((sum, [, count]) => sum + Number(count), 0)).toBeGreaterThan(0)
  for (const secret of ['privKey', 'pubKey', '<Buffer', 'rootKey', 'SessionEntry', 'chainKey']) {
    expect(written).not.toContain(secret)
  }
  for (const id of people) expect(written).not.toContain(id.slice(0, 12))
})

/** Frozen between asking whether it may write and writing, anybody would when they wake up. */
async function fallsSilent(line: Line) {
  for (let sent = -1; sent !== line.sentBytes(); await pause(200)) sent = line.sentBytes()
}

it('a frozen owner loses the number, and is silent when it wakes up', { timeout }, async () => {
  const lines = [await layLine(server.url), await layLine(server.url)] as const
  const owner = await start(lines[0].url)
  await owner.saw('"state":"connected"')
  const heir = await start(lines[1].url)
  await heir.saw('"state":"standby"')
  // A bell that the other process hears is for the owner.
  const people = Array.from({ length: 6 }, (_, i) => person(80 + i))
  for (const id of people) await server.say(id, 'halo')
  await until(() => people.every((id) => shownTo(id).length >= 2), 'answers')
  expect(heir.written()).not.toContain('a message was not sent')
  await fallsSilent(lines[0])
  owner.signal('SIGSTOP')
  const frozenAt = performance.now()
  await heir.saw('"state":"connected"')
  const takeOverMs = performance.now() - frozenAt
  // The lease is 3 seconds here, and 25 in real use. Frozen amid a transaction, the owner keeps what
  // it has locked until Postgres ends that after 30 seconds.
  expect(takeOverMs).toBeGreaterThan(1_500)
  expect(takeOverMs).toBeLessThan(45_000)
  const sentBefore = lines[0].sentBytes()
  owner.signal('SIGCONT')
  await owner.saw('"state":"standby"')
  expect(lines[0].sentBytes()).toBe(sentBefore)
  await server.say(person(90), 'halo')
  await until(() => shownTo(person(90)).length >= 2, 'an answer')
  expect(lines[0].sentBytes()).toBe(sentBefore)
  await Promise.all(lines.map((line) => line.close()))
})
