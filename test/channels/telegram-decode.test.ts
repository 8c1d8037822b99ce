// Telegram's updates as they really look, and what the program makes of each.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode } from '../../src/channels/telegram/decode.ts'

const receivedAt = new Date('2026-11-21T08:00:00.000Z')
const sentAt = 1_795_248_000 // 2026-11-21T08:00:00Z
const from = { id: 4_100_000_011, is_bot: false, first_name: 'Orang', language_code: 'id' }
const chat = { id: 4_100_000_011, first_name: 'Orang', type: 'private' }
const base = { message_id: 7, date: sentAt, chat, from }
const file = { file_id: 'AgACAgUAAx', file_unique_id: 'AQADx' }
const photo = [
  { ...file, width: 90, height: 60 },
  { ...file, width: 800, height: 533 },
]
const botCommand = { type: 'bot_command', offset: 0, length: 6 }
const group = { id: -1_001_234, title: 'Warga', type: 'supergroup' }
const bot = { id: 700_000_001, is_bot: true, first_name: 'Sapa', username: 'sapa_bot' }
const own = { phone_number: '6280000000011', first_name: 'Orang', user_id: 4_100_000_011 }
const forwarded = { forward_origin: { type: 'user', date: sentAt, sender_user: from } }
const shown = { ...base, from: bot, text: 'Setuju?', date: sentAt - 86_400 }
const press = { id: '99', from, chat_instance: '5', data: 'enrol:1:ya', message: shown }

const message = (content: object) => ({ update_id: 41, message: { ...base, ...content } })
const location = { latitude: -3.3, longitude: 114.6 }

const heard: [what: string, update: object, kind: string, words: string][] = [
  ['words', message({ text: 'Halo, mau daftar' }), 'text', 'Halo, mau daftar'],
  ['words of a reply', message({ text: 'ya', reply_to_message: shown }), 'text', 'ya'],
  ['forwarded words', message({ text: 'ya', ...forwarded }), 'text', 'ya'],
  ['start', message({ text: '/start', entities: [botCommand] }), 'start', ''],
  ['start by a link', message({ text: '/start d-630301' }), 'start', 'd-630301'],
  ['start in capitals, addressed', message({ text: '/START@sapa_bot x_1' }), 'start', 'x_1'],
  ['a command', message({ text: '/menu', entities: [botCommand] }), 'text', '/menu'],
  ['an addressed command', message({ text: '/menu@sapa_bot' }), 'text', '/menu'],
  ['what only begins like start', message({ text: '/started' }), 'text', '/started'],
  ['the own number', message({ contact: own }), 'phone', '+6280000000011'],
  [
    'the own number, with signs',
    message({ contact: { ...own, phone_number: '+62 800-000 00011' } }),
    'phone',
    '+6280000000011',
  ],
  ['a picture', message({ photo }), 'photo', ''],
  ['a picture with words', message({ photo, caption: '6303010101900001' }), 'photo', ''],
  ['a film', message({ video: { ...file, width: 1, height: 1, duration: 1 } }), 'video', ''],
  ['a round film', message({ video_note: { ...file, length: 1, duration: 1 } }), 'video', ''],
  ['a moving picture', message({ animation: file, document: file }), 'video', ''],
  ['a voice', message({ voice: { ...file, duration: 3 } }), 'voice', ''],
  ['music', message({ audio: { ...file, duration: 3 } }), 'voice', ''],
  ['a sticker', message({ sticker: { ...file, type: 'regular' } }), 'sticker', ''],
  ['a place', message({ location }), 'location', ''],
  ['a live place', message({ location: { ...location, live_period: 900 } }), 'location', ''],
  ['a named place', message({ venue: { location, title: 'Balai' }, location }), 'location', ''],
  [
    'a file',
    message({ document: { ...file, file_name: 'daftar.xlsx' } }),
    'document',
    `${file.file_id} daftar.xlsx`,
  ],
  ['a die', message({ dice: { emoji: '🎲', value: 3 } }), 'other', ''],
  ['a poll', message({ poll: { id: '1', question: 'Apa?', options: [] } }), 'other', ''],
  ['a story', message({ story: { id: 1, chat } }), 'other', ''],
  ['something that Telegram adds tomorrow', message({ hologram: {} }), 'other', ''],
  [
    'an edit',
    { update_id: 41, edited_message: { ...base, text: 'tidak', edit_date: sentAt } },
    'edited',
    '',
  ],
  ['an edited start', { update_id: 41, edited_message: { ...base, text: '/start' } }, 'edited', ''],
  ['a moving live place', { update_id: 41, edited_message: { ...base, location } }, 'edited', ''],
  ['a press', { update_id: 41, callback_query: press }, 'press', 'enrol:1:ya'],
  [
    'a press on a message too old to be shown',
    { update_id: 41, callback_query: { ...press, message: { message_id: 7, date: 0, chat } } },
    'press',
    'enrol:1:ya',
  ],
]

const strangersCards: [what: string, content: object][] = [
  ['somebody else', { contact: { ...own, user_id: 4_100_000_012 } }],
  ['somebody without Telegram', { contact: { phone_number: '6280000000012', first_name: 'B' } }],
  ['user 0', { contact: { ...own, user_id: 0 } }],
  ['the own one, forwarded', { contact: own, ...forwarded }],
  [
    'the own one, forwarded from somebody hidden',
    {
      contact: own,
      forward_origin: { type: 'hidden_user', date: sentAt, sender_user_name: 'Orang' },
    },
  ],
  ['the own one, made by another bot', { contact: own, via_bot: bot }],
  ['without digits', { contact: { ...own, phone_number: '+' } }],
  ['with an empty number', { contact: { ...own, phone_number: '' } }],
]

const unheard: [what: string, update: unknown][] = [
  ['a group', message({ text: 'halo', chat: group })],
  [
    'a press in a group',
    { update_id: 41, callback_query: { ...press, message: { ...shown, chat: group } } },
  ],
  [
    'a press on another chat’s message',
    { update_id: 41, callback_query: { ...press, message: undefined, inline_message_id: 'x' } },
  ],
  [
    'a game',
    { update_id: 41, callback_query: { ...press, data: undefined, game_short_name: 'g' } },
  ],
  [
    'a channel',
    { update_id: 41, channel_post: { ...base, chat: { id: -5, type: 'channel' }, text: 'a' } },
  ],
  ['another bot', message({ text: 'halo', from: { ...from, is_bot: true } })],
  ['nobody', message({ text: 'halo', from: undefined })],
  [
    'being blocked',
    {
      update_id: 41,
      my_chat_member: { chat, from, date: sentAt, old_chat_member: {}, new_chat_member: {} },
    },
  ],
  ['a reaction', { update_id: 41, message_reaction: { chat, message_id: 7, date: sentAt } }],
  ['a pinned message', message({ pinned_message: shown })],
  ['a timer', message({ message_auto_delete_timer_changed: { message_auto_delete_time: 86_400 } })],
  [
    'a question of another bot’s user',
    { update_id: 41, inline_query: { id: '1', from, query: '' } },
  ],
  ['text that is null', message({ text: null })],
  ['a date beyond all calendars', message({ text: 'a', date: 1e15 })],
  ['no update at all', 'halo'],
  ['nothing', null],
]

test.each(heard)('%s', (_what, update, kind, words) => {
  expect(decode(update, receivedAt)).toEqual({
    channel: 'telegram',
    address: '4100000011',
    // A text carries the number of its message: it may have to be deleted from the chat.
    externalId: kind === 'text' || kind === 'start' ? 'u41.7' : 'u41',
    kind,
    words,
    at: '2026-11-21T08:00:00.000Z',
  })
})

describe('a card proves no number when it is of', () => {
  test.each(strangersCards)('%s', (_what, content) => {
    expect(decode(message(content), receivedAt)).toMatchObject({ kind: 'contact', words: '' })
  })
})

describe('nobody said anything to the bot:', () => {
  test.each(unheard)('%s', (_what, update) => {
    expect(decode(update, receivedAt)).toBeNull()
  })
})

test('the pictures of an album are one event, and two albums are two', () => {
  const album = ['a1', 'a1', 'a1', 'b2'].map((media_group_id, i) => ({
    ...message({ photo, media_group_id, message_id: i }),
    update_id: 50 + i,
  }))
  const ids = album.map((update) => decode(update, receivedAt)?.externalId)
  expect(new Set(ids).size).toBe(2)
})

test('an edit tells when it was edited, not when it was sent', () => {
  const edited = { ...base, text: 'b', edit_date: sentAt + 60 }
  const inbound = decode({ update_id: 41, edited_message: edited }, receivedAt)
  expect(inbound?.at).toBe('2026-11-21T08:01:00.000Z')
})

test('no update makes it throw, however it is bent', () => {
  const parts = [...heard, ...unheard].flatMap(([, update]) =>
    typeof update === 'object' && update !== null ? Object.values(update) : [],
  )
  const bent = fc.record({
    update_id: fc.oneof(fc.integer(), fc.anything()),
    message: fc.option(fc.oneof(fc.constantFrom(...parts), fc.anything()), { nil: undefined }),
    edited_message: fc.option(fc.constantFrom(...parts), { nil: undefined }),
    callback_query: fc.option(fc.constantFrom(...parts), { nil: undefined }),
  })
  fc.assert(
    fc.property(bent, (update) => {
      const inbound = decode(update, receivedAt)
      expect(inbound === null || inbound.address === String(chat.id)).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})
