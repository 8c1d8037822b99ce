// What was met lately, by name: a memory that never grows beyond its size.

/** A memory of things by their names. */
export interface Recent<Thing> {
  find(name: string): Thing | undefined
  remember(name: string, thing: Thing): void
}

/** Knows nothing yet. Of the two halves the older is forgotten when the newer is full. */
export function createRecent<Thing>(halfSize: number): Recent<Thing> {
  let newer = new Map<string, Thing>()
  let older = newer
  return {
    find: (name) => newer.get(name) ?? older.get(name),
    remember: (name, thing) => {
      if (newer.size >= halfSize && !newer.has(name)) {
        older = newer
        newer = new Map()
      }
      newer.set(name, thing)
    },
  }
}
