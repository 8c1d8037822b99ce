// Trouble with the Cloud API: what each kind of it means for a message, and for those after it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startWhatsAppServer } from '@openclaw/crabline'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type CloudStage, createCloudStage } from '../support/cloud-stage.ts'
import { failureOf } from '../support/failure-of.ts'
import type { Fault } from '../support/fake-cloud-api/types.ts'

const choices = [
  { label: 'Ya', press: 't.agree.ya' },
  { label: 'Tidak', press: 't.agree.tidak' },
]

let stage: CloudStage
beforeEach(async () => {
  stage = await createCloudStage()
})
afterEach(() => stage.close())

/** Somebody who wrote just now. */
function meet(number = 1) {
  const person = stage.fake.person(number)
  person.say('halo')
  return person
}

const send: CloudStage['send'] = (...given) => stage.send(...given)

const trouble: [what: string, fault: Fault, meaning: object][] = [
  ['130429', { code: 130429 }, { reason: 'slow-down', retryMs: 5_000, wholeChannel: true }],
  ['80007', { code: 80007 }, { reason: 'slow-down', retryMs: 5_000, wholeChannel: true }],
  ['429 alone', { status: 429 }, { reason: 'slow-down', wholeChannel: true }],
  ['131056', { code: 131056 }, { reason: 'slow-down', retryMs: 6_000, wholeChannel: false }],
  ['131049', { code: 131049 }, { reason: 'capped', retryMs: undefined }],
  ['131026', { code: 131026 }, { reason: 'gone', retryMs: undefined }],
  ['131030', { code: 131030 }, { reason: 'gone', retryMs: undefined }],
  ['190', { code: 190, status: 401 }, { reason: 'unauthorised', wholeChannel: true }],
  ['10', { code: 10, status: 403 }, { reason: 'unauthorised', wholeChannel: true }],
  ['131031', { code: 131031 }, { reason: 'unauthorised', wholeChannel: true }],
  ['100 of no such number', { code: 100, subcode: 33 }, { reason: 'unauthorised' }],
  ['401 alone', { status: 401 }, { reason: 'unauthorised', wholeChannel: true }],
  ['100', { code: 100 }, { reason: 'refused', retryMs: undefined, maybeSent: false }],
  ['a code of tomorrow', { code: 199_999 }, { reason: 'refused', retryMs: undefined }],
  ['131016', { code: 131016, status: 500 }, { reason: 'unreachable', maybeSent: true }],
  ['502 in HTML', { status: 502, text: '<h1>' }, { reason: 'unreachable', maybeSent: true }],
  ['200 with a page', { status: 200, text: '<h1>' }, { reason: 'unreachable', maybeSent: true }],
  ['a cut line', {}, { reason: 'unreachable', maybeSent: true, retryMs: 5_000 }],
  ['a cut line after all', { afterEffect: true }, { reason: 'unreachable', maybeSent: true }],
  ['silence', { hangs: true }, { reason: 'unreachable', maybeSent: true }],
]

describe('trouble', () => {
  test.each(trouble)('%s', async (_what, fault, meaning) => {
    meet()
    stage.fake.failNext(fault)
    expect(await failureOf(send({ text: 'a' }))).toMatchObject(meaning)
  })

  test('a port where nobody listens is surely not reached', async () => {
    await stage.close()
    const { apiRoot } = stage.fake
    stage = await createCloudStage({ apiRoot })
    const meaning = { reason: 'unreachable', maybeSent: false, wholeChannel: true, retryMs: 5_000 }
    expect(await failureOf(send({ text: 'a' }))).toMatchObject(meaning)
    expect(stage.channel.state()).toBe('unreachable')
  })

  test.each([
    ['reply', 5_000],
    ['notice', 5_000],
    ['reminder', undefined],
    ['campaign', undefined],
  ] as const)('a %s that may have been sent is tried again or not', async (kind, retryMs) => {
    meet()
    stage.fake.failNext({ afterEffect: true })
    const error = await failureOf(send({ text: 'a' }, { class: kind }))
    expect(error).toMatchObject({ retryMs, maybeSent: true })
  })

  test('too much for the channel holds everybody, too much for one only them', async () => {
    const [siti, budi] = [meet(1), meet(2)]
    stage.fake.failNext({ code: 131056 })
    await failureOf(send({ text: 'a' }))
    expect(await failureOf(send({ text: 'a' }))).toMatchObject({ wholeChannel: false })
    await send({ text: 'b' }, {}, budi.userId)
    stage.fake.failNext({ code: 130429 })
    await failureOf(send({ text: 'c' }, {}, budi.userId))
    expect(stage.channel.state()).toBe('paused')
    expect(await failureOf(send({ text: 'c' }, {}, budi.userId))).toMatchObject({
      reason: 'slow-down',
      wholeChannel: true,
    })
    expect(siti.shown).toEqual([])
    expect(stage.fake.calls).toHaveLength(3)
  })

  test('a refused account is told to an officer, and that it is over', async () => {
    meet()
    stage.fake.failNext({ code: 190, status: 401 })
    await failureOf(send({ text: 'a' }))
    expect(stage.channel.state()).toBe('unauthorised')
    expect(stage.alarms).toEqual(['account-refused 190'])
    expect(stage.logged.join()).not.toContain(stage.fake.token)
    await stage.channel.stop()
    expect(stage.channel.state()).toBe('stopped')
  })

  test('nothing about the person is in what is thrown or logged', async () => {
    const siti = meet()
    stage.fake.failNext({ code: 131026 })
    const error = await failureOf(send({ text: 'rahasia' }))
    const told = JSON.stringify([error, error.message, error.stack, stage.logged])
    for (const secret of [siti.userId, siti.waId, 'rahasia', stage.fake.token]) {
      expect(told).not.toContain(secret)
    }
  })

  test('the platform’s own limits are never met', async () => {
    stage.fake.limit()
    const siti = meet()
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, i) => send({ text: `${i}` })),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(40)
    expect(siti.shown).toHaveLength(40)
    expect(stage.fake.calls.every(({ code }) => code === undefined)).toBe(true)
  })
})

test('another Cloud API, which nobody here wrote, takes words too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'crabline-'))
  const server = await startWhatsAppServer({ recorderPath: join(folder, 'rec.jsonl') })
  await stage.close()
  stage = await createCloudStage({
    apiRoot: server.manifest.baseUrl,
    phoneId: server.manifest.phoneNumberId,
    token: server.manifest.accessToken,
  })
  try {
    const long = Array.from({ length: 11 }, (_, i) => ({ label: `Pilihan ${i}`, press: `${i}` }))
    const id = await send({ text: 'Halo', choices: long }, {}, '6280000000011')
    expect(id).toMatch(/^wamid\./)
    // It knows no buttons: they are refused, and the words go with numbers.
    expect(await send({ text: 'Setuju?', choices }, {}, '6280000000011')).toMatch(/^wamid\./)
    expect(stage.channel.state()).toBe('ready')
  } finally {
    await server.close()
    rmSync(folder, { recursive: true })
  }
})
