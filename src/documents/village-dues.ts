// Makes the list of everybody whom a village has to pay for today, to be printed or checked.
import { sayPhrase } from '../core/phrase.ts'
import { showMonth } from '../core/show-month.ts'
import { showReceipt } from '../core/text.ts'
import { openFor } from '../core/village-dues.ts'
import type { DocumentGround } from '../documents.ts'
import { openNames } from '../registry/people.ts'
import { listPaidFor } from '../registry/village-dues.ts'
import { writeTable } from '../roster/write-table.ts'

/** Widths of the columns in characters; their headings stand in the words. */
const widths = [5, 30, 18, 24, 22, 30, 16, 22]

/** The list as a workbook; `id` is the code of the village and a language. */
export async function makeVillageDues({ db, seal, book, clock }: DocumentGround, id: string) {
  const [villageCode = '', language = ''] = id.split(' ')
  const people = await listPaidFor(db.pool, book.branch.zone, villageCode)
  const names = await openNames(
    db.pool,
    seal,
    people.map((one) => one.id),
  )
  const say = (phrase: string, fills = {}) => sayPhrase(book, language, phrase, fills)
  const rupiah = (amount: number) => book.readers.money.show(amount, language)
  const day = (on: string) => book.readers.date.show(on, language)
  const months = (all: string[]) => all.map((month) => showMonth(book, language, month)).join(', ')
  let sum = 0
  const lines = people.flatMap((one) => {
    const { unpaid, totalRupiah, unknownMonths } = openFor(one, clock.today(), book.rates)
    const last = unpaid.at(-1)
    sum += totalRupiah
    const person = [
      names.get(one.id) ?? '',
      showReceipt(one.receipt),
      say(one.cohort ? `cohort-${one.cohort}` : 'dues-others'),
      say(`segment-${one.membership.segment}`),
    ]
    const known = last && [
      ...[...person, months(unpaid.map(({ month }) => month))],
      ...[rupiah(totalRupiah), day(last.nominalDueOn)],
    ]
    const unknown = [...person, months(unknownMonths), say('plan-unknown'), '']
    return [...(known ? [known] : []), ...(unknownMonths.length > 0 ? [unknown] : [])]
  })
  const numbered = lines.map((cells, index) => [String(index + 1), ...cells])
  const total = say('dues-sum', { count: String(lines.length), amount: rupiah(sum) })
  const headings = say('dues-headings')
    .split('|')
    .map((heading) => heading.trim())
  const rows = [...numbered, [], ['', total]]
  return writeTable({ name: say('dues-sheet'), headings, rows, widths })
}
