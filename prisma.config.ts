// How Prisma's command finds its files; only `prisma generate` is used.
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'prisma/config'

// `generate` asks for an engine that it does not use and would download it: any file will do.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(import.meta.url)

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
})
