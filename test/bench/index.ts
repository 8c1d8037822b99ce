// `npm run bench [-- NAME …]`: measures, prints tables, writes bench/results/NAME.json.
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { type Benchmark, median, meets, type Row, ratioOf } from './measure.ts'
import { drawTable } from './table.ts'

/** Each is loaded only when it runs: what another one loads must not weigh on it. */
const benchmarks: Record<string, () => Promise<Benchmark>> = {
  turns: async () => (await import('./turns.ts')).turns,
  flat: async () => (await import('./flat.ts')).flat,
  memory: async () => (await import('./memory.ts')).memory,
  durable: async () => (await import('./durable.ts')).durable,
  roster: async () => (await import('./roster.ts')).roster,
  members: async () => (await import('./members.ts')).members,
  payments: async () => (await import('./payments.ts')).payments,
  webhook: async () => (await import('./webhook.ts')).webhook,
  whatsapp: async () => (await import('./whatsapp.ts')).whatsapp,
  reminders: async () => (await import('./reminders.ts')).reminders,
  office: async () => (await import('./office.ts')).office,
  'take-over': async () => (await import('./take-over.ts')).takeOver,
  submissions: async () => (await import('./submissions.ts')).submissions,
}

const resultsDir = join(import.meta.dirname, '../../bench/results')

async function measure(name: string) {
  const load = benchmarks[name]
  if (!load)
    throw new Error(`no benchmark is called ${name}: ${Object.keys(benchmarks).join(', ')}`)
  const startedAt = new Date().toISOString()
  const rows = await (await load())()
  console.log(`\n${name}\n${drawTable(rows)}`)
  mkdirSync(resultsDir, { recursive: true })
  writeFileSync(join(resultsDir, `${name}.json`), `${JSON.stringify(report(startedAt, rows))}\n`)
}

function report(startedAt: string, rows: Row[]) {
  const machine = { node: process.version, cores: availableParallelism() }
  const told = rows.map((row) => ({
    ...row,
    median: median(row.rounds),
    ratio: ratioOf(row),
    met: meets(row),
  }))
  return { startedAt, machine, rows: told }
}

/** One after the other, each in a process of its own: none inherits the heap of another. */
function measureAll(names: string[]) {
  for (const name of names) {
    const { status } = spawnSync(
      process.execPath,
      [...process.execArgv, import.meta.filename, name],
      {
        stdio: 'inherit',
      },
    )
    if (status !== 0) process.exitCode = 1
  }
}

const [name, ...more] = process.argv.slice(2)
if (name && more.length === 0) await measure(name)
else measureAll(name ? [name, ...more] : Object.keys(benchmarks))
