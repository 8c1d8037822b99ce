// Links a phone without a phone: its keys are kept as if somebody had scanned the code.
import { openDatabase } from '../../../src/registry/database.ts'
import { endLease, takeLease } from '../../../src/registry/leases.ts'
import { createSeal, parseSecretKeys } from '../../../src/registry/seal.ts'
import {
  whatsappAccount,
  whatsappLeaseName,
  writeKeys,
} from '../../../src/registry/whatsapp-auth.ts'
import { linkedCreds } from './linked-creds.ts'

/** Keeps the keys of a linked phone in a database that has its tables. */
export async function linkPhone(databaseUrl: string, secret: string): Promise<void> {
  const db = openDatabase(databaseUrl)
  const name = whatsappLeaseName(whatsappAccount)
  const lease = await takeLease(db.pool, name, 'ground', 60)
  const fence = lease?.fence ?? 0
  const seal = createSeal(parseSecretKeys(secret))
  await writeKeys(db, seal, whatsappAccount, fence, { creds: linkedCreds() })
  await endLease(db.pool, name, 'ground', fence)
  await db.close()
}
