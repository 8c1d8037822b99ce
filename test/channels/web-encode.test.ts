// How a history becomes what the page shows, how a page knows what it has read, and the limits.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createBell } from '../../src/channels/web/bell.ts'
import { type ChatLine, encode, findRead, markOf } from '../../src/channels/web/encode.ts'
import { isPrivate } from '../../src/web/address.ts'
import { createFlood } from '../../src/web/flood.ts'

const at = '2026-11-21T01:00:00Z'
const now = Date.parse(at)
const yesNo = [
  { label: 'Ya', press: 'y' },
  { label: 'Tidak', press: 'n' },
]

const bot = (text: string, choices?: ChatLine['choices']): ChatLine => {
  const line = { id: `bot ${text}`, from: 'bot', text, at } as const
  return choices ? { ...line, choices } : line
}
const person = (text: string, kind: ChatLine['kind'] = 'text'): ChatLine => {
  return { id: `person ${text}`, from: 'person', kind, text, at }
}

test('a notice after a question leaves its buttons', () => {
  const talk = encode([bot('Setuju?', yesNo), bot('Besok kantor tutup.')], now)
  expect(talk.choices).toEqual(yesNo)
})

test('the buttons of a question that was answered are gone', () => {
  expect(encode([bot('Setuju?', yesNo), person('ya')], now).choices).toEqual([])
  expect(encode([bot('Setuju?', yesNo), person('ya'), bot('Baik.')], now).choices).toEqual([])
})

test('a press shows the label of the last button with it', () => {
  const old = bot('Dulu?', [{ label: 'Lama', press: 'y' }])
  const talk = encode([old, bot('Kini?', yesNo), person('y', 'press')], now)
  expect(talk.bubbles.at(-1)?.text).toBe('Ya')
})

test('only what stands before an answer was read', () => {
  const talk = encode([person('satu'), bot('Halo'), person('dua')], now)
  expect(talk.bubbles.map(({ answered }) => answered)).toEqual([true, false, false])
})

test.each([
  [[], 0, 'nothing'],
  [[person('halo')], 0, 'answer'],
  [[person('', 'start')], 1_000, 'answer'],
  [[person('halo')], 29_999, 'answer'],
  [[person('halo')], 30_000, 'late answer'],
  [[person('halo'), bot('Ya?')], 30_000, 'nothing'],
] as const)('who waits for whom: %#', (lines, laterMs, awaiting) => {
  expect(encode([...lines], now + laterMs).awaiting).toBe(awaiting)
})

const historyOf = (minLength: number) =>
  fc
    .uniqueArray(fc.string({ minLength: 1 }), { minLength, maxLength: 60 })
    .map((ids) => ids.map((id): ChatLine => ({ ...bot('x'), id })))

test('a page that read the first lines is given exactly the others', () => {
  fc.assert(
    fc.property(historyOf(0), fc.nat(), (lines, n) => {
      const end = n % (lines.length + 1)
      expect(findRead(lines, markOf(lines.slice(0, end)))).toBe(end)
    }),
  )
})

test('a page still knows where it is when the oldest lines are gone', () => {
  fc.assert(
    fc.property(historyOf(21), fc.nat(), (lines, n) => {
      const lost = n % (lines.length - 20)
      expect(findRead(lines.slice(lost), markOf(lines))).toBe(lines.length - lost)
    }),
  )
})

test('a line that appears between lines which were read is noticed', () => {
  fc.assert(
    fc.property(historyOf(20), fc.nat(18), (lines, back) => {
      const late = lines.toSpliced(lines.length - back - 1, 0, { ...bot('x'), id: '' })
      expect(findRead(late, markOf(lines))).toBeUndefined()
    }),
  )
})

test('a flood is let through as fast as its bucket fills, and each key has its own', () => {
  let clock = 0
  const flood = createFlood({ burst: 3, perSecond: 2 }, () => clock)
  expect([flood('a'), flood('a'), flood('a'), flood('a'), flood('b')]).toEqual([0, 0, 0, 500, 0])
  clock = 499
  expect(flood('a')).toBeGreaterThan(0)
  clock = 500
  expect([flood('a'), flood('a')]).toEqual([0, 500])
  clock = 1_000_000
  expect([flood('a'), flood('a'), flood('a'), flood('a')]).toEqual([0, 0, 0, 500])
})

test('a bell that rang before the wait is still heard', async () => {
  const bell = createBell()
  const ear = bell.listen('siti')
  bell.ring('siti')
  await ear.wait(60_000)
  bell.ring('budi')
  await ear.wait(10)
  expect(ear.isClosed()).toBe(false)
  ear.end()
})

test('one visitor keeps four waits; a fifth lets the oldest go', async () => {
  const bell = createBell()
  const ears = Array.from({ length: 5 }, () => bell.listen('siti'))
  expect(ears.map((ear) => ear.isClosed())).toEqual([true, false, false, false, false])
  await ears[0]?.wait(60_000)
  bell.close()
  await Promise.all(ears.map((ear) => ear.wait(60_000)))
  expect(bell.listen('siti').isClosed()).toBe(true)
})

test.each([
  ['127.0.0.1', true],
  ['::1', true],
  ['::ffff:10.1.2.3', true],
  ['192.168.1.9', true],
  ['172.32.0.1', false],
  ['fd00::1', true],
  ['8.8.8.8', false],
  ['2001:db8::1', false],
  ['', false],
])('%s is near: %s', (address, near) => {
  expect(isPrivate(address)).toBe(near)
})
