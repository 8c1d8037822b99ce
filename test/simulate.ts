// Simulated villagers from the command line: npm run simulate -- --seeds 20000 [--seed 17]
import { parseArgs } from 'node:util'
import { beginRun } from './support/simulate/run.ts'

const { values } = parseArgs({
  options: { seeds: { type: 'string' }, seed: { type: 'string', default: '1' } },
})
const first = Number(values.seed)
const count = Number(values.seeds ?? (process.argv.includes('--seed') ? 1 : 2_000))
const inOneLine = 1_000
const run = beginRun()
const startedAt = Date.now()

for (let done = 0; done < count && !process.exitCode; done += inOneLine) {
  const failures = run.live(first + done, Math.min(inOneLine, count - done))
  for (const failure of failures) console.error(failure)
  if (failures.length > 0) process.exitCode = 1
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
  const lived = Math.min(done + inOneLine, count)
  console.log(`${lived} villagers, ${run.countTurns()} messages, ${seconds} s`)
}

const missed = run.coverage.missed()
const rarest = [...run.coverage.counts].sort(([, one], [, other]) => one - other).slice(0, 10)
console.log(`reached ${run.coverage.all.length - missed.length} of ${run.coverage.all.length}`)
if (missed.length > 0 && count >= inOneLine) console.log(`not reached:\n  ${missed.join('\n  ')}`)
console.log(`rarest:\n  ${rarest.map(([name, times]) => `${name} (${times})`).join('\n  ')}`)
