// Messages in the Cloud API's shapes: buttons, lists, numbers, templates. Nothing is ever cut.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encode, encodePlain } from '../../src/channels/whatsapp-cloud/encode.ts'
import { encodeTemplate, isOpen } from '../../src/channels/whatsapp-cloud/window.ts'
import type { Outbound } from '../../src/core/message.ts'
import { checkMessage, checkTemplate, seen } from '../support/fake-cloud-api/check.ts'
import type { Json } from '../support/fake-cloud-api/types.ts'

const choices = (...labels: string[]) =>
  labels.map((label, index) => ({ label, press: `k3m2q.agree.${index}` }))
const many = (count: number, label = 'Pilihan ke') =>
  choices(...Array.from({ length: count }, (_, index) => `${label} ${index + 1}`))

/** The shape of each message: `text`, or the kind of interactive message. */
function shapesOf(message: Outbound): string[] {
  return encode(message, 'Pilihan').map((content) => {
    const { interactive } = content as { interactive?: { type: string } }
    return interactive?.type ?? content.type
  })
}

/** The messages as the strict fake shows them to a person. */
function shown(message: Outbound) {
  return encode(message, 'Pilihan').map((content) => {
    const body = { messaging_product: 'whatsapp', to: '6280000000011', ...content } as Json
    return seen('x', checkMessage(body))
  })
}

const shapes: [what: string, message: Outbound, shapes: string[]][] = [
  ['words alone', { text: 'Halo' }, ['text']],
  ['three short choices', { text: 'Pilih', choices: choices('Ya', 'Tidak', 'Nanti') }, ['button']],
  ['one of 20 letters', { text: 'Pilih', choices: choices('a'.repeat(20)) }, ['button']],
  ['one of 21 letters', { text: 'Pilih', choices: choices('a'.repeat(21), 'Ya') }, ['list']],
  ['four choices', { text: 'Pilih', choices: many(4) }, ['list']],
  ['ten choices', { text: 'Pilih', choices: many(10) }, ['list']],
  ['eleven choices', { text: 'Pilih', choices: many(11) }, ['text']],
  ['one of 24 letters', { text: 'Pilih', choices: choices('a'.repeat(24)) }, ['list']],
  ['one of 72 letters', { text: 'Pilih', choices: choices('a'.repeat(72), 'Ya') }, ['list']],
  ['one of 73 letters', { text: 'Pilih', choices: choices('a'.repeat(73), 'Ya') }, ['text']],
  ['two that read the same', { text: 'Pilih', choices: choices('Ya', 'Ya') }, ['text']],
  ['one that is empty', { text: 'Pilih', choices: choices('Ya', '') }, ['text']],
  ['1,024 letters over buttons', { text: 'a'.repeat(1_024), choices: choices('Ya') }, ['button']],
  ['1,025 letters', { text: 'a'.repeat(1_025), choices: choices('Ya') }, ['list']],
  ['4,096 letters', { text: 'a'.repeat(4_096), choices: choices('Ya') }, ['list']],
  ['4,096 letters and many', { text: 'a'.repeat(4_096), choices: many(11) }, ['text', 'text']],
  ['a wish for the number', { text: 'Nomor HP?', wantsPhone: true }, ['request_contact_info']],
  ['a long one', { text: 'a'.repeat(1_025), wantsPhone: true }, ['text']],
]

describe('choices', () => {
  test.each(shapes)('%s', (_what, message, expected) => {
    expect(shapesOf(message)).toEqual(expected)
  })

  test('a label too long for a title stands whole under its number', () => {
    const labels = ['Ya, daftarkan saya sekarang juga', 'Nanti']
    const [content] = encode({ text: 'Pilih', choices: choices(...labels) }, 'Pilihan')
    expect(content?.interactive).toMatchObject({
      action: {
        button: 'Pilihan',
        sections: [
          {
            title: 'Pilihan',
            rows: [
              { id: 'k3m2q.agree.0', title: '1', description: labels[0] },
              { id: 'k3m2q.agree.1', title: '2', description: labels[1] },
            ],
          },
        ],
      },
    })
  })

  test('where nothing else fits, numbers stand in the words', () => {
    const [content] = encode({ text: 'Pilih', choices: many(11) }, 'Pilihan')
    expect(content).toMatchObject({
      text: { body: expect.stringContaining('\n11. Pilihan ke 11') },
    })
    expect(encodePlain({ text: 'Pilih', choices: choices('Ya') })).toMatchObject([
      { text: { body: 'Pilih\n\n1. Ya' } },
    ])
  })

  test('choices stand in the words where the number is wished for', () => {
    const [one] = shown({ text: 'Nomor HP?', choices: choices('Sama'), wantsPhone: true })
    expect(one).toMatchObject({ text: 'Nomor HP?\n\n1. Sama', asksContact: true })
  })
})

const label = fc.string({ minLength: 1, maxLength: 80, unit: 'grapheme' })
const messages = fc.record({
  text: fc
    .string({ minLength: 1, maxLength: 4_096 })
    .filter((text) => text.trim() === text && text !== ''),
  choices: fc.array(
    label.filter((one) => one.trim() === one && one.length <= 100).map((one) => ({ label: one })),
    { maxLength: 12 },
  ),
  wantsPhone: fc.boolean(),
})

test('the platform takes whatever comes out, and not a letter is lost', () => {
  fc.assert(
    fc.property(messages, (given) => {
      const pressed = given.choices.map((one, index) => ({ ...one, press: `k.${index}` }))
      const replies = shown({ ...given, choices: pressed })
      const words = replies.map(({ text }) => text).join('\n')
      expect(words).toContain(given.text)
      const offered = replies.flatMap((one) => one.choices)
      for (const { label, press } of pressed) {
        const choice = offered.find(({ id }) => id === press)
        if (choice) expect(choice.label).toBe(label)
        else expect(words).toContain(`. ${label}`)
      }
    }),
  )
})

const template = { name: 'kabar', languages: { id: 'id', en: 'en_US' }, parameters: [] }
const approved = new Map([['kabar', { languages: ['id', 'en_US'], blanks: 2 }]])

describe('templates', () => {
  const given = { language: 'id', operator: 'Cabang Uji' }
  const fill = (message: Outbound, language = 'id') =>
    encodeTemplate(
      message,
      { ...template, parameters: ['operator', 'text'] },
      { ...given, language },
    ) as { template: Parameters<typeof checkTemplate>[0] } | undefined
  const textOf = (text: string) => fill({ text })?.template.components[0]?.parameters[1]?.text

  test.each([
    ['Satu.\n\nDua?\nTiga', 'Satu. Dua? Tiga'],
    ['Nomor: 1\nLalu', 'Nomor: 1 – Lalu'],
    ['a\tb     c\r\n \n d', 'a b c – d'],
    ['\n\nhalo\n', 'halo'],
  ])('%j is said in one line', (text, line) => {
    expect(textOf(text)).toBe(line)
  })

  test('choices are numbers in the words', () => {
    const filled = fill({ text: 'Setuju?', choices: choices('Ya', 'Tidak') })
    expect(filled?.template.components[0]?.parameters.map(({ text }) => text)).toEqual([
      'Cabang Uji',
      'Setuju? 1. Ya – 2. Tidak',
    ])
  })

  test.each([
    ['id', 'id'],
    ['en', 'en_US'],
    ['xx', 'id'],
  ])('in %s it is Meta’s %s', (language, code) => {
    expect(fill({ text: 'halo' }, language)?.template.language.code).toBe(code)
  })

  test('words that are too long for any template are not cut', () => {
    expect(fill({ text: 'a'.repeat(1_014) })).toBeDefined()
    expect(fill({ text: 'a'.repeat(1_015) })).toBeUndefined()
  })

  test('the platform takes whatever comes out', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 900 }), (text) => {
        if (text.trim() === '') return
        const filled = fill({ text })
        if (filled) checkTemplate(filled.template, approved)
      }),
    )
  })
})

describe('the window', () => {
  const now = new Date('2026-11-21T12:00:00Z')
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
  test.each([
    ['never', undefined, false],
    ['now', ago(0), true],
    ['almost a day ago', ago(24 * 60 - 2), true],
    ['a day ago, less half a minute', ago(24 * 60 - 0.5), false],
    ['a day ago', ago(24 * 60), false],
  ])('%s', (_what, heardAt, open) => {
    expect(isOpen(heardAt, now)).toBe(open)
  })
})
