// The filter of the queue, as it stands in addresses: it goes along from page to page.
import type { ReviewFilter } from '../../../registry/review-queue.ts'
import type { Visit } from '../visit.ts'

/** The kinds by the word in the address; the first is what is shown without any. */
export const kindWords = {
  semua: 'all',
  bersih: 'clean',
  ganjil: 'odd',
  tertahan: 'parked',
} as const satisfies Record<string, ReviewFilter['kind']>

/** The filter that an address or a form asks for; what is no filter is none. */
export function filterOf({ asked, given }: Pick<Visit, 'asked' | 'given'>): ReviewFilter {
  const word = asked('jenis') || given('jenis')
  const place = asked('wilayah') || given('wilayah')
  const kind = Object.hasOwn(kindWords, word) ? kindWords[word as keyof typeof kindWords] : 'all'
  return { kind, place: /^\d\d(\.\d\d){0,2}(\.\d{4})?$/.test(place) ? place : '' }
}

/** The filter with other parts of an address, `?…`; empty where there is nothing to say. */
export function queryOf({ kind, place }: ReviewFilter, more: Record<string, string> = {}): string {
  const word = Object.entries(kindWords).find(([, one]) => one === kind)?.[0] ?? ''
  const query = new URLSearchParams({
    ...(kind !== 'all' && { jenis: word }),
    ...(place && { wilayah: place }),
    ...more,
  }).toString()
  return query && `?${query}`
}
