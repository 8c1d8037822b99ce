// A morning for campaigns: they rest at night, tests run at any hour.
const dayMs = 24 * 60 * 60_000

/** The last Wednesday before yesterday, ten o'clock in Makassar, in ms: quiet in no zone, and past. */
export function lastMorningMs(): number {
  const on = new Date(Date.now() - dayMs)
  while (on.getUTCDay() !== 3) on.setTime(on.getTime() - dayMs)
  return on.setUTCHours(2, 0, 0, 0)
}
