// What WhatsApp's messages become: a table of payloads as the client gives them, and totality.
import { proto } from '@whiskeysockets/baileys'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode, decodeUnread, normaliseId } from '../../src/channels/whatsapp/decode.ts'
import { photo, rawMessage, voice } from '../support/fake-whatsapp/person.ts'

const now = new Date('2026-11-21T08:00:00Z')
const phoneId = '6281200000001@s.whatsapp.net'
const lid = '98765432101234@lid'

function kindOf(content: object): [string, string] | null {
  const decoded = decode(rawMessage(phoneId, content), now)
  return decoded && [decoded.inbound.kind, decoded.inbound.words]
}

const wrap = (name: string, message: object) => ({ [name]: { message } })

const table: [what: string, content: object, becomes: [string, string] | null][] = [
  ['plain words', { conversation: 'daftar' }, ['text', 'daftar']],
  ['words with a link or a quote', { extendedTextMessage: { text: 'ya' } }, ['text', 'ya']],
  [
    'words that carry a group key',
    { conversation: 'ya', senderKeyDistributionMessage: { groupId: 'x' } },
    ['text', 'ya'],
  ],
  [
    'words with context',
    { messageContextInfo: { deviceListMetadata: {} }, conversation: 'ya' },
    ['text', 'ya'],
  ],
  ['disappearing', wrap('ephemeralMessage', { conversation: 'ya' }), ['text', 'ya']],
  ['a photo', photo, ['photo', '']],
  ['a photo to be seen once', wrap('viewOnceMessageV2', photo), ['photo', '']],
  [
    'a disappearing photo to be seen once',
    wrap('ephemeralMessage', wrap('viewOnceMessage', photo)),
    ['photo', ''],
  ],
  ['a picture of an album', wrap('associatedChildMessage', photo), ['photo', '']],
  ['the head of an album', { albumMessage: { expectedImageCount: 10 } }, null],
  ['a voice note', voice, ['voice', '']],
  ['a voice note heard once', wrap('viewOnceMessageV2Extension', voice), ['voice', '']],
  ['a video', { videoMessage: { mimetype: 'video/mp4' } }, ['video', '']],
  ['a round video', { ptvMessage: { mimetype: 'video/mp4' } }, ['video', '']],
  ['a sticker', { stickerMessage: {} }, ['sticker', '']],
  ['a moving sticker', wrap('lottieStickerMessage', { stickerMessage: {} }), ['sticker', '']],
  ['a place', { locationMessage: { degreesLatitude: -3.4 } }, ['location', '']],
  ['a place that moves', { liveLocationMessage: {} }, ['location', '']],
  ['a contact', { contactMessage: { displayName: 'X', vcard: 'BEGIN:VCARD' } }, ['contact', '']],
  ['contacts', { contactsArrayMessage: { contacts: [] } }, ['contact', '']],
  ['a file', { documentMessage: { fileName: 'KTP.pdf' } }, ['document', '']],
  [
    'a file with words',
    wrap('documentWithCaptionMessage', { documentMessage: { caption: 'KTP saya' } }),
    ['document', ''],
  ],
  [
    'a button of another client',
    { buttonsResponseMessage: { selectedDisplayText: 'Ya' } },
    ['text', 'Ya'],
  ],
  ['a row of a list', { listResponseMessage: { title: 'Daftar' } }, ['text', 'Daftar']],
  [
    'a template button',
    { templateButtonReplyMessage: { selectedDisplayText: 'Ya' } },
    ['text', 'Ya'],
  ],
  ['a native answer', { interactiveResponseMessage: { body: { text: 'Ya' } } }, ['text', 'Ya']],
  ['a poll', { pollCreationMessageV3: { name: 'Ya?' } }, ['other', '']],
  ['an invitation', { groupInviteMessage: { groupName: 'Desa' } }, ['other', '']],
  ['what nobody knows yet', { holographicMessage: {} }, ['other', '']],
  ['a change', { protocolMessage: { type: 14, key: { id: 'X' } } }, ['edited', '']],
  [
    'a change in its wrapper',
    wrap('editedMessage', { protocolMessage: { type: 14 } }),
    ['edited', ''],
  ],
  ['a deletion', { protocolMessage: { type: 0, key: { id: 'X' } } }, null],
  ['old messages from the phone', { protocolMessage: { type: 5 } }, null],
  ['a reaction', { reactionMessage: { text: '👍' } }, null],
  ['a vote', { pollUpdateMessage: {} }, null],
  ['a pin', { pinInChatMessage: {} }, null],
  ['a key alone', { senderKeyDistributionMessage: { groupId: 'x' } }, null],
  ['nothing', {}, null],
  ['a letter in two parts', { conversation: 'e\u0301' }, ['text', '\u00e9']],
  ['a NUL', { conversation: 'a\u0000b' }, ['text', 'ab']],
]

describe('a message of a private chat', () => {
  it.each(table)('%s', (_, content, becomes) => {
    expect(kindOf(content)).toEqual(becomes)
  })

  it('reads the objects of the client as it reads plain ones', () => {
    const plain = { ephemeralMessage: { message: { extendedTextMessage: { text: 'ya' } } } }
    expect(kindOf(proto.Message.fromObject(plain))).toEqual(['text', 'ya'])
    expect(kindOf(proto.Message.decode(proto.Message.encode(plain).finish()))).toEqual([
      'text',
      'ya',
    ])
  })

  it('keeps the id, the moment, and both ids of the person', () => {
    const raw = rawMessage(lid, { conversation: 'halo' }, { id: '3A01', remoteJidAlt: phoneId })
    expect(decode({ ...raw, messageTimestamp: 1_795_300_000 }, now)).toEqual({
      inbound: {
        channel: 'whatsapp',
        address: lid,
        externalId: '3A01',
        kind: 'text',
        words: 'halo',
        at: '2026-11-21T22:26:40.000Z',
      },
      alsoKnownAs: phoneId,
    })
  })

  it.each([
    ['a number', 1_795_300_000],
    ['a text', '1795300000'],
    ['two halves', { low: 1_795_300_000, high: 0, unsigned: true }],
    ['two halves with a sign', { low: 1_795_300_000 | 0, high: 0, unsigned: false }],
  ])('a moment as %s', (_, messageTimestamp) => {
    const raw = { ...rawMessage(phoneId, { conversation: 'x' }), messageTimestamp }
    expect(decode(raw, now)?.inbound.at).toBe('2026-11-21T22:26:40.000Z')
  })

  it.each([-1, 0, 1e300, Number.NaN, 'soon', null, { low: 1 }])(
    'a moment that makes no sense is now: %s',
    (messageTimestamp) => {
      const raw = { ...rawMessage(phoneId, { conversation: 'x' }), messageTimestamp }
      expect(decode(raw, now)?.inbound.at).toBe(now.toISOString())
    },
  )
})

describe('who is no person writing to the bot', () => {
  const words = { conversation: 'halo' }
  it.each([
    ['the bot itself', rawMessage(phoneId, words, { fromMe: true })],
    ['a status', rawMessage('status@broadcast', words)],
    ['a broadcast list', rawMessage('1234567@broadcast', words)],
    ['a group', rawMessage('120363000000000000@g.us', words)],
    ['an old group', rawMessage('6281200000001-1500000000@g.us', words)],
    ['a newsletter', rawMessage('120363000000000000@newsletter', words)],
    ['WhatsApp itself', rawMessage('0@s.whatsapp.net', words)],
    ['an assistant', rawMessage('867051314767696@bot', words)],
    ['no id', rawMessage(phoneId, words, { id: '' })],
    ['an id that is none', rawMessage(phoneId, words, { id: 'a\u0000b' })],
  ])('%s', (_, raw) => {
    expect(decode(raw, now)).toBeNull()
  })
})

describe('ids', () => {
  it.each([
    ['6281200000001@s.whatsapp.net', '6281200000001@s.whatsapp.net'],
    ['6281200000001:12@s.whatsapp.net', '6281200000001@s.whatsapp.net'],
    ['6281200000001@c.us', '6281200000001@s.whatsapp.net'],
    ['98765432101234:3@lid', '98765432101234@lid'],
    ['98765432101234_1:3@lid', '98765432101234@lid'],
    ['98765432101234@lid.example', undefined],
    ['@lid', undefined],
    ['', undefined],
  ])('%s', (id, normal) => {
    expect(normaliseId(id)).toBe(normal)
  })

  it('digits before @lid never become a phone id', () => {
    const digits = fc.stringMatching(/^\d{5,20}$/)
    fc.assert(fc.property(digits, (id) => normaliseId(`${id}@lid`)?.endsWith('@lid') === true))
  })

  it('a message that could not be opened is known by its sender and id', () => {
    const stub = { ...rawMessage(lid, {}, { id: '3A02' }), message: null, messageStubType: 2 }
    expect(decodeUnread(stub)).toEqual({ address: lid, id: '3A02' })
    expect(decodeUnread({ ...stub, messageStubType: 40 })).toBeNull()
    expect(decode(stub, now)).toBeNull()
  })
})

describe('whatever comes', () => {
  const names = [...table.flatMap(([, content]) => Object.keys(content)), 'message', '__proto__']
  const part = fc.letrec((tie) => ({
    part: fc.oneof(
      { maxDepth: 4 },
      fc.anything(),
      fc.dictionary(fc.constantFrom(...names), tie('part'), { maxKeys: 3 }),
    ),
  })).part

  it('is read or passed over, and never throws', () => {
    const jid = fc.oneof(fc.string(), fc.constantFrom(phoneId, lid, 'status@broadcast'))
    const id = fc.oneof(fc.string(), fc.constant('3A03'))
    fc.assert(
      fc.property(jid, id, part, fc.anything(), (remoteJid, id, message, messageTimestamp) => {
        const key = { remoteJid, id, fromMe: false }
        const decoded = decode({ key, message, messageTimestamp }, now)
        if (decoded === null) return
        expect([phoneId, lid]).toContain(decoded.inbound.address)
        expect(decoded.inbound.words).not.toContain('\u0000')
        expect(Date.parse(decoded.inbound.at)).not.toBeNaN()
      }),
      { numRuns: 3_000 },
    )
    fc.assert(fc.property(fc.anything(), (any) => decode(any, now) === null))
  })
})
