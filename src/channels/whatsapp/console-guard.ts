// Keeps the console shut: the Signal library prints private keys to it, whatever its settings.

const methods = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir', 'table'] as const

let printed = 0
let restore: (() => void) | undefined

/**
 * From now on nothing that is printed by `console` reaches the terminal; it is only counted. The
 * program itself never uses it. Gives a function that opens the console again.
 */
export function guardConsole(): () => void {
  if (restore) return restore
  const before = methods.map((method) => [method, console[method]] as const)
  for (const method of methods) {
    console[method] = () => {
      printed += 1
    }
  }
  restore = () => {
    for (const [method, print] of before) console[method] = print
    restore = undefined
  }
  return restore
}

/** How many times something was printed since the last time this was asked. */
export function takePrintedCount(): number {
  const count = printed
  printed = 0
  return count
}
