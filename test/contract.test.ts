// One suite over every channel: the real program, its database and its jobs, met as people meet it.
import { afterAll, beforeAll, describe, test, vi } from 'vitest'
import { certificateCode, certificateDocument } from '../src/registry/certificates.ts'
import { queueNotices } from '../src/registry/notices.ts'
import {
  type ContractStage,
  createContractStage,
  type Harness,
  listen,
  type Person,
  phraseOf,
  readHarnesses,
  type Talk,
  wordsOf,
} from './support/contract.ts'
import { freshDatabase } from './support/postgres.ts'

const harnesses = await readHarnesses()
const databaseUrl = await freshDatabase()

let stage: ContractStage
beforeAll(async () => {
  stage = await createContractStage(databaseUrl)
})
afterAll(() => stage.close())

const people: Person[] = []
let count = 0
afterAll(() => {
  for (const person of people) person.close()
})

function meet(harness: Harness): Talk {
  count += 1
  const person = harness.open(stage, count)
  people.push(person)
  return listen(person, harness.name)
}

const asked = (step: string, flow = 'villager/enrol') =>
  wordsOf(stage.program().runtime.book, flow, step)
const told = (id: string) => phraseOf(stage.program().runtime.book, id)

/** Opens the talk and goes as far as the birth date. */
async function reachBirthDate(talk: Talk) {
  await talk.say('daftar', asked('consent'))
  await talk.say('1', asked('nationality'))
  await talk.say('ya', asked('work-relation'))
  await talk.say('1', asked('membership'))
  await talk.say('belum pernah', asked('birth-date'))
}

const rest: [words: string, next: string][] = [
  ['siti contoh', 'birth-place'],
  ['Martapura', 'sex'],
  ['2', 'mother-name'],
  ['ibu contoh', 'phone'],
  ['0812 3456 7890', 'village'],
  ['pasayangan utara, kecamatan martapura', 'address'],
  ['lewati', 'occupation'],
  ['pedagang sayur', 'sector'],
  ['2', 'work-place'],
  ['pasar desa', 'income'],
  ['1,5 juta', 'payer'],
  ['1', 'programme'],
  ['1', 'months'],
  ['2', 'campaign-consent'],
  ['tidak', 'review'],
]

/** What the database holds under a receipt, once the submission was worked on. */
async function findSubmissions(receipt: string) {
  const { rows } = await stage.program().runtime.db.pool.query(
    `SELECT s.state, count(e.id)::int AS enrolments
       FROM submission s LEFT JOIN enrolment e ON e.submission_id = s.id
      WHERE s.receipt = $1 GROUP BY s.id`,
    [receipt],
  )
  return rows
}

/** Which consents the database holds under a receipt. */
async function findConsents(receipt: string) {
  const { rows } = await stage
    .program()
    .runtime.db.pool.query('SELECT kind FROM consent WHERE receipt = $1 ORDER BY kind', [receipt])
  return rows.map(({ kind }) => kind)
}

/** Writes a certificate of a village and sends it to whoever speaks English on this channel. */
async function sendCertificate(channel: string) {
  const { db, seal, book } = stage.program().runtime
  const [villageCode, ordinal] = ['63.03.05.2056', harnesses.findIndex(isNamed(channel)) + 1]
  const code = certificateCode(seal, villageCode, ordinal)
  const document = certificateDocument(book, 'id', { code, villageCode })
  await db.pool.query(
    `INSERT INTO village_status
       (village_code, ordinal, is_sadar, since_on, reason, people, agreement, code)
     VALUES ($1, $2, true, '2026-11-21', 'given', 11, 'PER/12', $3)`,
    [villageCode, ordinal, code],
  )
  const { rows } = await db.pool.query<{ id: number }>(
    `SELECT id FROM address WHERE channel = $1 AND language = 'en'`,
    [channel],
  )
  const message = { text: 'Piagam untuk dinding', document }
  const notices = rows.map(({ id }) => ({ addressId: id, purpose: `paper:${channel}`, message }))
  await queueNotices(db.pool, seal, notices)
  stage.program().runtime.ring('send-messages', { channel })
  return document
}

function isNamed(name: string) {
  return (one: { name: string }) => one.name === name
}

const zoo: [what: string, words: string][] = [
  ['emoji', '👨‍👩‍👧‍👦🇮🇩😀'],
  ['right to left', 'مرحبا \u202Eabc'],
  ['zero width', '\u200B\u200D\uFEFF'],
  ['control characters', 'a\u0000b\u0007c\u001B[31m'],
  ['half a character', 'x\uD83D'],
  ['piled-up accents', `Z${'\u0301'.repeat(60)}`],
  ['markup', '<b>*_`[x](y)</b>{{7*7}} %s'],
]

describe.each(harnesses)('$name', { concurrent: true }, (harness) => {
  // The longest first: on Telegram one chat takes one message a second.
  test('a whole registration ends in a receipt, a row and its enrolments', async ({ expect }) => {
    const talk = meet(harness)
    await reachBirthDate(talk)
    await talk.say('12 maret 1985', asked('nik'))
    await talk.say(`630305520385000${harnesses.indexOf(harness) + 1}`, asked('name'))
    for (const [words, next] of rest) await talk.say(words, asked(next))
    await talk.say('ubah', told('change-what'))
    await talk.say('nama', asked('name'))
    await talk.say('siti contoh', asked('review'))
    const last = await talk.say('ya', asked('submitted'))
    const receipt = /SD-(\w{5})-(\w{5})/.exec(last.text)
    const plain = `${receipt?.[1]}${receipt?.[2]}`
    await vi.waitFor(async () => {
      const rows = await findSubmissions(plain)
      expect(rows).toEqual([{ state: 'recorded', enrolments: 2 }])
    }, 60_000)
    // An answer that was changed on the way did not make anybody consent twice.
    expect(await findConsents(plain)).toEqual(['campaign', 'registration'])
    const status = await talk.say('status', asked('shown', 'villager/status'))
    expect(status.text).toContain(receipt?.[0])
  })

  test.each(zoo)('%s: a kind answer, and the place is kept', async (_, words) => {
    const talk = meet(harness)
    await talk.say('cek', asked('nationality'))
    await talk.say('ya', asked('work-relation'))
    talk.person.say(words)
    await talk.hear('')
    await talk.say('1', asked('membership'))
  })

  test('a greeting says who runs this, and the menu is there to choose from', async ({
    expect,
  }) => {
    const talk = meet(harness)
    talk.person.start()
    const greeting = await talk.hear(asked('greeting', 'villager/start'))
    expect(greeting.text).toContain(stage.config.OPERATOR)
    const menu = await talk.hear(asked('menu', 'villager/start'))
    expect(menu.labels).toHaveLength(6)
    await talk.say('2', asked('nationality'))
  })

  if (harness.can.includes('press'))
    test('a button is a choice', async () => {
      const talk = meet(harness)
      talk.person.start()
      const menu = await talk.hear(asked('menu', 'villager/start'))
      talk.person.press?.(menu.labels[2] ?? '')
      const consent = await talk.hear(asked('consent'))
      talk.person.press?.(consent.labels[0] ?? '')
      await talk.hear(asked('nationality'))
    })

  if (harness.can.includes('press'))
    test('an old button is answered kindly and changes nothing', async () => {
      const talk = meet(harness)
      const first = await talk.say('cek', asked('nationality'))
      await talk.say('1', asked('work-relation'))
      await talk.say('1', asked('membership'))
      // The question at hand has a choice of the same key.
      talk.person.press?.(first.labels[1] ?? '')
      await talk.hear(told('stale-button'))
      await talk.hear(asked('membership'))
      await talk.say('1', asked('birth-date'))
    })

  test('the words that work everywhere keep the place', async () => {
    const talk = meet(harness)
    await reachBirthDate(talk)
    await talk.say('menu', asked('menu', 'villager/start'))
    await talk.say('lanjut', asked('birth-date'))
    await talk.say('kembali', asked('membership'))
    await talk.say('belum pernah', asked('birth-date'))
    await talk.say('berapa iurannya?', asked('birth-date'))
    await talk.say('12 Maret 1985', asked('nik'))
  })

  test('a message that comes twice is answered once and counts once', async ({ expect }) => {
    const talk = meet(harness)
    await talk.say('cek', asked('nationality'))
    await talk.say('1', asked('work-relation'))
    talk.person.again()
    talk.person.again()
    // Had the repeat been taken, it would have answered this question too.
    await talk.say('ulang', asked('work-relation'))
    const texts = (await talk.person.replies()).map(({ text }) => text)
    expect(texts.filter((text) => text.includes(asked('work-relation')))).toHaveLength(2)
    expect(texts.filter((text) => text.includes(asked('membership')))).toHaveLength(0)
  })

  test('several messages at once keep their order', async ({ expect }) => {
    const talk = meet(harness)
    // Consent is nobody's who has not read what it is to: that question is waited for.
    await talk.say('daftar', asked('consent'))
    for (const words of ['1', 'ya', '1', 'belum pernah', '12-3-85']) talk.person.say(words)
    await talk.hear(asked('nik'))
    const texts = (await talk.person.replies()).map(({ text }) => text)
    const steps = ['consent', 'nationality', 'work-relation', 'membership', 'birth-date', 'nik']
    const places = steps.map((step) => texts.findIndex((text) => text.includes(asked(step))))
    expect(places).toEqual([...places].sort((one, other) => one - other))
    expect(places).not.toContain(-1)
  })

  test('a text of many pages gets one short answer', async () => {
    const talk = meet(harness)
    await talk.say('cek', asked('nationality'))
    await talk.say('panjang '.repeat(2_000).slice(0, harness.longest), told('kind-long'))
    await talk.say('ya', asked('work-relation'))
  })

  if (harness.can.includes('send'))
    test('photos and voice notes get a kind answer each', async () => {
      const talk = meet(harness)
      await talk.say('cek', asked('nationality'))
      talk.person.send?.('photo')
      await talk.hear(told('kind-photo'))
      await talk.say('ya', asked('work-relation'))
      const other = meet(harness)
      await other.say('cek', asked('nationality'))
      other.person.send?.('voice')
      await other.hear(told('kind-voice'))
      await other.say('ya', asked('work-relation'))
    })

  if (harness.can.includes('block'))
    test('whoever blocks the bot holds nobody up', async ({ expect }) => {
      const gone = meet(harness)
      await gone.say('cek', asked('nationality'))
      gone.person.block?.(true)
      gone.person.say('ya')
      const other = meet(harness)
      await other.say('cek', asked('nationality'))
      gone.person.block?.(false)
      await gone.say('ulang', asked('work-relation'))
      expect((await gone.person.replies()).length).toBeGreaterThan(1)
    })

  test('a document is made from its row and comes with the words', async ({ expect }) => {
    const talk = meet(harness)
    // By the language, which nobody else here chooses, the test knows the person's address.
    await talk.say('english', asked('language', 'villager/language'))
    await talk.say('English', 'we speak English')
    const document = await sendCertificate(harness.name)
    const heard = await talk.hear('Piagam untuk dinding')
    expect(heard.file).toBe(document.name)
  })

  test('people do not see each other', async ({ expect }) => {
    const [one, other] = [meet(harness), meet(harness)]
    await reachBirthDate(one)
    await one.say('12 Maret 1985', asked('nik'))
    await other.say('data saya', asked('nothing-held', 'villager/my-data'))
    await other.say('lanjut', asked('menu', 'villager/start'))
    await one.say('ulang', asked('nik'))
    const texts = (await other.person.replies()).map(({ text }) => text)
    expect(texts.filter((text) => text.includes(asked('nik')))).toEqual([])
  })
})

test('the program ends and begins again, and everybody goes on with the same question', async () => {
  const talks = harnesses.map(meet)
  await Promise.all(talks.map(reachBirthDate))
  await stage.stop()
  // Said while nobody listens: each channel's other end keeps it.
  for (const talk of talks) talk.person.say('12 Maret 1985')
  await stage.start()
  await Promise.all(talks.map((talk) => talk.hear(asked('nik'))))
})
