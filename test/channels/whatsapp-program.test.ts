// The whole program over the double of WhatsApp, with the real registry: what the rows say.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { must } from '../../src/core/must.ts'
import { queueNotices } from '../../src/registry/notices.ts'
import { type ContractStage, createContractStage, phraseOf, wordsOf } from '../support/contract.ts'
import { createPerson, rawMessage } from '../support/fake-whatsapp/person.ts'
import { freshDatabase } from '../support/postgres.ts'
import { until } from '../support/whatsapp/stage.ts'

let stage: ContractStage
beforeAll(async () => {
  stage = await createContractStage(await freshDatabase())
})
afterAll(() => stage.close())

const program = () => stage.program()
const asked = (step: string, flow = 'villager/enrol') => wordsOf(program().runtime.book, flow, step)
const query = async (text: string, values: unknown[] = []) =>
  (await program().runtime.db.pool.query(text, values)).rows
const phone = (number: number) => `62814000${10_000 + number}@s.whatsapp.net`

/** Long enough for a busy machine: who waits for what comes loses nothing by it. */
const patience = { timeout: 120_000, interval: 50 }

async function connected() {
  await until(() => program().channels.whatsapp?.state() === 'connected', 'connected')
}

it('837 deliveries of one message are one row and one answer', async () => {
  await connected()
  const person = createPerson(stage.whatsapp, phone(1))
  const message = rawMessage(person.id, { conversation: 'cek' })
  for (let i = 0; i < 837; i++) stage.whatsapp.deliver(message)
  await until(() => person.texts().length > 0, 'an answer')
  person.say('1')
  await until(() => person.texts().some((text) => text.includes(asked('work-relation'))), 'next')
  expect(person.texts().filter((text) => text.includes(asked('nationality')))).toHaveLength(1)
})

it('500 messages of 50 people that waited for the bot are 500 rows', async () => {
  await connected()
  const before = (await query('SELECT count(*) AS count FROM inbound'))[0]?.count
  await stage.stop()
  const people = Array.from({ length: 50 }, (_, i) => createPerson(stage.whatsapp, phone(100 + i)))
  for (let i = 0; i < 10; i++) for (const person of people) person.say(`pesan ${i}`)
  await stage.start()
  const count = async () => (await query('SELECT count(*) AS count FROM inbound'))[0]?.count
  await expect.poll(count, patience).toBe(before + 500)
}, 180_000)

it('an id without a number first, the phone later: one address, one talk, replies follow', async () => {
  await connected()
  const [lid, phoneId] = ['98765432100077@lid', phone(77)]
  const hidden = createPerson(stage.whatsapp, lid, [phoneId])
  hidden.say('cek')
  await until(() => hidden.texts().some((text) => text.includes(asked('nationality'))), 'first')
  createPerson(stage.whatsapp, phoneId).send({ conversation: '1' }, lid)
  await until(() => hidden.texts().some((text) => text.includes(asked('work-relation'))), 'second')
  expect(stage.whatsapp.sent.filter(({ to }) => to === lid || to === phoneId).at(-1)?.to).toBe(
    phoneId,
  )
  const merged = await query(
    `SELECT count(DISTINCT address_id) AS addresses FROM address_alias
      WHERE channel = 'whatsapp' AND handle = ANY ($1)`,
    [[lid, phoneId].map((id) => blind(id))],
  )
  expect(merged).toEqual([{ addresses: 1 }])
})

function blind(id: string): Buffer {
  return program().runtime.seal.blindIndex('address', `whatsapp:${id}`)
}

it('two that were kept as two, with a mapping that comes later: merged, the open talk lives', async () => {
  await connected()
  const [lid, phoneId] = ['98765432100078@lid', phone(78)]
  const hidden = createPerson(stage.whatsapp, lid, [phoneId])
  const open = createPerson(stage.whatsapp, phoneId, [lid])
  hidden.say('halo')
  await until(() => hidden.texts().length > 0, 'first')
  open.say('cek')
  await until(() => open.texts().some((text) => text.includes(asked('nationality'))), 'second')
  stage.whatsapp.listener().sameId(lid, phoneId)
  hidden.say('1')
  await until(() => hidden.texts().some((text) => text.includes(asked('work-relation'))), 'third')
})

it('a message is asked for again after a restart, and its ticks are kept', async () => {
  await connected()
  const person = createPerson(stage.whatsapp, phone(5))
  person.say('cek')
  await until(() => person.texts().length > 0, 'an answer')
  const { id } = must(
    stage.whatsapp.sent.find(({ to }) => to === person.id),
    'a message',
  )
  await stage.stop()
  await stage.start()
  await connected()
  expect((await stage.whatsapp.askAgain(id))?.text).toContain(asked('nationality'))
  const at = new Date()
  stage.whatsapp.listener().delivery({ messageId: id, state: 'read', at })
  const row = async () =>
    (await query('SELECT state, read_at FROM outbound WHERE provider_id = $1', [id]))[0]
  await expect.poll(row, patience).toEqual({ state: 'sent', read_at: at })
})

it('463 holds back what the bot says first; the answer to the same person goes', async () => {
  await connected()
  const person = createPerson(stage.whatsapp, phone(6))
  person.say('cek')
  await until(() => person.texts().length > 0, 'an answer')
  const { runtime } = program()
  const addressId = (
    await query('SELECT address_id FROM address_alias WHERE handle = $1', [blind(person.id)])
  )[0]?.address_id
  // The refusal is for whatever is sent next: nothing of the talks before may still be on its way.
  await expect.poll(onTheWay, patience).toEqual([{ rows: 0 }])
  stage.whatsapp.next({ refuse: '463' })
  const notice = { addressId, purpose: 'test:463', message: { text: 'Pemberitahuan' } }
  await runtime.db.transaction((tx) => queueNotices(tx, runtime.seal, [notice]))
  runtime.ring('send-messages', { channel: 'whatsapp' })
  const row = async () =>
    (
      await query(
        `SELECT state, reason, tries, not_before > now() AS waits FROM outbound
          WHERE purpose = 'test:463'`,
      )
    )[0]
  const heldBack = { state: 'waiting', reason: 'slow-down', tries: 0, waits: true }
  await expect.poll(row, patience).toEqual(heldBack)
  person.say('1')
  await until(() => person.texts().some((text) => text.includes(asked('work-relation'))), 'answer')
  const alarms = await query(
    `SELECT kind FROM alarm WHERE channel = 'whatsapp' AND closed_at IS NULL`,
  )
  expect(alarms).toEqual([{ kind: 'time-locked' }])
})

const onTheWay = () =>
  query(`SELECT count(*)::int AS rows FROM outbound WHERE state IN ('waiting', 'sending')`)

it('a call is answered once a day', async () => {
  await connected()
  const person = createPerson(stage.whatsapp, phone(7))
  person.ring()
  await until(() => person.texts().length === 1, 'an answer')
  expect(person.texts()[0]).toContain(phraseOf(program().runtime.book, 'kind-call'))
  person.ring()
  person.say('cek')
  await until(() => person.texts().some((text) => text.includes(asked('nationality'))), 'next')
  expect(stage.whatsapp.rejectedCalls.length).toBeGreaterThanOrEqual(2)
  expect(person.texts()).toHaveLength(2)
})
