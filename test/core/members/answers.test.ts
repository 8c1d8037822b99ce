// Rows of answers: what their cells say of whom, and what is decided by what is known.
import { describe, expect, it } from 'vitest'
import {
  type Answer,
  findAnswerColumns,
  readAnswerRow,
} from '../../../src/core/members/answer-row.ts'
import { readExportRow, showExportRow } from '../../../src/core/members/export-row.ts'
import { judgeAnswer, type KnownMember } from '../../../src/core/members/judge-answer.ts'
import { findRefusal } from '../../../src/core/members/member-words.ts'
import { must } from '../../../src/core/must.ts'
import type { Cell } from '../../../src/core/roster/cell.ts'
import { realBook } from '../../support/real-book.ts'

const { members: words } = realBook()
const headings = ['Keterangan', 'No. KPJ', 'NOMOR IDENTITAS', 'NO_PEGAWAI', 'Status']

function read(cells: Cell[], isTyped = true) {
  const columns = must(findAnswerColumns({ at: 1, cells: headings }, words), 'headings')
  return readAnswerRow({ at: 2, cells }, { columns, words, isTyped, on: '2026-12-20' })
}

describe('reading', () => {
  it('knows headings by their letters, and needs somebody and something', () => {
    const isHead = (cells: string[]) => findAnswerColumns({ at: 1, cells }, words) !== undefined
    expect(isHead(['nik', 'KPJ'])).toBe(true)
    expect(isHead(['no_pegawai', 'status proses'])).toBe(true)
    expect(isHead(['KPJ', 'Status'])).toBe(false)
    expect(isHead(['NIK', 'Nama'])).toBe(false)
  })

  it.each<[string, Cell[], Partial<Answer>]>([
    [
      'a number, however it is spaced',
      ['', '26 000 000 011', '6303055203850001', 'e12 – 3', 'SUKSES'],
      { kpj: '26000000011', nik: '6303055203850001', result: 'registered' },
    ],
    ['no word but a number', ['', '26000000011', '', 'E1-1', ''], { result: 'registered' }],
    [
      'no word but a reason',
      ['Umur 70', '', '', 'E1-1', ''],
      { result: 'refused', reason: 'Umur 70' },
    ],
    [
      'the result in the remark',
      ['Berhasil', '26000000011', '', 'E1-1', ''],
      { result: 'registered' },
    ],
    [
      'a NIK that was cut, beside another number',
      ['', '26000000011', { is: 'number', text: '6303055203850000' }, 'E1-1', ''],
      { nik: '', row: { exportId: 1, number: 1 } },
    ],
  ])('%s', (_what, cells, answer) => {
    expect(read(cells)).toMatchObject(answer)
  })

  it.each<[string, Cell[]]>([
    ['number-missing', ['', '26000000011', '', '', 'OK']],
    ['number-unclear', ['', '2600000001', '', 'E1-1', 'OK']],
    ['number-unclear', ['', '', '', 'baris 3', 'OK']],
    ['number-excel', ['', '26000000011', { is: 'number', text: '6303055203850000' }, '', 'OK']],
    ['kpj-missing', ['', '', '', 'E1-1', 'OK']],
    ['result-missing', ['', '', '', 'E1-1', '']],
    ['result-unclear', ['', '26000000011', '', 'E1-1', 'Gagal']],
    ['result-unclear', ['sesuatu', '26000000011', '', 'E1-1', '']],
  ])('%s', (reason, cells) => {
    expect(read(cells)).toBe(reason)
  })

  it('a row of an export comes back as it was written', () => {
    const row = { exportId: 12, number: 345 }
    expect(readExportRow(showExportRow(row))).toEqual(row)
    for (const odd of ['12-3', 'E12', 'E-3', 'E12-3-4', ''])
      expect(readExportRow(odd)).toBeUndefined()
  })
})

describe('reasons of a portal', () => {
  it.each([
    ['USIA TIDAK MEMENUHI SYARAT!', 'age'],
    ['Data tidak sesuai dengan Dukcapil (nama)', 'data-differs'],
    ['NIK tidak ditemukan', 'nik-unknown'],
    ['Data tidak lengkap: nama ibu', 'incomplete'],
    ['Usiaku', undefined],
    ['', undefined],
  ])('%s', (said, reason) => {
    expect(findRefusal(said, words)).toBe(reason)
  })
})

describe('judging', () => {
  const answer: Answer = { receipt: '', nik: 'n', result: 'registered', kpj: 'k', reason: '' }
  const waits: KnownMember = { submissionId: 1, state: 'submitted', kpj: '', person: 'p' }
  const judge = (member: Partial<KnownMember>, said: Partial<Answer> = {}, owners: string[] = []) =>
    judgeAnswer(
      { ...answer, ...said },
      { byNik: [{ ...waits, ...member }], kpj: 'k', owners },
      words,
    ).reason

  it('a number that its own person has in another programme is no other person’s', () => {
    expect(judge({}, {}, ['p'])).toBe('registered')
    expect(judge({}, {}, ['p', 'q'])).toBe('kpj-taken')
  })

  it('what was decided stays so', () => {
    expect(judge({ state: 'registered', kpj: 'k' })).toBe('already-registered')
    expect(judge({ state: 'registered', kpj: 'other' })).toBe('other-kpj')
    expect(judge({ state: 'registered' }, { result: 'refused' })).toBe('refused-registered')
    expect(judge({ state: 'refused' })).toBe('registered-refused')
    expect(judge({ state: 'refused' }, { result: 'refused' })).toBe('already-refused')
    expect(judge({ state: 'withdrawn' }, { result: 'refused' })).toBe('withdrawn')
  })

  it('of several submissions of a person the one that waits is meant, if there is one', () => {
    const [first, second] = [waits, { ...waits, submissionId: 2 }]
    const of = (byNik: KnownMember[]) => judgeAnswer(answer, { byNik, kpj: 'k', owners: [] }, words)
    expect(of([{ ...first, state: 'registered' }, second])).toMatchObject({ submissionId: 2 })
    expect(of([first, second])).toMatchObject({ reason: 'several' })
    const byRow = [second]
    const named = judgeAnswer(
      answer,
      { byNik: [first, second], byRow, kpj: 'k', owners: [] },
      words,
    )
    expect(named).toMatchObject({ reason: 'registered', submissionId: 2 })
  })
})
