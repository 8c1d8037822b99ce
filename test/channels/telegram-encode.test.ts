// How a message looks in Telegram.
import { expect, test } from 'vitest'
import { encode } from '../../src/channels/telegram/encode.ts'

const choices = [
  { label: 'Ya, daftarkan', press: 'agree:ya' },
  { label: 'Nanti saja', press: 'agree:tidak' },
]

test('choices are buttons, one a row, in their order', () => {
  expect(encode({ text: 'Setuju?', choices }, undefined)).toEqual({
    text: 'Setuju?',
    markup: {
      inline_keyboard: [
        [{ text: 'Ya, daftarkan', callback_data: 'agree:ya' }],
        [{ text: 'Nanti saja', callback_data: 'agree:tidak' }],
      ],
    },
  })
})

test('asking for the number offers the button that shares it, and the choices as keys', () => {
  const { markup } = encode({ text: 'Nomor Anda?', choices, wantsPhone: true }, 'Bagikan nomor')
  expect(markup).toEqual({
    keyboard: [
      [{ text: 'Bagikan nomor', request_contact: true }],
      [{ text: 'Ya, daftarkan' }],
      [{ text: 'Nanti saja' }],
    ],
    resize_keyboard: true,
    one_time_keyboard: true,
  })
})

test('without a label for that button its choices stay buttons', () => {
  const { markup } = encode({ text: 'Nomor Anda?', choices, wantsPhone: true }, undefined)
  expect(markup).toHaveProperty('inline_keyboard')
})

test('a message without choices takes a keyboard away that may still be open', () => {
  expect(encode({ text: 'Terima kasih' }, 'Bagikan nomor').markup).toEqual({
    remove_keyboard: true,
  })
})

const labels: [label: string, shown: string][] = [
  ['x'.repeat(40), 'x'.repeat(40)],
  ['x'.repeat(41), `${'x'.repeat(39)}…`],
  [`${'x'.repeat(38)} yz`, `${'x'.repeat(38)}…`],
  ['👩🏽‍🌾'.repeat(40), '👩🏽‍🌾'.repeat(40)],
  ['👩🏽‍🌾'.repeat(41), `${'👩🏽‍🌾'.repeat(39)}…`],
]
test.each(labels)('the label %s is shown as %s', (label, shown) => {
  const { markup } = encode({ text: 'a', choices: [{ label, press: 'p' }] }, undefined)
  expect(markup).toEqual({ inline_keyboard: [[{ text: shown, callback_data: 'p' }]] })
})
