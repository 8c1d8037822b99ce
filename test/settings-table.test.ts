// The README tells every setting, as config.ts has it.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { settings } from '../src/config.ts'
import { settingsTable } from '../src/settings-table.ts'

it('the README has the table that `npm run settings` prints', () => {
  const readme = readFileSync('README.md', 'utf8')
  const [, table] = /<!-- settings -->\n((?:.|\n)*?)<!-- \/settings -->/.exec(readme) ?? []
  expect(table?.trim()).toBe(settingsTable())
})

it('every setting has a line with its help', () => {
  const lines = settingsTable().split('\n').slice(2)
  expect(lines).toHaveLength(Object.keys(settings).length)
  for (const line of lines) expect(line).toMatch(/^\| `[A-Z_]+` \| [^|]+ \| [A-Z][^|]+\. \|$/)
})
