// Moments as the command line shows them, in UTC.

/** `2026-12-09 08:30`. */
export function showMoment(moment: Date): string {
  return moment.toISOString().slice(0, 16).replace('T', ' ')
}

/** `2026-12-09`. */
export function showDay(moment: Date): string {
  return moment.toISOString().slice(0, 10)
}
