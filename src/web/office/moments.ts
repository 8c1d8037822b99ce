// Moments as officers read them: in the branch's zone, with the zone written.
import { writeDate } from '../write-date.ts'

const zoneWords: Record<string, string> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Pontianak': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Jayapura': 'WIT',
}

/** `21 Nov 2026, 16.20 WITA`. */
export function showMoment(at: Date, zone: string): string {
  const shape = { day: 'numeric', month: 'short', year: 'numeric', timeZone: zone } as const
  const day = writeDate(at, shape)
  const time = { hour: '2-digit', minute: '2-digit', timeZone: zone } as const
  const clock = writeDate(at, time)
  return `${day}, ${clock} ${zoneWords[zone] ?? zone}`
}

/** A count as officers read it: `1.402`. */
export function showCount(count: number): string {
  return count.toLocaleString('id-ID')
}

/** A day `YYYY-MM-DD` as officers read it: `9 Des 2026`. */
export function showDay(on: string): string {
  const shape = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const
  return writeDate(new Date(on), shape)
}
