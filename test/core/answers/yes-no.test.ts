// A clear yes, a clear no, and everything that must never be taken for either.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { fold } from '../../../src/core/answers/normalise.ts'
import { readYesNo } from '../../../src/core/answers/yes-no.ts'

const lists: { yes: string[]; no: string[] } = parse(readFileSync('flows/understood.yaml', 'utf8'))
const yes = new Set(lists.yes)
const no = new Set(lists.no)
const read = (words: string) => readYesNo(words, yes, no)

describe('the lists', () => {
  test('hold words as they are compared, each once, none on both', () => {
    const all = [...lists.yes, ...lists.no]
    expect(all.filter((word) => typeof word !== 'string' || fold(word) !== word)).toEqual([])
    expect(new Set(all).size).toBe(all.length)
  })
})

describe('readYesNo', () => {
  test.each([
    'ya',
    'Y',
    'Iya',
    'IYA!',
    'iya 🙏',
    'betul',
    'Benar.',
    'bujur',
    'inggih',
    'nggih',
    'Iih',
    'ih',
    'hiih',
    'hi’ih',
    'ｙａ',
    'iya\u200b',
    ' ya \n',
    'setuju',
  ])('%s is yes', (words) => {
    expect(read(words)).toBe('yes')
  })

  test.each([
    'tidak',
    'TDK',
    'ga',
    'gak',
    'nggak',
    'enggak',
    'Kada',
    'kd',
    'ndak',
    'bukan',
    'jangan',
    'mboten',
    'ora',
    'kada hakun',
    'tidak mau.',
    'endik',
  ])('%s is no', (words) => {
    expect(read(words)).toBe('no')
  })

  test.each([
    ['weak', 'ayu ja'],
    ['weak', 'ayuja'],
    ['weak', 'ayujak'],
    ['weak', 'ok'],
    ['weak', 'oke'],
    ['weak', 'okay'],
    ['weak', 'handak'],
    ['weak', 'mau'],
    ['weak', 'terserah'],
    ['weak', 'insyaallah'],
    ['weak', 'insya Allah'],
    ['weak', 'yuh ih'],
    ['weak', 'boleh'],
    ['Ngaju no, Indonesian he or she', 'dia'],
    ['Ngaju alive', 'belum'],
    ['not yet', 'balum'],
    ['Banjar no, Indonesian beautiful', 'indah'],
    ['Kutai want', "enda'"],
    ['Kutai want', 'enda'],
    ['Banjar put', 'andak'],
    ['Bugis also I', "iya'"],
    ['Bugis also I', 'iyya’'],
    ['a form of address', 'de'],
    ['join, not a curse', 'umpat'],
    ['wants to join', 'handak umpat'],
    ['fell', 'gugur'],
    ['dear', 'larang'],
    ['easy', 'nyaman'],
    ['Banjar also very', 'banar'],
    ['stop or recover', 'ampih'],
    ['asks', 'ya?'],
    ['asks', 'benar?'],
    ['takes back', 'ya tapi nanti'],
    ['takes back', 'iya kada'],
    ['both', 'ya tidak'],
    ['crossed out', 'ya ❌'],
    ['part of a word', 'saya'],
    ['near a yes', 'iyq'],
    ['near a no', 'tida mungkin'],
    ['nothing', ''],
    ['nothing', '...'],
    ['a picture', '👍'],
    ['a number', '1'],
    ['null', 'null'],
  ])('%s: %s decides nothing', (_, words) => {
    expect(read(words)).toBe('unclear')
  })

  test('a word on both lists decides nothing', () => {
    expect(readYesNo('ya', new Set(['ya']), new Set(['ya']))).toBe('unclear')
  })
})
