// `npm run book`: writes book/index.html, the reading copy that an officer signs off.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readGlossary } from './book/glossary.ts'
import { writeBook } from './book/page.ts'
import { readFlows } from './flows/index.ts'
import { readRates } from './rates-file.ts'

const root = join(import.meta.dirname, '..')

try {
  const page = writeBook({
    flows: readFlows(join(root, 'flows')),
    rates: readRates(join(root, 'flows/rates')),
    glossary: readGlossary(),
  })
  mkdirSync(join(root, 'book'), { recursive: true })
  writeFileSync(join(root, 'book/index.html'), page)
  process.stdout.write('book/index.html sudah ditulis. Buka di peramban, lalu baca atau cetak.\n')
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'Buku tidak bisa ditulis.'}\n`)
  process.exitCode = 1
}
