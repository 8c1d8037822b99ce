// What a real program needs to talk to the server: settings, and the keys of a linked phone.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../../src/registry/database.ts'
import { endLease, takeLease } from '../../../src/registry/leases.ts'
import { migrate } from '../../../src/registry/migrate.ts'
import { createSeal, parseSecretKeys } from '../../../src/registry/seal.ts'
import {
  whatsappAccount,
  whatsappLeaseName,
  writeKeys,
} from '../../../src/registry/whatsapp-auth.ts'
import { freshDatabase } from '../postgres.ts'
import { linkedCreds } from './crabline.ts'

/** The ground of one program, or of several that share a number. */
export interface Ground {
  /** Settings for a program that reaches WhatsApp at this address. */
  environment(url: string): Record<string, string>
  close(): void
}

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

/** A fresh database in which a phone is linked already. */
export async function layGround(): Promise<Ground> {
  const databaseUrl = await freshDatabase()
  const secret = randomBytes(32).toString('base64')
  await migrate(databaseUrl)
  await linkPhone(databaseUrl, secret)
  const folders: string[] = []
  return {
    environment: (url) => {
      const folder = mkdtempSync(join(tmpdir(), 'whatsapp-'))
      folders.push(folder)
      return {
        DATABASE_URL: databaseUrl,
        SECRET_KEY: secret,
        DATA_DIR: folder,
        PORT: '0',
        OPERATOR: 'Kantor Cabang Contoh',
        LOG_LEVEL: 'info',
        WHATSAPP: 'baileys',
        WHATSAPP_ACCEPT_RISK: 'yes',
        WHATSAPP_WS_URL: url,
      }
    },
    close: () => {
      for (const folder of folders) rmSync(folder, { recursive: true, force: true })
    },
  }
}
