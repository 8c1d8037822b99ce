// Names as on the KTP. All are invented.
import { describe, expect, test } from 'vitest'
import { nameReader } from '../../../src/core/answers/name.ts'

const read = (words: string) => nameReader.read(words, { on: '2026-11-21' })

describe('understood', () => {
  test.each([
    ['SITI AMINAH', 'Siti Aminah'],
    ['siti aminah', 'Siti Aminah'],
    ['  Siti\nAminah ', 'Siti Aminah'],
    ['ahmad', 'Ahmad'],
    ['McArthur Siregar', 'McArthur Siregar'],
    ['H. AHMAD BIN SALMAN', 'H. Ahmad bin Salman'],
    ['rusdiah binti anang', 'Rusdiah binti Anang'],
    ["NUR'AINI", "Nur'aini"],
    ['ma’ruf', "Ma'ruf"],
    ['moh.ali', 'Moh.Ali'],
    ['SITI-AISYAH', 'Siti-Aisyah'],
    ['rahmat, s.pd', 'Rahmat, S.Pd'],
    ['RAHMAT, SE', 'Rahmat, SE'],
    ['Nama saya Budi', 'Budi'],
    ['nama ibu kandung: Jamilah', 'Jamilah'],
    ['NAMA LENGKAP SAYA BUDI', 'Budi'],
    ['ulun Anang', 'Anang'],
    ['josé', 'José'],
    ['Si\u200bti', 'Siti'],
    ['Yu', 'Yu'],
    ['Yatim', 'Yatim'],
    ['Apandi', 'Apandi'],
  ])('%s', (words, value) => {
    expect(read(words)).toEqual({ kind: 'value', value })
  })
})

describe('no name', () => {
  test.each([
    '',
    'a',
    '.',
    '..',
    "'",
    'siti 3',
    '6303050101850001',
    'apa itu?',
    'kenapa harus',
    'Siti?',
    '/start',
    'tidak tahu',
    'Kada',
    'ya',
    'lupa',
    '😊',
    'Siti 😊',
    'www.contoh.com',
    'contoh.id',
    'https://x',
    '<script>',
    "Robert'); DROP TABLE",
    '=HYPERLINK',
    '{{nama}}',
    'Сити',
    '安娜',
    '@siti',
    'null',
    'a'.repeat(81),
  ])('%s', (words) => {
    expect(read(words)).toEqual({ kind: 'wrong', say: 'name-odd' })
  })

  test('80 letters are still a name', () => {
    expect(read(`B${'a'.repeat(79)}`).kind).toBe('value')
  })
})
