// What the words of the flows mean, as flows/README.md has them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const readme = join(import.meta.dirname, '../../flows/README.md')

/** The lines below `## Glossary` in flows/README.md. */
export function readGlossary(): string[] {
  const [, section = ''] = /^## Glossary\n+([^#]*)/m.exec(readFileSync(readme, 'utf8')) ?? []
  return section.split(/\n{2,}/).filter(Boolean)
}
