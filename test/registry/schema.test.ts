// What Prisma believes about the tables is what the migrations make of them.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { freshDatabase } from '../support/postgres.ts'
import { findDrift } from '../support/schema-engine.ts'

const url = await freshDatabase()

it('schema.prisma and the migrations agree', async () => {
  expect(await findDrift(url)).toBe('')
})

it('a column that only one of them knows is seen', async () => {
  const schema = readFileSync('prisma/schema.prisma', 'utf8')
  const other = schema.replace(/ {2}reason +String\?\n/, '')
  expect(await findDrift(url, other)).toBe('ALTER TABLE "outbound" DROP COLUMN "reason";')
})
