// `npm run faults -- --rounds N`: the long form, with every moment and more kills at random.
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, seed: { type: 'string', default: '' } },
})
const env = {
  ...process.env,
  FAULT_ROUNDS: values.rounds,
  ...(values.seed ? { FAULT_SEED: values.seed } : {}),
}
const { status } = spawnSync('npx', ['vitest', 'run', 'test/faults'], { env, stdio: 'inherit' })
process.exit(status ?? 1)
