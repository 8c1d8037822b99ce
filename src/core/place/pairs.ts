// Finds texts by the pairs of neighbouring letters that they share: the quick way to near ones.

/** The edge of a text, ten figures, 26 letters. */
const signs = 37

/** 1–10 for figures, 11–36 for letters; 0 is the edge of a text. */
function signOf(key: string, at: number): number {
  if (at < 0 || at >= key.length) return 0
  const unit = key.charCodeAt(at)
  return unit < 58 ? unit - 47 : unit - 86
}

/** The pair of letters before and at a place in a text, as a number. */
function pairAt(key: string, at: number): number {
  return signOf(key, at - 1) * signs + signOf(key, at)
}

/** The pairs of neighbouring letters of a text, with its edges, each once. */
function pairsOf(key: string): number[] {
  const pairs = Array.from({ length: key.length + 1 }, (_, at) => pairAt(key, at))
  return [...new Set(pairs)]
}

/** The first place in a rising list whose number is at least this one. */
function findPlace(list: Int32Array, number: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle] ?? 0) < number) low = middle + 1
    else high = middle
  }
  return low
}

/** For each pair of letters, the numbers of the texts that hold it, rising. */
function listPairs(keys: readonly string[]): Int32Array[] {
  const lists: number[][] = Array.from({ length: signs * signs }, () => [])
  keys.forEach((key, number) => {
    for (let at = 0; at <= key.length; at++) {
      const list = lists[pairAt(key, at)]
      if (list?.[list.length - 1] !== number) list?.push(number)
    }
  })
  return lists.map((list) => Int32Array.from(list))
}

/** Finds texts that may be near to another. */
interface PairIndex {
  /** Numbers of the texts that share enough pairs to be at most `limit` errors from the key. */
  findSharing(key: string, limit: number): number[]
}

/** Indexes texts of a–z and 0–9, which must be given from the shortest to the longest. */
export function indexPairs(keys: readonly string[]): PairIndex {
  const lists = listPairs(keys)
  const lengths = Int32Array.from(keys, (key) => key.length)
  const shared = new Uint8Array(keys.length)

  function findSharing(key: string, limit: number): number[] {
    const found: number[] = []
    const pairs = pairsOf(key)
    // An error spoils two pairs of letters, a swap three.
    const least = Math.max(Math.ceil(pairs.length / 3), pairs.length - 2 * limit - 1)
    // Texts of about the key's length are neighbours in every list.
    const first = findPlace(lengths, key.length - limit)
    const end = findPlace(lengths, key.length + limit + 1)
    shared.fill(0, first, end)
    for (const pair of pairs) {
      const list = lists[pair] ?? new Int32Array()
      for (let at = findPlace(list, first); at < list.length; at++) {
        const number = list[at] ?? end
        if (number >= end) break
        const count = (shared[number] ?? 0) + 1
        shared[number] = count
        if (count === least) found.push(number)
      }
    }
    return found
  }
  return { findSharing }
}
