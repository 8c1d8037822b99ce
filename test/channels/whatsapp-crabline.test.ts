// The real program and the real client against a server that nobody here wrote, over a bad line.
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { type Program, startProgram } from '../../src/program.ts'
import { phraseOf, wordsOf } from '../support/contract.ts'
import { type Server, startServer } from '../support/whatsapp/crabline.ts'
import { type Ground, layGround } from '../support/whatsapp/ground.ts'
import { type Line, layLine } from '../support/whatsapp/line.ts'
import { quickPace } from '../support/whatsapp/no-pace.ts'
import { until } from '../support/whatsapp/stage.ts'

let server: Server
let ground: Ground
let line: Line
let program: Program
beforeAll(async () => {
  server = await startServer()
  line = await layLine(server.url)
  ground = await layGround()
  const config = readConfig({ ...ground.environment(line.url), LOG_LEVEL: 'silent' })
  const whatsapp = { pace: quickPace(), leaseSeconds: 5, standbyMs: 200, keepAliveMs: 1_000 }
  program = await startProgram(config, () => undefined, { whatsapp })
  await until(() => state() === 'connected', 'connected')
})
afterAll(async () => {
  await program.stop()
  await line.close()
  await server.close()
  ground.close()
})

const state = () => program.channels.whatsapp?.state()
const asked = (step: string, flow = 'villager/enrol') => wordsOf(program.runtime.book, flow, step)
const told = (id: string) => phraseOf(program.runtime.book, id)

async function countKept(): Promise<number> {
  const { rows } = await program.runtime.db.pool.query('SELECT count(*) AS count FROM inbound')
  return rows[0].count
}

/** Somebody on WhatsApp, who hears one thing after another. */
function meet(id: string) {
  let heard = 0
  const hear = async (words: string) => {
    const texts = () => server.shown.filter(({ to }) => to === id).map(({ text }) => text)
    const find = () => texts().findIndex((text, at) => at >= heard && text.includes(words))
    await until(() => find() >= 0, `"${words}" among ${JSON.stringify(texts().slice(heard))}`)
    heard = find() + 1
    return texts()[heard - 1] ?? ''
  }
  return {
    id,
    hear,
    say: async (words: string, answer: string) => {
      await server.say(id, words)
      return hear(answer)
    },
    sendVoice: () => server.sendVoice(id),
    times: (words: string) =>
      server.shown.filter(({ to, text }) => to === id && text.includes(words)).length,
  }
}

const phone = (number: number) => `62813000${10_000 + number}@s.whatsapp.net`

describe('a talk', () => {
  it('a whole registration by numbers and words, from somebody without a phone id', async () => {
    const person = meet('98765432100001@lid')
    await person.say('halo', asked('menu', 'villager/start'))
    expect(await person.say('daftar', asked('consent'))).toMatch(/\n1\. .+\n2\. /)
    const road: [words: string, next: string][] = [
      ['1', 'nationality'],
      ['1', 'work-relation'],
      ['1', 'membership'],
      ['1', 'birth-date'],
      ['12 Maret 1985', 'nik'],
      ['6303055203850009', 'name'],
      ['Siti Contoh', 'birth-place'],
      ['Martapura', 'sex'],
      ['2', 'mother-name'],
      ['Ibu Contoh', 'phone'],
      ['081234567890', 'village'],
      ['pasayangan utara, kecamatan martapura', 'address'],
      ['lewati', 'occupation'],
      ['pedagang sayur', 'sector'],
      ['2', 'work-place'],
      ['pasar desa', 'income'],
      ['1500000', 'payer'],
      ['1', 'programme'],
      ['1', 'months'],
      ['2', 'campaign-consent'],
      ['tidak', 'review'],
    ]
    for (const [words, next] of road) await person.say(words, asked(next))
    const last = await person.say('ya', asked('submitted'))
    const { rows } = await program.runtime.db.pool.query(
      `SELECT a.channel FROM submission s JOIN address a ON a.id = s.address_id
        WHERE s.receipt = $1`,
      [/SD-(\w{5})-(\w{5})/.exec(last)?.slice(1).join('')],
    )
    expect(rows).toEqual([{ channel: 'whatsapp' }])
    // A number in the id of a person without a phone id is nobody's phone.
    const phones = await program.runtime.db.pool.query(`SELECT count(*) AS count FROM address`)
    expect(phones.rows).toEqual([{ count: 1 }])
  })

  it('a voice note gets one kind answer, and the place is kept', async () => {
    const person = meet(phone(1))
    await person.say('cek', asked('nationality'))
    await person.sendVoice()
    await person.hear(told('kind-voice'))
    await person.say('1', asked('work-relation'))
  })

  it('a photo gets one kind answer, its words are nobody’s answer, and the place is kept', async () => {
    const person = meet(phone(4))
    await person.say('cek', asked('nationality'))
    await server.sendPhoto(person.id, 'KTP saya')
    await person.hear(told('kind-photo'))
    await person.say('1', asked('work-relation'))
    expect(person.times(told('kind-photo'))).toBe(1)
  })

  it('two people at once are two addresses, and neither sees the other', async () => {
    const [one, other] = [meet(phone(2)), meet(phone(3))]
    await Promise.all([one.say('cek', asked('nationality')), other.say('daftar', asked('consent'))])
    await Promise.all([one.say('1', asked('work-relation')), other.say('1', asked('nationality'))])
    expect(one.times(asked('consent'))).toBe(0)
    expect(other.times(asked('work-relation'))).toBe(0)
  })

  it('what the server took is noted as sent, under the id that the phone has', async () => {
    const { rows } = await program.runtime.db.pool.query(
      `SELECT provider_id FROM outbound WHERE state = 'sent'`,
    )
    const ids = rows.map(({ provider_id }) => provider_id)
    expect(ids.length).toBeGreaterThan(20)
    expect(server.shown.map(({ id }) => id)).toEqual(expect.arrayContaining(ids))
  })
})

describe('a line that', () => {
  async function goesOn(number: number, trouble: () => void | Promise<void>) {
    const person = meet(phone(number))
    await person.say('cek', asked('nationality'))
    await trouble()
    // From here on the server knows that nobody listens, and keeps what is said.
    await until(() => state() !== 'connected', 'noticed')
    await person.say('1', asked('work-relation'))
    await person.say('1', asked('membership'))
    expect(person.times(asked('work-relation'))).toBe(1)
    expect(person.times(asked('membership'))).toBe(1)
  }

  it('drops', () => goesOn(10, () => line.cut('drop')))

  it('is reset', () => goesOn(11, () => line.cut('reset')))

  it('goes silent', () =>
    goesOn(12, async () => {
      line.stall(true)
      await until(() => state() !== 'connected', 'noticed')
      line.stall(false)
    }))

  it('breaks in the middle of many answers: each comes once', async () => {
    const people = Array.from({ length: 6 }, (_, i) => meet(phone(20 + i)))
    const before = await countKept()
    for (const { id } of people) await server.say(id, 'cek')
    // What is still on its way to the bot this server would not bring again, as WhatsApp does.
    while ((await countKept()) < before + people.length) await pause(5)
    line.cut('reset')
    await Promise.all(people.map((one) => one.hear(asked('nationality'))))
    expect(people.map((one) => one.times(asked('nationality')))).toEqual(people.map(() => 1))
  })
})
