// Marks answers of one file that say different things: no order of rows may choose between them.
import type { Answer } from '../core/members/answer-row.ts'
import { showExportRow } from '../core/members/export-row.ts'
import { findMember, type Known } from '../core/members/judge-answer.ts'
import { findNamed, kpjKey, type NamedMembers } from '../registry/answer-rows.ts'
import type { Tx } from '../registry/database.ts'
import type { Seal } from '../registry/seal.ts'
import type { ReadAnswer } from './read-answers.ts'

/** Rows of which whom they mean is looked up at once. */
const rowsAtOnce = 1_000

/** Whom these answers mean, all looked up together. */
export function findNamedBy(tx: Tx, seal: Seal, rows: ReadAnswer[], isLocked: boolean) {
  const answers = rows.flatMap(({ read }) => (typeof read === 'string' ? [] : [read]))
  const numbers = {
    rows: answers.flatMap(({ row }) => row ?? []),
    receipts: answers.flatMap(({ receipt }) => receipt || []),
    niks: answers.flatMap(({ nik }) => nik || []),
    kpjs: answers.flatMap(({ kpj }) => kpj || []),
  }
  return findNamed(tx, seal, numbers, isLocked)
}

/** What is known of the numbers of one answer. */
export function knownOf(seal: Seal, answer: Answer, named: NamedMembers): Known {
  const { row, receipt, nik, kpj } = answer
  const key = kpjKey(seal, kpj)
  return {
    ...(row && { byRow: named.byRow.get(showExportRow(row)) ?? [] }),
    ...(receipt && { byReceipt: named.byReceipt.get(receipt) ?? [] }),
    ...(nik && { byNik: named.byNik.get(nik) ?? [] }),
    kpj: key,
    owners: named.owners.get(key) ?? [],
  }
}

/** Marks rows that differ about one person, and rows that give one number to several people. */
export async function markDiffering(tx: Tx, seal: Seal, rows: ReadAnswer[]) {
  const byPerson: Sayings = new Map()
  const byKpj: Sayings = new Map()
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const some = rows.slice(from, from + rowsAtOnce)
    const named = await findNamedBy(tx, seal, some, false)
    for (const one of some) {
      const { read } = one
      // Who still waits is told nothing that another row could contradict.
      if (typeof read === 'string' || read.result === 'waiting') continue
      const found = findMember(knownOf(seal, read, named))
      if ('verdict' in found) continue
      note(byPerson, String(found.submissionId), read.kpj || read.result, one)
      if (read.kpj) note(byKpj, read.kpj, found.person, one)
    }
  }
  for (const said of [...byPerson.values(), ...byKpj.values()]) {
    if (said.size < 2) continue
    for (const row of [...said.values()].flat()) row.differs = true
  }
}

/** Rows by what they are about, and by what they say of it. */
type Sayings = Map<string, Map<string, ReadAnswer[]>>

function note(all: Sayings, about: string, said: string, row: ReadAnswer) {
  const known = all.get(about) ?? new Map<string, ReadAnswer[]>()
  all.set(about, known)
  const same = known.get(said)
  if (same) same.push(row)
  else known.set(said, [row])
}
