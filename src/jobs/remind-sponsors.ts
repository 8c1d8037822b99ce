// Tells those who answer for other payers what these have to pay: their members are not asked.
import { nameArea } from '../core/area.ts'
import { sayPhrase } from '../core/phrase.ts'
import { findHour } from '../core/reminders/plan.ts'
import {
  findSponsorReminder,
  type SponsorDues,
  type SponsorReminder,
} from '../core/reminders/sponsors.ts'
import { showMonth } from '../core/show-month.ts'
import { type PlannedReminder, queueReminders } from '../registry/reminders.ts'
import { listSponsorDues, listSponsorOfficers, type SponsorOfficer } from '../registry/sponsors.ts'
import type { Runtime } from '../runtime.ts'
import { defineJob } from './job.ts'

/** Looks each working hour: what is to be said stands in the rows, and is said once a month. */
export const remindSponsors = defineJob({
  name: 'remind-sponsors',
  concurrency: 1,
  role: 'work',
  every: { pattern: '50 8-15 * * 1-5' },
  run: async (runtime) => {
    const { db, book, seal, clock } = runtime
    const { on, second } = clock.now()
    const atMs = second * 1000
    let count = 0
    for (const dues of await listSponsorDues(db.pool)) {
      const reminder = findSponsorReminder(dues, on, book.rates)
      if (!reminder) continue
      const officers = await listSponsorOfficers(db.pool, dues.regency)
      const planned = officers.map((one) => toPlanned(runtime, dues, reminder, one, atMs))
      if (planned.length === 0) {
        runtime.log.warn({ regency: dues.regency, payer: dues.payer }, 'nobody answers for a payer')
        continue
      }
      const queued = await db.transaction((tx) => queueReminders(tx, seal, planned, atMs))
      count += queued.size
    }
    if (count === 0) return
    for (const channel of runtime.channels.keys()) runtime.ring('send-messages', { channel })
  },
})

function toPlanned(
  { book }: Runtime,
  { payer, regency, people }: SponsorDues,
  { kind, name, months, totalRupiah, nominalDueOn }: SponsorReminder,
  { addressId, language }: SponsorOfficer,
  atMs: number,
): PlannedReminder {
  const zone = book.places.zone(regency)
  const day = (on: string) => book.readers.date.show(on, language)
  const text = sayPhrase(book, language, `sponsor-${kind}`, {
    operator: book.branch.operator,
    payer: sayPhrase(book, language, `payer-${payer}`),
    area: nameArea(book.places, regency),
    count: String(people),
    months: months.map((month) => showMonth(book, language, month)).join(', '),
    amount: book.readers.money.show(totalRupiah, language),
    due: day(nominalDueOn),
  })
  const purpose = `sponsor:${name}:${regency}:${payer}:${addressId}`
  const notBeforeMs = findHour({ zone }, atMs, book.rates)
  const contact = `o${addressId}:${regency}:${payer}`
  return { purpose, purposes: [purpose], contact, addressId, text, notBeforeMs, zone }
}
