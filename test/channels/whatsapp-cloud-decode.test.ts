// The Cloud API's payloads as they really look, and what the program makes of each.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode } from '../../src/channels/whatsapp-cloud/decode.ts'
import { payloadOf } from '../support/fake-cloud-api/person.ts'

const phoneId = '100000000000001'
const receivedAt = new Date('2026-11-21T09:00:00.000Z')
const waId = '6280000000011'
const userId = 'ID.7700000011'
const base = { id: 'wamid.HBgN', timestamp: '1795248000' } // 2026-11-21T08:00:00Z
const media = { id: '1', mime_type: 'x/y', sha256: 'x' }
const profile = { name: 'Orang' }
const contacts = [{ profile, wa_id: waId }]

const take = (content: object) => decode(payloadOf(phoneId, { ...content }), phoneId, receivedAt)
const heardOf = (message: object) => take({ contacts, messages: [{ ...base, ...message }] }).heard
const from = (type: string, content: unknown) => ({ from: waId, type, [type]: content })
const card = (changes: object, phones: object[] = [{ phone: '+62 800-0000011', wa_id: waId }]) =>
  from('contacts', [{ origin: 'contact_request', phones, ...changes }])

const said: [what: string, message: object, kind: string, words: string][] = [
  ['words', from('text', { body: 'Halo, mau daftar' }), 'text', 'Halo, mau daftar'],
  ['words of a reply', { ...from('text', { body: 'ya' }), context: { id: 'x' } }, 'text', 'ya'],
  ['words after an advertisement', { ...from('text', { body: 'ya' }), referral: {} }, 'text', 'ya'],
  [
    'a reply button',
    from('interactive', { type: 'button_reply', button_reply: { id: 'a.b.ya', title: 'Ya' } }),
    'press',
    'a.b.ya',
  ],
  [
    'a row of a list',
    from('interactive', { type: 'list_reply', list_reply: { id: 'a.b.2', title: '2' } }),
    'press',
    'a.b.2',
  ],
  ['a form', from('interactive', { type: 'nfm_reply', nfm_reply: {} }), 'other', ''],
  ['a template’s button', from('button', { text: 'Ya', payload: 'p' }), 'text', 'Ya'],
  ['a picture', from('image', media), 'photo', ''],
  ['a picture with words', from('image', { ...media, caption: '63030' }), 'photo', ''],
  ['a voice', from('audio', { ...media, voice: true }), 'voice', ''],
  ['music', from('audio', media), 'voice', ''],
  ['a film', from('video', media), 'video', ''],
  ['a sticker', from('sticker', { ...media, animated: true }), 'sticker', ''],
  ['a file', from('document', { ...media, filename: 'daftar.xlsx' }), 'document', ''],
  ['a place', from('location', { latitude: -3.3, longitude: 114.6 }), 'location', ''],
  ['an order', from('order', { catalog_id: '1' }), 'other', ''],
  ['what the platform cannot show', from('unsupported', { type: 'poll' }), 'other', ''],
  ['what comes tomorrow', from('hologram', {}), 'other', ''],
  ['a type that is a name in every object', from('constructor', {}), 'other', ''],
  ['a changed message', from('edit', { original_message_id: 'x' }), 'edited', ''],
  ['a message taken back', from('revoke', { original_message_id: 'x' }), 'edited', ''],
  ['a chat that was opened', from('request_welcome', {}), 'start', ''],
  ['words that are none', from('text', { body: 7 }), 'other', ''],
  ['the own number, at the button', card({}), 'phone', `+${waId}`],
  ['an own number without an account', card({}, [{ phone: `+${waId}` }]), 'phone', `+${waId}`],
]

const strangersCards: [what: string, message: object][] = [
  ['that was not asked for', card({ origin: 'other' })],
  ['of an older kind, without origin', card({ origin: undefined })],
  ['of somebody else', card({}, [{ phone: '+6280000000012', wa_id: '6280000000012' }])],
  ['with two numbers', card({}, [{ wa_id: waId }, { wa_id: '6280000000012' }])],
  ['without a number', card({}, [{}])],
  ['without digits', card({}, [{ phone: '+' }])],
  ['without phones', card({ phones: undefined })],
  ['without cards', from('contacts', [])],
  ['with strange cards', from('contacts', 'x')],
]

const unheard: [what: string, content: object][] = [
  ['a reaction', { contacts, messages: [{ ...base, ...from('reaction', { emoji: '👍' }) }] }],
  ['a group', { contacts, messages: [{ ...base, ...from('text', { body: 'a' }), group_id: 'g' }] }],
  ['nobody', { messages: [{ ...base, type: 'text', text: { body: 'halo' } }] }],
  ['a message without an id', { contacts, messages: [{ ...from('text', { body: 'a' }) }] }],
  ['a call that ended', { contacts, calls: [{ ...base, from: waId, event: 'terminate' }] }],
  ['a list that is none', { contacts, messages: {} }],
  ['only contacts', { contacts }],
]

describe('what people said', () => {
  test.each(said)('%s', (_what, message, kind, words) => {
    const at = '2026-11-21T08:00:00.000Z'
    const inbound = { channel: 'whatsapp-cloud', address: waId, externalId: base.id, at }
    expect(heardOf(message)).toEqual([{ inbound: { ...inbound, kind, words } }])
  })

  test.each(strangersCards)('a card %s proves no number', (_what, message) => {
    expect(heardOf(message)[0]?.inbound).toMatchObject({ kind: 'contact', words: '' })
  })

  test.each(unheard)('%s says nothing', (_what, content) => {
    expect(take(content).heard).toEqual([])
  })

  test('a call', () => {
    const { heard } = take({ contacts, calls: [{ ...base, from: waId, event: 'connect' }] })
    expect(heard[0]?.inbound).toMatchObject({ kind: 'call', address: waId, words: '' })
  })

  test('a moment that is not told is the moment of receiving', () => {
    const [one] = heardOf({ ...from('text', { body: 'a' }), timestamp: 'soon' })
    expect(one?.inbound.at).toBe(receivedAt.toISOString())
  })

  test('what is for another number of the same business is not ours', () => {
    const payload = payloadOf('100000000000002', {
      contacts,
      messages: [{ ...base, ...from('text', { body: 'halo' }) }],
    })
    expect(decode(payload, phoneId, receivedAt).heard).toEqual([])
  })

  test('what is not understood loses nothing that stands beside it', () => {
    const good = { ...base, ...from('text', { body: 'halo' }) }
    const { heard } = take({ contacts: 'x', messages: [null, 7, { id: 5 }, good, []] })
    expect(heard.map(({ inbound }) => inbound.words)).toEqual(['halo'])
  })
})

const text = { ...base, type: 'text', text: { body: 'halo' } }
const ids: [what: string, contacts: object[], message: object, address: string, also?: string][] = [
  ['a number alone', [{ wa_id: waId }], { from: waId }, waId],
  ['an id alone', [{ user_id: userId }], { from_user_id: userId }, userId],
  ['an id in the contacts only', [{ user_id: userId, profile }], {}, userId],
  ['both', [{ wa_id: waId, user_id: userId }], { from: waId, from_user_id: userId }, userId, waId],
  ['the id only in the contacts', [{ wa_id: waId, user_id: userId }], { from: waId }, userId, waId],
  [
    'the number only there',
    [{ wa_id: waId, user_id: userId }],
    { from_user_id: userId },
    userId,
    waId,
  ],
  ['no contacts at all', [], { from: waId, from_user_id: userId }, userId, waId],
  ['contacts of another', [{ wa_id: '6280000000012', user_id: 'ID.9' }], { from: waId }, waId],
  [
    'one of two contacts',
    [
      { wa_id: '6280000000012', user_id: 'ID.9' },
      { wa_id: waId, user_id: userId },
    ],
    { from: waId },
    userId,
    waId,
  ],
  ['an empty number', [{ wa_id: '', user_id: userId }], { from: '', from_user_id: userId }, userId],
]

describe('who it is', () => {
  test.each(ids)('%s', (_what, contacts, message, address, also) => {
    const [one] = take({ contacts, messages: [{ ...text, ...message }] }).heard
    expect(one?.inbound.address).toBe(address)
    expect(one?.alsoKnownAs).toBe(also)
  })

  test('two contacts and a message of nobody: it is not given to either', () => {
    const contacts = [{ user_id: 'ID.1' }, { user_id: 'ID.2' }]
    expect(take({ contacts, messages: [text] }).heard).toEqual([])
  })

  const system = (content: object, message: object) =>
    take({ messages: [{ ...base, ...message, type: 'system', system: content }] }).moved

  test('a new number is the same person', () => {
    const moved = system({ type: 'user_changed_number', wa_id: '6280000000099' }, { from: waId })
    expect(moved).toEqual([{ id: '6280000000099', alsoKnownAs: waId }])
  })

  test('a new business-scoped id is the same person', () => {
    const changed = { type: 'user_changed_user_id', user_id: 'ID.2', previous_user_id: 'ID.1' }
    expect(system(changed, {})).toEqual([{ id: 'ID.2', alsoKnownAs: 'ID.1' }])
  })

  test.each([[{}], [{ wa_id: waId }], [undefined]])('nothing new is nothing: %o', (content) => {
    expect(system(content as object, { from: waId })).toEqual([])
  })
})

describe('what became of messages', () => {
  const tell = (status: object) =>
    take({ statuses: [{ id: 'wamid.1', timestamp: '1795248000', ...status }] }).deliveries
  const at = '2026-11-21T08:00:00.000Z'

  test.each([
    ['delivered', 'delivered'],
    ['read', 'read'],
    ['played', 'read'],
    ['failed', 'failed'],
  ])('%s', (status, state) => {
    expect(tell({ status })).toEqual([{ providerId: 'wamid.1', state, at }])
  })

  test.each(['sent', 'warning', 'deleted', 'constructor'])('%s tells nothing new', (status) => {
    expect(tell({ status })).toEqual([])
  })

  test('why it failed, and the key that it was sent with', () => {
    const told = { errors: [{ code: 131049, title: 'x' }], biz_opaque_callback_data: 'reply:1:0' }
    const [one] = tell({ status: 'failed', ...told })
    expect(one).toMatchObject({ code: 131049, key: 'reply:1:0' })
  })

  test('what is wrong with the account', () => {
    expect(take({ errors: [{ code: 131031 }, 'x'] }).errors).toEqual([131031])
  })
})

/** JSON that looks like a payload here and there, with anything in any place. */
const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.jsonValue(),
    fc.constantFrom(waId, userId, phoneId, base.id, '1795248000', 'text', 'system', 'contacts'),
    fc.dictionary(
      fc.constantFrom(
        ...'entry changes value metadata phone_number_id messages contacts statuses'.split(' '),
        ...'id from from_user_id type text body system wa_id user_id timestamp errors'.split(' '),
      ),
      tie('value'),
    ),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
}))

test('no payload makes it throw, and what comes out can be kept', () => {
  const shaped = anything.value.map((value) => payloadOf(phoneId, { messages: value }))
  const one = anything.value.map((value) =>
    payloadOf(phoneId, { contacts, messages: [Object.assign({ ...base, from: waId }, value)] }),
  )
  fc.assert(
    fc.property(fc.oneof(anything.value, shaped, one), (payload) => {
      const { heard } = decode(payload, phoneId, receivedAt)
      for (const { inbound } of heard) {
        expect(inbound.externalId).not.toBe('')
        expect(inbound.address).toMatch(/^[\w.-]+$/)
        expect(typeof inbound.words).toBe('string')
        expect(new Date(inbound.at).toISOString()).toBe(inbound.at)
      }
    }),
    { numRuns: 2_000 },
  )
})
