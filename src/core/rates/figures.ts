// The figures that the program knows by name, and how each is written down in flows/rates.
import * as z from 'zod'
import {
  brackets,
  count,
  counts,
  day,
  forEach,
  hours,
  namedDays,
  people,
  percent,
  rupiah,
  wageRupiah,
} from './kinds.ts'

/** Who may pay a contribution. */
export const payers = ['self', 'relative', 'csr', 'agent', 'village', 'apbn', 'apbd'] as const
/** Who pays the contribution of a person who works for themselves. */
export type Payer = (typeof payers)[number]

/** Those groups, in the order in which a village counts them. */
export const cohorts = [
  'kepala-desa',
  'perangkat-desa',
  'bpd',
  'rt-rw',
  'lkd',
  'kader',
  'rentan',
  'pktd',
] as const
/** A group of people whom a village may protect from its own money. */
export type Cohort = (typeof cohorts)[number]

/** School stages of the scholarship, in the order in which a child passes through them. */
export const stages = ['tk', 'sd', 'smp', 'sma', 's1'] as const
/** One of the stages. */
export type Stage = (typeof stages)[number]

const stage = z.strictObject({ rupiah, years: count })
const due = z.strictObject({ day: count, 'months-later': count })
const shares = z.strictObject({ employer: percent, worker: percent })
const names = z.record(z.string().regex(/^[a-z-]+$/), z.string().min(1))
const byRegency = z.record(z.string().regex(/^\d{2}\.\d{2}$/, 'is not a regency code'), wageRupiah)

const cohortSetting = z.strictObject({
  segment: z.enum(['PU', 'BPU']),
  base: z.enum(['siltap', 'umk', 'fixed']),
  rupiah: wageRupiah.optional(),
  programmes: z.enum(['basic', 'savings', 'pension']),
})
/** How a regency has one group registered: its segment, the wage it is charged on, programmes. */
export type CohortSetting = z.output<typeof cohortSetting>
const cohortSettings = z
  .record(
    z.string().regex(/^(default|\d{2}\.\d{2})$/, 'is neither a regency code nor default'),
    z.partialRecord(z.enum(cohorts), cohortSetting),
  )
  .refine(
    (table) => cohorts.every((cohort) => table.default?.[cohort]),
    'has a default that leaves a group out',
  )
  .refine(
    (table) =>
      Object.values(table)
        .flatMap((settings) => Object.values(settings))
        .every((one) => (one.base === 'fixed') === (one.rupiah !== undefined)),
    'needs rupiah with the base fixed, and only there',
  )

/** Each figure's name and how its value is written. */
export const figureKinds = {
  'bpu-jkk-percent': percent,
  'bpu-jkm-rupiah': rupiah,
  'bpu-jht-percent': percent,
  'bpu-brackets': brackets,
  'prepay-months': counts,
  'discount-transport-percent': percent,
  'discount-other-percent': percent,
  'discount-payers': forEach(payers, z.enum(['applies', 'excluded', 'unsure', 'both-prices'])),
  'pu-jkk-percent': forEach(['1', '2', '3', '4', '5'], percent),
  'pu-jkm-percent': percent,
  'pu-jht-percent': shares,
  'pu-jp-percent': shares,
  'jp-ceiling-rupiah': rupiah,
  'jkk-wage-months': count,
  'jkk-death-percent': percent,
  'jkk-disability-percent': percent,
  'jkk-funeral-rupiah': rupiah,
  'jkk-periodic-rupiah': rupiah,
  'jkk-sick-pay': z.array(z.strictObject({ 'from-month': count, percent })).min(1),
  'jkk-home-care-rupiah': rupiah,
  'jkk-home-care-months': count,
  'jkk-transport-rupiah': z.strictObject({ land: rupiah, sea: rupiah, air: rupiah }),
  'jkk-glasses-rupiah': rupiah,
  'jkk-report-days': count,
  'jkk-claim-years': count,
  'jkk-paid-workdays': count,
  'jkm-rupiah': z.strictObject({ death: rupiah, periodic: rupiah, funeral: rupiah }),
  'jkm-paid-workdays': count,
  'early-death-rupiah': rupiah,
  'early-death-calendar-months': count,
  'full-death-months': count,
  'full-death-paid-months': count,
  'scholarship-stages': forEach(stages, stage),
  'scholarship-children': count,
  'scholarship-end-age': count,
  'scholarship-jkm-years': count,
  'jht-full-age': count,
  'jht-partial-years': count,
  'jht-partial-percent': z.strictObject({ pension: percent, house: percent }),
  'jht-wait-months': count,
  'jht-paid-workdays': count,
  'jht-app-limit-rupiah': rupiah,
  'jkp-percent': percent,
  'jkp-months': count,
  'jkp-wage-cap-rupiah': rupiah,
  'jkp-age-limit': count,
  'jkp-claim-months': count,
  'bpu-upper-age': count,
  'bpu-near-limit-days': count,
  'bpu-lower-age': count,
  'jp-pension-age': count,
  'bpu-due': due,
  'pu-due': due,
  'bpu-late-fine-percent': percent,
  'pu-late-fine-percent': percent,
  'late-fine-payers': forEach(payers, z.enum(['applies', 'excluded', 'unsure'])),
  'bpu-lapse-months': z.strictObject({ doubtful: count, inactive: count }),
  'reminder-days-before': counts,
  'reminder-days-after': count,
  'reminder-weekly-cap': count,
  'reminder-quiet': z.strictObject({ night: hours, friday: hours }),
  'price-notice-days': count,
  'snooze-days': count,
  'claim-check-days': count,
  'export-approval-above': count,
  'breach-notice-hours': count,
  'erasure-hours': count,
  'pay-places': names,
  'pay-places-unsure': names,
  'campaign-approval-from': people,
  'campaign-daily-budget': people,
  'campaign-canary': z.strictObject({ percent, from: people }),
  'campaign-answer-days': count,
  'holidays-national': namedDays,
  'holidays-joint-leave': namedDays,
  'dana-desa-cohorts': forEach(cohorts, z.enum(['barred', 'officer'])),
  'village-fund-sources': names,
  'cohort-settings': cohortSettings,
  'sadar-percent': z.partialRecord(z.enum(cohorts), percent),
  'siltap-floor-rupiah': z.strictObject({
    head: wageRupiah,
    secretary: wageRupiah,
    staff: wageRupiah,
  }),
  'umk-rupiah': byRegency,
} as const satisfies Record<string, z.ZodType>

/** The name of a figure. */
export type FigureName = keyof typeof figureKinds
/** What a figure is once it was read. */
export type FigureValue<N extends FigureName> = z.output<(typeof figureKinds)[N]>

const source = z
  .string()
  .regex(
    /^(REG|OFF|NEWS|REPO|DER|MEM)\b.{3}/s,
    'must say where it comes from, after REG, OFF, NEWS, REPO, DER or MEM',
  )

/** One row of a figure, as written; the value is read by the figure's own kind. */
export function rowKind<T extends z.ZodType>(value: T) {
  const until = day.optional()
  return z.union([
    // `known: no` becomes a row without a value.
    z
      .strictObject({ from: day, until, known: z.literal('no'), source })
      .transform(({ from, until, source }) => ({ from, until, source })),
    z.strictObject({ from: day, until, value, source }),
  ])
}
