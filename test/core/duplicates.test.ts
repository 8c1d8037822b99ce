// Two registrations of one person, told by name and birth date.
import { expect, test } from 'vitest'
import { mayBeSamePerson } from '../../src/core/duplicates.ts'

const birthOn = '1985-03-12'

test.each([
  ['Siti Rahmah', 'Siti Rahmah'],
  ['SITI RAHMAH', 'siti rahma'],
  ['Hj. Siti Rahmah, S.Pd', 'Rahmah Siti'],
  ['M. Yusuf', 'Muhammad Yusuf'],
  ['Moh Yusuf', 'Muhammad Yusuf'],
  ['Ahmad Yani', 'Ahmd Yani Saputra'],
  ['Yani', 'Ahmad Yani'],
])('%s and %s may be one', (one, other) => {
  expect(mayBeSamePerson({ name: one, birthOn }, { name: other, birthOn })).toBe(true)
  expect(mayBeSamePerson({ name: other, birthOn }, { name: one, birthOn })).toBe(true)
  expect(mayBeSamePerson({ name: one, birthOn }, { name: other, birthOn: '1985-03-13' })).toBe(
    false,
  )
})

test.each([
  ['Siti Rahmah', 'Siti Aminah'],
  ['M. Yusuf', 'Muhammad Yunus'],
  ['M', 'Muhammad'],
  ['', ''],
  ['Ali', 'Adi'],
  ['Budi Contoh', 'Rudi Canteh'],
])('%s and %s are two', (one, other) => {
  expect(mayBeSamePerson({ name: one, birthOn }, { name: other, birthOn })).toBe(false)
})

test('nobody is alike without a birth date', () => {
  const nameless = { name: 'Siti Rahmah', birthOn: '' }
  expect(mayBeSamePerson(nameless, nameless)).toBe(false)
})
