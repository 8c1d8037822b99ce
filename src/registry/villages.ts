// Puts the official list of regions into the database, once per version of the list.
import type { Village } from '../core/place.ts'
import type { Database, Tx } from './database.ts'

interface Level {
  table: string
  /** The table of the regions that these are part of. */
  parent?: string
  name: 'province' | 'regency' | 'district' | 'name'
}

/** From the largest down: the parts of a code, `PP.RR.DD.VVVV`, stand in the same order. */
const levels: Level[] = [
  { table: 'province', name: 'province' },
  { table: 'regency', parent: 'province', name: 'regency' },
  { table: 'district', parent: 'regency', name: 'district' },
  { table: 'village', parent: 'district', name: 'name' },
]

/**
 * Loads the list unless that version is there already; says whether it did. Regions that a newer
 * list no longer has are kept, because enrolments point to them.
 */
export async function loadVillages(
  database: Pick<Database, 'transaction'>,
  version: string,
  villages: Village[],
): Promise<boolean> {
  return database.transaction(async (tx) => {
    // A second process that loads the same version waits here, then finds nothing to do.
    const { rowCount } = await tx.query(
      'INSERT INTO village_list (version) VALUES ($1) ON CONFLICT DO NOTHING',
      [version],
    )
    if (rowCount === 0) return false
    for (const [depth, level] of levels.entries()) await loadLevel(tx, level, depth + 1, villages)
    return true
  })
}

async function loadLevel(tx: Tx, level: Level, depth: number, villages: Village[]): Promise<void> {
  const names = new Map<string, string>()
  for (const each of villages) {
    names.set(each.code.split('.', depth).join('.'), each[level.name])
  }
  const columns: Record<string, string[]> = { code: [...names.keys()], name: [...names.values()] }
  if (level.parent) columns[`${level.parent}_code`] = [...names.keys()].map(dropLastPart)
  if (level.table === 'village') columns.kind = [...names.keys()].map(getKind)
  const list = Object.keys(columns)
  const arrays = list.map((_, i) => `$${i + 1}::text[]`)
  const changes = list.slice(1).map((each) => `${each} = excluded.${each}`)
  await tx.query(
    `INSERT INTO ${level.table} (${list}) SELECT * FROM unnest(${arrays})
     ON CONFLICT (code) DO UPDATE SET ${changes}`,
    Object.values(columns),
  )
}

function dropLastPart(code: string): string {
  return code.slice(0, code.lastIndexOf('.'))
}

/**
 * The last part begins with 1 for a kelurahan, with
 * 2 (or 3, customary) for a desa: Kepmendagri.
 */
function getKind(code: string): string {
  return code[code.lastIndexOf('.') + 1] === '1' ? 'kelurahan' : 'desa'
}
