// The Cloud API's channel in the real program: who is who, what arrived, what cannot go.
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { queueNotices } from '../src/registry/notices.ts'
import { harness } from './support/contract/whatsapp-cloud.ts'
import {
  type ContractStage,
  createContractStage,
  listen,
  type Talk,
  wordsOf,
} from './support/contract.ts'
import { freshDatabase } from './support/postgres.ts'

let stage: ContractStage
beforeAll(async () => {
  stage = await createContractStage(await freshDatabase())
})
afterAll(() => stage.close())

const asked = (step: string, flow = 'villager/enrol') =>
  wordsOf(stage.program().runtime.book, flow, step)

let count = 200
function meet(): { person: ReturnType<typeof stage.cloud.person>; talk: Talk } {
  count += 1
  const person = stage.cloud.person(count, 'both')
  return { person, talk: listen(harness.open(stage, count), harness.name) }
}

const query = async (text: string, values: unknown[] = []) =>
  (await stage.program().runtime.db.pool.query(text, values)).rows

/** The row of the person's last message, by the platform's id of it, once that is noted. */
function lastRow(person: ReturnType<typeof stage.cloud.person>) {
  return vi.waitFor(async () => {
    const id = person.shown.at(-1)?.id
    const [row] = await query('SELECT * FROM outbound WHERE provider_id = $1', [id])
    if (!row) throw new Error('not noted yet')
    return row
  }, 60_000)
}

/** Whatever waits for another try need not wait any more. */
async function sendNow() {
  await query("UPDATE outbound SET not_before = now() WHERE state IN ('waiting', 'sending')")
  await query('UPDATE address SET sending_until = NULL')
  stage.program().runtime.ring('send-messages', { channel: 'whatsapp-cloud' })
}

test('a number and two ids of one person are one conversation, answered where they wrote', async () => {
  const { person, talk } = meet()
  person.sort = 'number'
  await talk.say('cek', asked('nationality'))
  person.sort = 'both'
  await talk.say('ya', asked('work-relation'))
  person.sort = 'user'
  await talk.say('1', asked('membership'))
  person.sort = 'number'
  await talk.say('ulang', asked('membership'))
  expect((await lastRow(person)).address_id).toBeTypeOf('number')
  const rows = await query(
    'SELECT DISTINCT address_id FROM outbound WHERE provider_id = ANY ($1)',
    [person.shown.map(({ id }) => id)],
  )
  expect(rows).toHaveLength(1)
})

test('two who turn out to be one are merged, and the talk goes on', async () => {
  const { person, talk } = meet()
  person.sort = 'number'
  await talk.say('cek', asked('nationality'))
  await talk.say('ya', asked('work-relation'))
  person.sort = 'user'
  await talk.say('halo', asked('greeting', 'villager/start'))
  person.sort = 'both'
  await talk.say('lanjut', asked('work-relation'))
  await talk.say('1', asked('membership'))
})

test('delivered and read are noted, whatever comes first', async () => {
  const { person, talk } = meet()
  await talk.say('cek', asked('nationality'))
  const reply = person.shown.at(-1)
  if (!reply) throw new Error('nothing was shown')
  person.tell(reply, 'read')
  person.tell(reply, 'delivered')
  await vi.waitFor(async () => {
    const row = await lastRow(person)
    expect(row).toMatchObject({ state: 'sent' })
    expect([row.delivered_at, row.read_at]).toEqual([expect.any(Date), expect.any(Date)])
  }, 60_000)
})

test('an answer that was sent although the line broke is not sent twice', async () => {
  const { person } = meet()
  // The platform tells that it was sent; the answer to the call itself never comes.
  stage.cloud.failNext({ afterEffect: true, when: (body) => body.recipient === person.userId })
  person.say('cek')
  await vi.waitFor(async () => {
    expect(await lastRow(person)).toMatchObject({ state: 'sent', tries: 1 })
  }, 60_000)
  await sendNow()
  await new Promise((resolve) => setTimeout(resolve, 500))
  const texts = person.shown.map(({ text }) => text)
  expect(texts.filter((text) => text.includes(asked('nationality')))).toHaveLength(1)
})

test('what may not go any more fails visibly, with its reason', async () => {
  const { person, talk } = meet()
  await talk.say('cek', asked('nationality'))
  const { runtime } = stage.program()
  const row = await lastRow(person)
  await query("UPDATE session SET updated_at = now() - interval '25 hours' WHERE address_id = $1", [
    row.address_id,
  ])
  const notice = { addressId: row.address_id, purpose: 'kabar:1', message: { text: 'Kabar' } }
  await queueNotices(runtime.db.pool, runtime.seal, [notice])
  await sendNow()
  await vi.waitFor(async () => {
    const [kept] = await query("SELECT state, reason FROM outbound WHERE purpose = 'kabar:1'")
    expect(kept).toEqual({ state: 'failed', reason: 'no-template' })
  }, 60_000)
})

test('a refused token is an alarm that an officer sees, and it ends by itself', async () => {
  const { person, talk } = meet()
  stage.cloud.failNext({ code: 190, status: 401, when: (body) => body.recipient === person.userId })
  const alarms = () => query('SELECT kind, detail FROM alarm WHERE closed_at IS NULL')
  person.say('cek')
  const alarm = { kind: 'account-refused', detail: '190' }
  await vi.waitFor(async () => expect(await alarms()).toEqual([alarm]), 60_000)
  // Whoever mends it starts the program anew.
  await stage.stop()
  await stage.start()
  await sendNow()
  await talk.hear(asked('nationality'))
  await vi.waitFor(async () => expect(await alarms()).toEqual([]), 60_000)
})
