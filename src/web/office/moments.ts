// Moments as officers read them: in the branch's zone, with the zone written.

const zoneWords: Record<string, string> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Pontianak': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Jayapura': 'WIT',
}

/** `21 Nov 2026, 16.20 WITA`. */
export function showMoment(at: Date, zone: string): string {
  const shape = { day: 'numeric', month: 'short', year: 'numeric', timeZone: zone } as const
  const day = new Intl.DateTimeFormat('id-ID', shape).format(at)
  const time = { hour: '2-digit', minute: '2-digit', timeZone: zone } as const
  const clock = new Intl.DateTimeFormat('id-ID', time).format(at)
  return `${day}, ${clock} ${zoneWords[zone] ?? zone}`
}

/** A count as officers read it: `1.402`. */
export function showCount(count: number): string {
  return count.toLocaleString('id-ID')
}

/** A day `YYYY-MM-DD` as officers read it: `9 Des 2026`. */
export function showDay(on: string): string {
  const shape = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat('id-ID', shape).format(new Date(on))
}
