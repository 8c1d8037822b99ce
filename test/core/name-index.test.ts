// Names found by their words: nobody is missed whom a comparison with each would find.
import { expect, test } from 'vitest'
import { areNamesAlike } from '../../src/core/duplicates.ts'
import { createNameIndex } from '../../src/core/name-index.ts'
import { createRandom } from '../support/simulate/random.ts'

const words = 'Siti Sitti Ahmad Achmad M Moh Muhammad Noor Nur Rahmah Rahma H. Ani Budi Bin'.split(
  ' ',
)

test('the same as comparing each, for names of common and of shortened words', () => {
  const random = createRandom(11)
  const name = () =>
    Array.from({ length: random.int(1, 4) }, () => {
      const word = random.pick(words)
      return random.chance(0.15) ? word.slice(0, -1) : word
    }).join(' ')
  const names = Array.from({ length: 400 }, name)
  const index = createNameIndex()
  for (const [id, one] of names.entries()) index.add(id, one)
  let found = 0
  for (let look = 0; look < 400; look++) {
    const wanted = name()
    const alike = names.flatMap((one, id) => (areNamesAlike(wanted, one) ? [id] : [])).reverse()
    const likely = index.find(wanted)
    expect([wanted, alike.filter((id) => !likely.includes(id))]).toEqual([wanted, []])
    expect(likely).toEqual([...likely].sort((one, other) => other - one))
    found += alike.length
  }
  expect(found).toBeGreaterThan(5_000)
})

test('it leaves out nearly all who are called otherwise', () => {
  const index = createNameIndex()
  index.add(7, 'Zubaidah Qomariyah')
  for (let id = 8; id < 2_000; id++) index.add(id, `Siti Hidayati ${id}`)
  expect([index.find('zubaida'), index.find('Qomariah, Zubaidah')]).toEqual([[7], [7]])
  expect([index.find('Wigunawati'), index.find('')]).toEqual([[], []])
})
