// Sending by the Cloud API: what arrives, with pictures, and outside the window.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type CloudStage, createCloudStage } from '../support/cloud-stage.ts'
import { failureOf } from '../support/failure-of.ts'

const dayMs = 24 * 60 * 60_000
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
function meet(number = 1, sort: 'number' | 'user' | 'both' = 'both') {
  const person = stage.fake.person(number, sort)
  person.say('halo')
  return person
}

const send: CloudStage['send'] = (...given) => stage.send(...given)

describe('what goes well', () => {
  test('words and buttons arrive, with the platform’s id', async () => {
    const siti = meet()
    const id = await send({ text: 'Setuju?', choices })
    const [reply] = siti.shown
    expect(reply).toMatchObject({ id, text: 'Setuju?', key: 'reply:1:0' })
    expect(reply?.choices.map(({ label }) => label)).toEqual(['Ya', 'Tidak'])
    siti.press('Tidak')
    await stage.fake.deliveries.settled()
    expect(stage.kept.at(-1)).toMatchObject({ kind: 'press', words: 't.agree.tidak' })
  })

  test('a number and a business-scoped id go into their own fields', async () => {
    const [siti, budi] = [meet(1, 'user'), meet(2, 'number')]
    await send({ text: 'a' }, {}, siti.userId)
    await send({ text: 'b' }, {}, budi.waId)
    expect([siti.shown[0]?.text, budi.shown[0]?.text]).toEqual(['a', 'b'])
    expect(stage.fake.calls.map(({ body }) => [body.to, body.recipient])).toEqual([
      [undefined, siti.userId],
      [budi.waId, undefined],
    ])
  })

  test('the own number is asked for with a button, and comes back', async () => {
    const siti = meet(1, 'user')
    await send({ text: 'Nomor HP?', wantsPhone: true })
    siti.shareContact()
    await stage.fake.deliveries.settled()
    expect(stage.kept.at(-1)).toMatchObject({ kind: 'phone', words: `+${siti.waId}` })
  })

  test('what the platform will not show as buttons goes as plain words', async () => {
    const siti = meet()
    stage.fake.failNext({ code: 131009, when: (body) => body.type === 'interactive' })
    await send({ text: 'Setuju?', choices })
    expect(siti.shown.map(({ text }) => text)).toEqual(['Setuju?\n\n1. Ya\n2. Tidak'])
  })

  test('the person is written to at the id they last wrote from', async () => {
    await stage.close()
    stage = await createCloudStage({ findReplyId: async () => stage.fake.person(1).userId })
    const siti = meet()
    await send({ text: 'a' }, {}, '6280099999999')
    expect(siti.shown).toHaveLength(1)
  })
})

describe('pictures and files', () => {
  let folder: string
  const uploads = () => stage.fake.calls.filter(({ path }) => path.endsWith('/media'))

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cloud-files-'))
    writeFileSync(join(folder, 'kartu.png'), 'png')
    writeFileSync(join(folder, 'panduan.pdf'), 'pdf')
    writeFileSync(join(folder, 'lagu.mp3'), 'mp3')
    await stage.close()
    stage = await createCloudStage({ filesDir: folder })
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  test('are uploaded once and carry the words', async () => {
    const [siti, budi] = [meet(1), meet(2)]
    await Promise.all([
      send({ text: 'Kartu Anda', picture: 'kartu.png' }, {}, siti.userId),
      send({ text: 'Kartu Anda', picture: 'kartu.png' }, {}, budi.userId),
    ])
    await send({ text: 'Panduan', file: 'panduan.pdf' }, {}, siti.userId)
    expect(siti.shown.map(({ type, text }) => [type, text])).toEqual([
      ['image', 'Kartu Anda'],
      ['document', 'Panduan'],
    ])
    expect(budi.shown).toHaveLength(1)
    expect(uploads()).toHaveLength(2)
  })

  test('go before words that cannot stand under them', async () => {
    const siti = meet()
    const id = await send({ text: 'Setuju?', choices, picture: 'kartu.png' })
    expect(siti.shown.map(({ type }) => type)).toEqual(['image', 'interactive'])
    // Only what carries the words is the message: what is told of the picture is not told of it.
    expect(siti.shown.map(({ key }) => key)).toEqual([undefined, 'reply:1:0'])
    expect(id).toBe(siti.shown[1]?.id)
  })

  test('are uploaded again when the platform forgot them', async () => {
    const siti = meet()
    await send({ text: 'a', picture: 'kartu.png' })
    stage.fake.failNext({ code: 131053, when: (body) => body.type === 'image' })
    await send({ text: 'b', picture: 'kartu.png' })
    stage.fake.skip(26 * dayMs)
    siti.say('halo')
    await send({ text: 'c', picture: 'kartu.png' })
    expect(siti.shown.map(({ text }) => text)).toEqual(['a', 'b', 'c'])
    expect(uploads()).toHaveLength(3)
  })

  test.each([
    ['are not there', 'hilang.png', undefined],
    ['are of another kind', 'lagu.mp3', undefined],
    ['lie elsewhere', '../../../../../../etc/hostname', undefined],
    ['cannot be uploaded', 'kartu.png', { code: 131053 }],
    ['meet trouble', 'kartu.png', { status: 500, text: 'x' }],
  ])('are left out when they %s', async (_what, picture, fault) => {
    const siti = meet()
    if (fault) stage.fake.failNext(fault)
    await send({ text: 'Kartu Anda', picture })
    expect(siti.shown.map(({ type, text }) => [type, text])).toEqual([['text', 'Kartu Anda']])
  })
})

describe('outside the window', () => {
  test('what the platform took as free words and did not deliver goes as a template', async () => {
    const person = meet()
    await send({ text: 'Kabar baik.' }, { class: 'notice', failedAs: '131047' })
    expect(person.shown).toMatchObject([{ type: 'template', text: 'Cabang Uji | Kabar baik.' }])
  })

  const notice = { class: 'notice' as const, key: 'enrolment:7' }
  beforeEach(() => {
    meet()
    stage.fake.approve('kabar', { languages: ['id', 'en_US'], blanks: 2 })
  })

  test('only the template of its class goes, in the language of the person', async () => {
    const heardAt = new Date()
    stage.fake.skip(dayMs)
    await send({ text: 'Sudah terdaftar.\nSelamat' }, { ...notice, heardAt, language: 'en' })
    const [reply] = stage.fake.person(1).shown
    expect(reply).toMatchObject({ type: 'template', text: 'Cabang Uji | Sudah terdaftar. Selamat' })
    expect(stage.fake.calls.at(-1)?.body.template).toMatchObject({ language: { code: 'en_US' } })
  })

  test('a class without a template fails, visibly and at once', async () => {
    const heardAt = new Date()
    stage.fake.skip(dayMs)
    const error = await failureOf(send({ text: 'a' }, { class: 'reminder', heardAt }))
    expect(error).toMatchObject({ reason: 'no-template', retryMs: undefined, maybeSent: false })
    expect(stage.fake.calls).toEqual([])
  })

  test('when the platform says so, the template goes at once', async () => {
    const siti = stage.fake.person(1)
    stage.fake.skip(dayMs)
    // By our clock they wrote a moment ago: the webhook was late.
    await send({ text: 'Sudah terdaftar.' }, notice)
    expect(siti.shown.map(({ type }) => type)).toEqual(['template'])
    expect(stage.fake.calls.map(({ code }) => code)).toEqual([131047, undefined])
  })

  test('a template that is not approved is a visible failure, and an officer hears of it', async () => {
    const heardAt = new Date()
    stage.fake.skip(dayMs)
    stage.fake.approve('kabar', { languages: ['id'], blanks: 3 })
    const error = await failureOf(send({ text: 'a' }, { ...notice, heardAt }))
    expect(error).toMatchObject({ reason: 'no-template', retryMs: undefined })
    expect(stage.alarms).toEqual(['template-refused 132000'])
    stage.fake.approve('kabar', { languages: ['id'], blanks: 2 })
    await send({ text: 'a' }, { ...notice, heardAt })
    expect(stage.alarms).toContain('template-refused closed')
  })

  test('nobody who never wrote is written to freely', async () => {
    const error = await failureOf(
      stage.channel.send(stage.fake.person(1).userId, { text: 'a' }, { key: 'k', class: 'reply' }),
    )
    expect(error.reason).toBe('no-template')
  })
})
