// Days as `YYYY-MM-DD` words: whether they exist, and the years between them.

/** Whether `YYYY-MM-DD` names a day that the calendar has. */
export function isDay(day: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return false
  const time = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day)
}

/** Whole years from one day to another, both `YYYY-MM-DD`. */
export function ageYears(birthOn: string, on: string): number {
  const years = Number(on.slice(0, 4)) - Number(birthOn.slice(0, 4))
  return on.slice(5) < birthOn.slice(5) ? years - 1 : years
}
