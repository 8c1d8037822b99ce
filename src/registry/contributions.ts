// The ledger's rows: which memberships there are, their months, and what was paid of them.
import { firstDayOf } from '../core/calendar.ts'
import { baseOf, type Membership } from '../core/ledger/membership.ts'
import { type LedgerMonth, ledgerMonth, type PaidMonths } from '../core/ledger/months.ts'
import { withPaid } from '../core/ledger/pay.ts'
import type { Rates } from '../core/rates.ts'
import type { PuProgramme } from '../core/wage-contribution.ts'
import type { Tx } from './database.ts'
import { takeBackReminders } from './reminders.ts'
import { bigintArray, textArray } from './sql-array.ts'
import { lockSubmissions } from './submissions.ts'

/** A registered membership and its paid months. */
export interface KeptMembership {
  /** The number of its submission. */
  id: number
  membership: Membership
  paid: PaidMonths
}

/** A membership as statements give it. */
export interface MembershipColumns {
  segment: 'BPU' | 'PU'
  sector: Membership['sector']
  payer: Membership['payer']
  base_rupiah: number
  programmes: PuProgramme[]
  first_month: string
  bases: { fromMonth: string; baseRupiah: number }[] | null
}

interface MembershipRow extends MembershipColumns {
  id: number
  paid: Record<string, string> | null
}

/**
 * Registered memberships after the number `after`, in order, at most `limit`. The first month is
 * the one wished for, or that in which the number was issued (by the clock of `zone`) if later; of
 * somebody who came back, the month from which it goes on.
 */
export async function listMemberships(
  tx: Tx,
  zone: string,
  after: number,
  limit: number,
): Promise<KeptMembership[]> {
  const { rows } = await tx.query<MembershipRow>({
    name: 'list-memberships',
    // The limit stands in the statement: without it a page is planned as if it were a tenth of all.
    text: membershipSql('e.submission_id > $2', `LIMIT ${limit}`),
    values: [zone, after],
  })
  return rows.map(toKept)
}

/** The registered membership of this number, if there is one, locked like several. */
export async function findMembership(
  tx: Tx,
  zone: string,
  id: number,
): Promise<KeptMembership | undefined> {
  const [found] = await lockMemberships(tx, zone, [id])
  return found
}

/**
 * The registered memberships of these numbers, in order; nobody else records a payment for them
 * until the transaction ends.
 */
export async function lockMemberships(
  tx: Tx,
  zone: string,
  ids: number[],
): Promise<KeptMembership[]> {
  // Months may be drawn up meanwhile: only the keys of these rows are wanted for that.
  await lockSubmissions(tx, ids)
  return readMemberships(tx, zone, ids)
}

/** The registered memberships of these numbers as they are now, in order. */
export async function readMemberships(
  tx: Tx,
  zone: string,
  ids: number[],
): Promise<KeptMembership[]> {
  const { rows } = await tx.query<MembershipRow>({
    name: 'read-memberships',
    text: membershipSql('e.submission_id = ANY ($2::bigint[])', ''),
    values: [zone, bigintArray(ids)],
  })
  return rows.map(toKept)
}

/** The later bases of a wage earner's membership by the alias of its row, as SQL. */
export function basesOf(member: string): string {
  return `CASE WHEN ${member}.segment = 'PU' THEN (
    SELECT json_agg(json_build_object('fromMonth', to_char(w.from_month, 'YYYY-MM'),
                                      'baseRupiah', w.base_rupiah) ORDER BY w.id)
      FROM wage_change w WHERE w.submission_id = ${member}.id) END`
}

function membershipSql(where: string, limit: string): string {
  return `
    SELECT m.*, ${basesOf('m')} AS bases,
           (SELECT jsonb_object_agg(to_char(month, 'YYYY-MM'), paid_on) FROM contribution c
                  WHERE c.submission_id = m.id AND c.paid_on IS NOT NULL) AS paid
      FROM (SELECT e.submission_id AS id, min(e.segment) AS segment, min(e.sector) AS sector,
                   min(e.payer) AS payer, min(e.base_rupiah) AS base_rupiah,
                   array_agg(lower(e.programme) ORDER BY e.programme) AS programmes,
                   to_char(coalesce(max(e.resumed_on), greatest(min(e.starts_on),
                             (min(e.registered_at) AT TIME ZONE $1)::date)), 'YYYY-MM')
                     AS first_month
              FROM enrolment e WHERE ${where} AND e.state = 'registered'
             GROUP BY e.submission_id ORDER BY e.submission_id ${limit}) m
     ORDER BY m.id`
}

function toKept(row: MembershipRow): KeptMembership {
  return {
    id: row.id,
    membership: toMembership(row),
    paid: new Map(Object.entries(row.paid ?? {})),
  }
}

/** The membership behind the columns of a row. */
export function toMembership(row: MembershipColumns): Membership {
  return {
    segment: row.segment === 'PU' ? 'pu' : 'bpu',
    sector: row.sector,
    payer: row.payer,
    baseRupiah: row.base_rupiah,
    programmes: row.programmes,
    firstMonth: row.first_month,
    ...(row.bases && { bases: row.bases }),
  }
}

/** One month of one membership, to be kept. */
export interface KeptMonth {
  id: number
  membership: Membership
  month: LedgerMonth
  /** The row of an import that paid it. */
  paymentRowId?: number | undefined
}

/**
 * Keeps months: a new one is added, one that is not paid yet follows the rates, a paid one stays.
 * Gives how many rows were written.
 */
export async function saveMonths(tx: Tx, months: KeptMonth[]) {
  const { rowCount } = await tx.query({
    name: 'save-months',
    text: `
      INSERT INTO contribution AS c (submission_id, month, payer, base_rupiah, jkk, jkm, jht, jp,
             total_rupiah, nominal_due_on, due_on, paid_on, payment_row_id)
      SELECT n.*
        FROM unnest($1::bigint[], $2::date[], $3::text[], $4::int[], $5::int[], $6::int[],
                    $7::int[], $8::int[], $9::int[], $10::date[], $11::date[], $12::date[],
                    $13::bigint[]) AS n
       ORDER BY 1, 2
      ON CONFLICT (submission_id, month) DO UPDATE
         SET payer = excluded.payer, base_rupiah = excluded.base_rupiah, jkk = excluded.jkk,
             jkm = excluded.jkm, jht = excluded.jht, jp = excluded.jp,
             total_rupiah = excluded.total_rupiah, nominal_due_on = excluded.nominal_due_on,
             due_on = excluded.due_on, paid_on = excluded.paid_on,
             payment_row_id = excluded.payment_row_id
       WHERE c.paid_on IS NULL AND (c.payer, c.base_rupiah, c.jkk, c.jkm, c.jht, c.jp, c.due_on,
                                    c.paid_on)
             IS DISTINCT FROM (excluded.payer, excluded.base_rupiah, excluded.jkk, excluded.jkm,
                               excluded.jht, excluded.jp, excluded.due_on, excluded.paid_on)`,
    values: [
      bigintArray(months.map(({ id }) => id)),
      months.map(({ month }) => firstDayOf(month.month)),
      textArray(months.map(({ membership }) => membership.payer)),
      months.map(({ membership, month }) => baseOf(membership, month.month)),
      months.map(({ month }) => month.jkk),
      months.map(({ month }) => month.jkm),
      months.map(({ month }) => month.jht),
      months.map(({ month }) => month.jp),
      months.map(({ month }) => month.totalRupiah),
      months.map(({ month }) => month.nominalDueOn),
      months.map(({ month }) => month.dueOn),
      months.map(({ month }) => month.paidOn ?? null),
      months.map(({ paymentRowId }) => paymentRowId ?? null),
    ],
  })
  return rowCount ?? 0
}

/** Months of one membership that were paid. */
export interface Payment {
  kept: KeptMembership
  /** Contribution months `YYYY-MM`; those that were paid before keep their day. */
  months: string[]
  paidOn: string
  /** The row of an import that says so. */
  paymentRowId?: number | undefined
}

/**
 * Records payments, each month in one of them at most: the months are paid, claims that they cover
 * are confirmed, and reminders that still wait to be sent are taken back.
 */
export async function recordPayments(tx: Tx, payments: Payment[], rates: Rates) {
  if (payments.length === 0) return
  const months = payments.flatMap(({ kept, months, paidOn, paymentRowId }) => {
    const { id, membership } = kept
    const paid = withPaid(kept.paid, months, paidOn)
    return months.map((month) => ({
      ...{ id, membership, paymentRowId },
      month: ledgerMonth(membership, month, paid, rates),
    }))
  })
  const ids = [...new Set(payments.map(({ kept }) => kept.id))]
  await saveMonths(tx, months)
  await tx.query({
    name: 'confirm-claims',
    text: `UPDATE payment_claim p SET state = 'confirmed', closed_at = now()
            WHERE p.submission_id = ANY ($1::bigint[]) AND p.state = 'open'
              AND NOT EXISTS (SELECT FROM contribution c
                               WHERE c.submission_id = p.submission_id AND c.paid_on IS NULL
                                 AND c.month <= p.until_month)`,
    values: [bigintArray(ids)],
  })
  await takeBackReminders(tx, ids)
}
