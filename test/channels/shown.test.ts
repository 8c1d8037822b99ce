// What officers see of a message is what the channel would be given: two where words are too long.
import { expect, test } from 'vitest'
import { showOn } from '../../src/channels/shown.ts'
import type { Document, Outbound } from '../../src/core/message.ts'

const branch = { operator: 'Cabang Uji', contacts: [], zone: 'Asia/Makassar' }
const without = { branch, templates: {} }
const campaign = { name: 'kabar', languages: { id: 'id' }, parameters: ['operator', 'text'] }
const known = { branch, templates: { campaign } } as Parameters<typeof showOn>[0]
const choices = [{ label: 'DAFTAR', press: 'f_villager/enrol' }]
const document: Document = { source: 'campaign-file', id: '1', name: 'a.png', mime: 'image/png' }
const long = 'x'.repeat(1_025)

const texts = (channel: string, message: Outbound) =>
  showOn(known, channel, message).messages.map(({ text, hasFile }) => [text.length, hasFile])

test('Telegram and the page show buttons, a picture carries words that fit', () => {
  const one = { text: 'Halo', choices, document }
  for (const channel of ['telegram', 'web']) {
    expect(showOn(known, channel, one).messages).toEqual([
      { text: 'Halo', choices: ['DAFTAR'], hasFile: true },
    ])
  }
  for (const channel of ['telegram', 'whatsapp', 'whatsapp-cloud']) {
    const two = [
      [0, true],
      [1_025, false],
    ]
    expect([channel, texts(channel, { text: long, document })]).toEqual([channel, two])
  }
})

test('WhatsApp shows choices as numbers', () => {
  const { messages } = showOn(known, 'whatsapp', { text: 'Halo', choices })
  expect(messages).toEqual([{ text: 'Halo\n\n1. DAFTAR', choices: [], hasFile: false }])
})

test('the Cloud API says which template goes outside of the day, or that none does', () => {
  const message = { text: 'Halo.\n\nMau daftar?' }
  const fills = ['Cabang Uji', 'Halo. Mau daftar?']
  const templateOf = (book: typeof known, one: Outbound) =>
    showOn(book, 'whatsapp-cloud', one).template
  expect(templateOf(known, message)).toEqual({ name: 'kabar', fills })
  expect(templateOf(known, { ...message, template: 'pasar' })).toEqual({ name: 'pasar', fills })
  expect(templateOf(without, message)).toBe('none')
  expect(templateOf(known, { text: long })).toBe('none')
})
