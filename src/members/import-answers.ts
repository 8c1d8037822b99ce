// Imports what came back about people who were to be registered: each row its verdict, each once.

import type { BranchDesk } from '../branch-desk.ts'
import type { Answer } from '../core/members/answer-row.ts'
import { type JudgedAnswer, judgeAnswer } from '../core/members/judge-answer.ts'
import { must } from '../core/must.ts'
import { importFile } from '../import-file.ts'
import {
  type JudgedAnswerRow,
  lockAnswers,
  type NamedMembers,
  saveAnswers,
} from '../registry/answer-rows.ts'
import type { Tx } from '../registry/database.ts'
import type { FileImport } from '../registry/imports.ts'
import { indexOldNumbers } from '../registry/payment-numbers.ts'
import { refuseMembers, registerMembers } from './decide.ts'
import { findNamedBy, knownOf, markDiffering } from './differing-answers.ts'
import { type ReadAnswer, readAnswers } from './read-answers.ts'
import { tellVillages } from './tell-villages.ts'

/** Rows of one transaction. */
const usualStep = 250

/**
 * Imports a file of answers on a day. What is not finished is carried on by importing the same file
 * again; a finished one changes nothing. Throws RosterRefused and ColumnMissing.
 */
export async function importAnswers(
  desk: BranchDesk,
  file: Buffer,
  on: string,
  rowsPerStep = usualStep,
  opened?: (id: number, rows: number) => void,
): Promise<FileImport> {
  const { db, seal, book, actor } = desk
  return importFile(db, {
    ...{ kind: 'answer', file, actor, rowsPerStep, opened },
    read: async () => {
      const rows = await readAnswers(file, book, on)
      await db.transaction(async (tx) => {
        await indexOldNumbers(tx, seal)
        await markDiffering(tx, seal, rows)
      })
      return rows
    },
    judge: (tx, importId, rows) => judgeStep(desk, tx, importId, rows),
    finish: (tx, importId) => tellVillages(tx, desk, importId),
  })
}

async function judgeStep(desk: BranchDesk, tx: Tx, importId: number, rows: ReadAnswer[]) {
  await lockAnswers(tx)
  const named = await findNamedBy(tx, desk.seal, rows, true)
  const judged = rows.map((row) => judgeRow(desk, row, named))
  await record(desk, tx, judged)
  await saveAnswers(tx, desk.seal, importId, judged)
}

interface DecidedRow extends JudgedAnswerRow {
  kpj: string
}

function judgeRow(desk: BranchDesk, one: ReadAnswer, named: NamedMembers): DecidedRow {
  const { line, said, read, differs } = one
  if (typeof read === 'string') {
    return { line, said, kpj: '', verdict: 'unreadable', reason: read }
  }
  const judged = judgeOne(desk, read, named, differs)
  return { line, said, kpj: read.kpj, ...judged }
}

function judgeOne(
  { seal, book }: BranchDesk,
  answer: Answer,
  named: NamedMembers,
  differs: boolean,
): JudgedAnswer {
  const known = knownOf(seal, answer, named)
  const judged = judgeAnswer(answer, known, book.members)
  if (differs && judged.submissionId !== undefined && judged.verdict !== 'already') {
    return { verdict: 'contradicts', reason: 'rows-differ', submissionId: judged.submissionId }
  }
  heed(judged, known.kpj, named)
  return judged
}

/** What this row decides holds for the rows after it. */
function heed({ verdict, submissionId }: JudgedAnswer, key: string, named: NamedMembers) {
  if (verdict !== 'registered' && verdict !== 'refused') return
  const one = must(named.byId.get(submissionId ?? 0), 'a decision about somebody')
  one.state = verdict
  if (verdict === 'refused') return
  one.kpj = key
  named.owners.set(key, [...(named.owners.get(key) ?? []), one.person])
}

/** Records what was decided and tells the people, all in the transaction of the rows. */
async function record(desk: BranchDesk, tx: Tx, rows: DecidedRow[]) {
  const registered = rows.flatMap(({ verdict, submissionId, kpj }) =>
    verdict === 'registered' && submissionId !== undefined ? [{ submissionId, kpj }] : [],
  )
  const refused = rows.flatMap(({ verdict, submissionId, refusal }) =>
    verdict === 'refused' && submissionId !== undefined && refusal !== undefined
      ? [{ submissionId, reason: refusal }]
      : [],
  )
  const forMany = { ...desk, isForMany: true }
  if (registered.length > 0) await registerMembers(tx, forMany, registered)
  if (refused.length > 0) await refuseMembers(tx, forMany, refused)
}
