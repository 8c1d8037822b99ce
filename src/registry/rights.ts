// The rights of the data protection law: see what is held, and have it erased.
import type { Book } from '../core/book.ts'
import { showHeldAnswers } from '../core/held.ts'
import { must } from '../core/must.ts'
import { appendAudit } from './audit.ts'
import type { Tx } from './database.ts'
import { takeBackFilled } from './merge-answers.ts'
import { keptForChat } from './merged.ts'
import type { Seal } from './seal.ts'
import { bigintArray } from './sql-array.ts'
import { lockSubmissions, openSubmitted } from './submissions.ts'
import { openTicket } from './tickets.ts'

/** What the newest submission of an address holds, labelled by step; nothing when there is none. */
export async function readMyData(tx: Tx, seal: Seal, addressId: number, book: Book) {
  const { rows } = await tx.query<{
    receipt: string
    flow: string
    language: string
    started_on: string
    answers: Buffer
    filled: Buffer | null
  }>(
    `SELECT receipt, flow, language, started_on, answers, filled FROM submission
      WHERE address_id = $1 AND command = 'submit-enrolment' AND state <> 'withdrawn'
      ORDER BY id DESC LIMIT 1`,
    [addressId],
  )
  const row = rows[0]
  if (!row) return {}
  return showHeldAnswers(book, {
    receipt: row.receipt,
    flow: row.flow,
    language: row.language,
    startedOn: row.started_on,
    answers: openSubmitted(seal, row.receipt, row.answers, row.filled),
  })
}

/**
 * Erases what an address told us: its submissions and what came of them, also in those that stand
 * for them since they were made one, its messages and tickets. Who is registered already, by
 * either, is left to an officer, because the law wants some of it kept.
 */
export async function eraseData(tx: Tx, seal: Seal, addressId: number) {
  const sent = await lockSent(tx, addressId)
  const kept = await areRegistered(tx, [...sent.own, ...sent.kept])
  if (kept) await openTicket(tx, seal, addressId, { reason: 'erasure' })
  else {
    await takeBackFilled(tx, seal, sent.own)
    await eraseSubmissions(tx, addressId)
    await tx.query('UPDATE address SET person_id = NULL WHERE id = $1', [addressId])
  }
  await forgetMessages(tx, addressId)
  await forgetAliases(tx, addressId)
  await tx.query('UPDATE ticket SET words = NULL WHERE address_id = $1', [addressId])
  await appendAudit(tx, `address:${addressId}`, 'erase-data', `address:${addressId}`, { kept })
}

/** Removes the words that went either way; what was registered with them is kept. */
export async function forgetMessages(tx: Tx, addressId: number) {
  await tx.query('UPDATE inbound SET words = NULL WHERE address_id = $1', [addressId])
  await tx.query(
    `DELETE FROM outbound WHERE state NOT IN ('waiting', 'sending')
        AND address_id IN (SELECT id FROM address WHERE id = $1 OR merged_into = $1)`,
    [addressId],
  )
}

/**
 * Only the address's own id stays readable, for the answer to go there; the other ids lead to it
 * still, but as indexes that say nothing, until the person writes from one of them again.
 */
async function forgetAliases(tx: Tx, addressId: number) {
  await tx.query('UPDATE address_alias SET sealed = NULL WHERE address_id = $1', [addressId])
  await tx.query(`UPDATE address SET sealed = '' WHERE merged_into = $1`, [addressId])
}

/** What was sent from here and what stands for it now: nobody decides on any of them meanwhile. */
async function lockSent(tx: Tx, addressId: number): Promise<{ own: number[]; kept: number[] }> {
  const { rows } = await tx.query<{ own: number[]; kept: number[] }>(
    `SELECT ARRAY (SELECT id FROM submission
                    WHERE address_id = a.id AND command = 'submit-enrolment') AS own,
            ${keptForChat} AS kept
       FROM address a WHERE a.id = $1`,
    [addressId],
  )
  const sent = must(rows[0], 'the address')
  await lockSubmissions(tx, [...sent.own, ...sent.kept])
  return sent
}

async function areRegistered(tx: Tx, submissionIds: number[]): Promise<boolean> {
  const { rows } = await tx.query(
    `SELECT FROM enrolment
      WHERE submission_id = ANY ($1::bigint[]) AND state IN ('registered', 'ended') LIMIT 1`,
    [bigintArray(submissionIds)],
  )
  return rows.length > 0
}

async function eraseSubmissions(tx: Tx, addressId: number) {
  await tx.query(
    `WITH gone AS (
       UPDATE enrolment e SET state = 'withdrawn', updated_at = now(), occupation = '',
              nik_index = decode(md5('erased ' || e.id), 'hex')
         FROM submission s
        WHERE s.id = e.submission_id AND s.address_id = $1
          AND s.command = 'submit-enrolment' RETURNING e.id)
     INSERT INTO enrolment_event (enrolment_id, kind, actor)
     SELECT id, 'withdrawn', 'person' FROM gone`,
    [addressId],
  )
  await tx.query(
    `UPDATE person SET nik_index = NULL, nik = NULL, name = NULL, birth_place = NULL,
            birth_on = NULL, mother_name = NULL, phone = NULL, address_line = NULL,
            erased_at = now()
      WHERE id IN (SELECT person_id FROM submission
                    WHERE address_id = $1 AND command = 'submit-enrolment'
                      AND person_id IS NOT NULL)`,
    [addressId],
  )
  await forgetImports(tx, addressId)
  await tx.query(
    `UPDATE submission SET state = 'withdrawn', answers = '', filled = NULL, closed_at = now()
      WHERE address_id = $1 AND command = 'submit-enrolment'`,
    [addressId],
  )
}

/** What files said of these people: that a row was there stays, and what became of it. */
async function forgetImports(tx: Tx, addressId: number) {
  for (const rows of ['answer_row', 'payment_row']) {
    await tx.query(
      `UPDATE ${rows} r SET said = '' FROM submission s
        WHERE s.id = r.submission_id AND s.address_id = $1 AND s.command = 'submit-enrolment'`,
      [addressId],
    )
  }
}
