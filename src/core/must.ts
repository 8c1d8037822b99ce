// Says loudly that something happened which the program says cannot happen.

/** Returns `value` unless it is null, undefined or false; then throws, in production too. */
export function must<T>(value: T, what: string): NonNullable<Exclude<T, false>> {
  if (value === null || value === undefined || value === false) {
    throw new Error(`cannot happen: ${what}`)
  }
  return value as NonNullable<Exclude<T, false>>
}
