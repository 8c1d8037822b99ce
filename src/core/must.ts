// Says loudly that something happened which the program says cannot happen.

/**
 * Returns `value` unless it is null, undefined or false; then throws, in production too. Where each
 * turn passes it is `value ?? must(null, …)`: `what` is put together only if it is to be said.
 */
export function must<T>(value: T, what: string): NonNullable<Exclude<T, false>> {
  if (value === null || value === undefined || value === false) {
    throw new Error(`cannot happen: ${what}`)
  }
  return value as NonNullable<Exclude<T, false>>
}
