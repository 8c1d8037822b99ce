// Prisma's client for what officers read. Apart, so that a start that does not need it is quicker.
import { PrismaPg } from '@prisma/adapter-pg'
import type { Database } from './database.ts'
import { PrismaClient } from './generated/client.ts'

/** A client over the connections of an open database; it ends with them. */
export function openPrisma({ pool }: Pick<Database, 'pool'>): PrismaClient {
  // Errors without the lines of source around the call: they end in logs.
  return new PrismaClient({ adapter: new PrismaPg(pool), errorFormat: 'minimal' })
}
