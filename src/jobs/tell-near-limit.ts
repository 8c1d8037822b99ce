// Tells members who come near the upper age that they may go on, as long as they do not lapse.
import { bpuEligibility } from '../core/eligibility.ts'
import { sayPhrase } from '../core/phrase.ts'
import { getFigure } from '../core/rates.ts'
import { localDay } from '../core/reminders/local-time.ts'
import { findHour } from '../core/reminders/plan.ts'
import { showReceipt } from '../core/text.ts'
import { type AgedMember, listAgedMembers } from '../registry/near-limit.ts'
import {
  type Begun,
  countBegun,
  type PlannedReminder,
  queueReminders,
} from '../registry/reminders.ts'
import type { Runtime } from '../runtime.ts'
import { defineJob } from './job.ts'

/** Members of one transaction. */
const pageSize = 1_000

/** How the purpose begins; the number of the membership follows. */
const told = 'news:near-limit:'

/** Looks twice a week: the days before the limit leave room for whoever was written to already. */
export const tellNearLimit = defineJob({
  name: 'tell-near-limit',
  concurrency: 1,
  role: 'work',
  every: { pattern: '15 10 * * 1,4' },
  run: async (runtime) => {
    const { db, seal, clock } = runtime
    const asked = { told, on: clock.today() }
    let count = 0
    for (let after = 0; ; ) {
      const page = await listAgedMembers(db.pool, seal, asked, after, pageSize)
      const last = page.at(-1)
      if (!last) break
      after = last.id
      count += await tellPage(runtime, page)
    }
    if (count === 0) return
    for (const channel of runtime.channels.keys()) runtime.ring('send-messages', { channel })
  },
})

/** Tells those of a page who are near; how many were told. */
async function tellPage(runtime: Runtime, page: AgedMember[]): Promise<number> {
  const { db, seal, book, clock } = runtime
  const { on, second } = clock.now()
  const near = page.filter(
    ({ birthOn }) => bpuEligibility({ birthOn, on }, book.rates).verdict === 'near-limit',
  )
  if (near.length === 0) return 0
  const atMs = second * 1000
  return db.transaction(async (tx) => {
    const ids = near.map(({ addressId }) => addressId)
    const begun = await countBegun(tx, ids, atMs)
    const planned = near.flatMap((one) => toPlanned(runtime, one, begun.get(one.addressId), atMs))
    if (planned.length === 0) return 0
    return (await queueReminders(tx, seal, planned, atMs)).size
  })
}

/** The notice; nothing today for whoever has heard enough this week, or anything on that day. */
function toPlanned(
  { book }: Runtime,
  { id, receipt, addressId, language, villageCode }: AgedMember,
  begun: Begun | undefined,
  atMs: number,
): PlannedReminder[] {
  const zone = book.places.zone(villageCode)
  const notBeforeMs = findHour({ zone }, atMs, book.rates)
  const on = localDay(zone, notBeforeMs)
  const isSameDay = begun?.lastBegunMs !== undefined && localDay(zone, begun.lastBegunMs) >= on
  if (isSameDay || (begun?.begunInWeek ?? 0) >= getFigure(book.rates, 'reminder-weekly-cap', on))
    return []
  const text = sayPhrase(book, language, 'news-near-limit', {
    operator: book.branch.operator,
    receipt: showReceipt(receipt),
    age: String(getFigure(book.rates, 'bpu-upper-age', on)),
  })
  const purpose = `${told}${id}`
  // A contact of its own: what waits to be asked of the person is not overtaken by this.
  const contact = `n${addressId}`
  return [{ purpose, purposes: [purpose], contact, addressId, text, notBeforeMs, zone }]
}
