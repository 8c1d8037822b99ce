// Where people stop and go back: counts of days that equal the talks, and outlive them.
import { expect, test } from 'vitest'
import { countStops } from '../../src/jobs/count-stops.ts'
import { purge } from '../../src/jobs/purge.ts'
import { readStepWeeks } from '../../src/registry/flow-days.ts'
import { openRosterStage } from '../support/roster-stage.ts'

const { db, runtime, meetVillager } = await openRosterStage()
const { zone } = runtime.book.branch

/** Somebody who left the talk at the birth date, so many days before the first minute of today. */
async function leave(days: number, minutes = 0) {
  const person = await meetVillager()
  await person.say('daftar', '1', 'ya', '1', 'belum pernah')
  await age(person.addressId, days, minutes)
  return person
}

function age(addressId: number, days: number, minutes = 0) {
  return db.pool.query(
    `UPDATE session SET updated_at =
       ($2::date - $3::int)::timestamp AT TIME ZONE $5 + make_interval(mins => $4)
      WHERE address_id = $1`,
    [addressId, runtime.clock.today(), days, minutes, zone],
  )
}

async function stops() {
  const { rows } = await db.pool.query(
    `SELECT flow, step, $1::date - "on" AS days, count FROM flow_day
      WHERE kind = 'stop' ORDER BY 3 DESC, 2`,
    [runtime.clock.today()],
  )
  return rows
}

const birth = { flow: 'villager/enrol', step: 'birth-date' }

test('each night the counts of each day are those of the talks that stand since; then they stay', async () => {
  const first = await leave(3)
  await leave(3, 1_439)
  const other = await leave(1, 1_439)
  await leave(0, 1)
  const old = await leave(28)
  await leave(29, 1_439)
  for (let twice = 0; twice < 2; twice++) {
    await countStops.run(runtime, {})
    expect(await stops()).toEqual([
      { ...birth, days: 28, count: 1 },
      { ...birth, days: 3, count: 2 },
      { ...birth, days: 1, count: 1 },
    ])
  }
  // Who goes on has not stopped; what is forgotten later stays counted.
  await first.say('12 maret 1985')
  await age(first.addressId, 1)
  await other.say('12 maret 1985')
  await age(old.addressId, 31)
  await db.pool.query(`UPDATE flow_day SET "on" = "on" - 3 WHERE "on" = $1::date - 28`, [
    runtime.clock.today(),
  ])
  await purge.run(runtime, {})
  await countStops.run(runtime, {})
  expect(await stops()).toEqual([
    { ...birth, days: 31, count: 1 },
    { ...birth, days: 3, count: 1 },
    { ...birth, step: 'nik', days: 1, count: 1 },
  ])
})

test('KEMBALI is counted at the question from which somebody goes back, with its turn', async () => {
  const [one, other] = [await meetVillager(), await meetVillager()]
  await one.say('daftar', '1', 'ya', '1', 'belum pernah', 'kembali', 'belum pernah', 'KEMBALI')
  await other.say('daftar', '1', 'ya', '1', 'belum pernah', 'kembali', 'kembali')
  // Nothing lies before it, so nobody goes back; nor does who leaves what they were to change.
  const third = await meetVillager()
  await third.say('daftar', 'kembali')
  await third.say('1', 'ya', '1', 'ubah', 'kembali')
  const weeks = await readStepWeeks(db.pool, birth.flow, {
    ...{ on: runtime.clock.today(), weeks: 1, zone },
  })
  const backs = weeks.filter((one) => one.backs > 0).map(({ step, backs }) => [step, backs])
  expect(Object.fromEntries(backs)).toEqual({ 'birth-date': 3, membership: 1 })
})
