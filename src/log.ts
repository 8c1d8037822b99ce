// The one logger: ids and step names; never words, NIK, names or phone numbers.
import { pino } from 'pino'

/** Logs one JSON line to standard output. */
export type Log = ReturnType<typeof createLog>

/** Fields that may be logged: ids, names of parts, counts, times. Anything else is left out. */
const allowed = new Set([
  'address',
  'channel',
  'code',
  'count',
  'error',
  'job',
  'ms',
  'name',
  'outbound',
  'port',
  'reason',
  'role',
  'roster',
  'state',
  'submission',
])

/** Makes the logger. A text with a long run of digits is never written. */
export function createLog(level: string) {
  return pino({
    level,
    base: null,
    formatters: { log: (fields) => keepAllowed(fields) },
  })
}

function keepAllowed(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => allowed.has(name) && isHarmless(value)),
  )
}

function isHarmless(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && !/\d{9,}/.test(value))
}
