// Counts the typing errors between two short words.

const longest = 120
// Three rows are enough, and are used again and again: this runs thousands of times a look-up.
const rows: [Uint8Array, Uint8Array, Uint8Array] = [
  new Uint8Array(longest + 1),
  new Uint8Array(longest + 1),
  new Uint8Array(longest + 1),
]

/**
 * How many letters were left out, added, mistaken or swapped with their neighbour between `a` and
 * `b`; any number above `limit` stands for "more". Words beyond 120 letters are never near.
 */
export function countErrors(a: string, b: string, limit: number): number {
  if (a === b) return 0
  if (limit < 1 || Math.abs(a.length - b.length) > limit || b.length > longest) return limit + 1
  let same = 0
  while (same < a.length && a.charCodeAt(same) === b.charCodeAt(same)) same++
  return countInRows(a.slice(same), b.slice(same), limit)
}

function countInRows(a: string, b: string, limit: number): number {
  let [before, above, row] = rows
  for (let j = 0; j <= b.length; j++) above[j] = j
  for (let i = 1; i <= a.length; i++) {
    const letter = a.charCodeAt(i - 1)
    let least = i
    row[0] = i
    for (let j = 1; j <= b.length; j++) {
      const mistaken = letter === b.charCodeAt(j - 1) ? 0 : 1
      let errors = Math.min(at(above, j) + 1, at(row, j - 1) + 1, at(above, j - 1) + mistaken)
      if (mistaken && isSwap(a, b, i, j)) errors = Math.min(errors, at(before, j - 2) + 1)
      row[j] = errors
      if (errors < least) least = errors
    }
    if (least > limit) return limit + 1
    ;[before, above, row] = [above, row, before]
  }
  return at(above, b.length)
}

function at(row: Uint8Array, index: number): number {
  return row[index] ?? 0
}

function isSwap(a: string, b: string, i: number, j: number): boolean {
  return i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
}

/** How many typing errors a word of this length may have and still be taken for another. */
export function allowedErrors(length: number): number {
  if (length < 6) return 1
  return length < 12 ? 2 : 3
}
