// `npm run settings`: prints the settings as the table that stands in the README.
import { settings } from './config.ts'

/** The README's table of settings, in Markdown. */
export function settingsTable(): string {
  const rows = Object.entries(settings).map(
    ([name, { standard, help }]) => `| \`${name}\` | ${standard} | ${help} |`,
  )
  return ['| setting | without it | what it does |', '|---|---|---|', ...rows].join('\n')
}

if (import.meta.filename === process.argv[1]) process.stdout.write(`${settingsTable()}\n`)
