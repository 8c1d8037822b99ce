// Makes sure that a database is only ever used with the key it was begun with.
import type { Tx } from './database.ts'
import type { Seal } from './seal.ts'

/** The key given is not the one that this database was begun with; in Indonesian, what to do. */
export class WrongKeyError extends Error {}

/**
 * Throws WrongKeyError when blind indexes under this seal are not those in the database: with them
 * nobody would be found again, and everybody could be registered twice. Call it at start-up.
 */
export async function proveKey(tx: Tx, seal: Seal): Promise<void> {
  const proof = seal.blindIndex('key proof', 'sapa-desa')
  await tx.query('INSERT INTO key_proof (proof) VALUES ($1) ON CONFLICT DO NOTHING', [proof])
  const { rowCount } = await tx.query('SELECT FROM key_proof WHERE proof = $1', [proof])
  if (rowCount === 1) return
  throw new WrongKeyError(
    'SECRET_KEY bukan kunci yang dipakai database ini sejak awal. Pakai kunci yang dulu; ' +
      'bila kunci diganti, kunci yang pertama tetap ditulis paling akhir.',
  )
}
