// What a real program needs to talk to the server: settings, and the keys of a linked phone.
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { migrate } from '../../../src/registry/migrate.ts'
import { loadHome } from '../home.ts'
import { freshDatabase } from '../postgres.ts'
import { makeScratch } from '../scratch.ts'
import { linkPhone } from './link-phone.ts'

/** The ground of one program, or of several that share a number. */
export interface Ground {
  /** Settings for a program that reaches WhatsApp at this address. */
  environment(url: string): Record<string, string>
  close(): void
}

/** A fresh database in which a phone is linked already. */
export async function layGround(): Promise<Ground> {
  const databaseUrl = await freshDatabase()
  const secret = randomBytes(32).toString('base64')
  await migrate(databaseUrl)
  await loadHome(databaseUrl)
  await linkPhone(databaseUrl, secret)
  const folders: string[] = []
  return {
    environment: (url) => {
      const folder = makeScratch('whatsapp-')
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
