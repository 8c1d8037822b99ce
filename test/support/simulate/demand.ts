// Says which rule does not hold.

/** Throws an Error that names the rule unless `holds`. */
export function demand(holds: boolean, rule: string) {
  if (!holds) throw new Error(rule)
}
