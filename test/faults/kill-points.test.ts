// Kills the real program at every named moment of receive, send and submit; nothing may be lost.
import { afterAll, expect, test } from 'vitest'
import { createStage, createVillagers } from '../support/faults/stage.ts'
import { talk } from '../support/faults/villager.ts'
import { freshDatabase } from '../support/postgres.ts'

const stage = await createStage(await freshDatabase())
afterAll(() => stage.close())

test('no fault at all', async () => {
  const villagers = createVillagers([1, 2])
  await stage.program.start()
  console.log('start', stage.program.startMs)
  const t = Date.now()
  await Promise.all(villagers.map((one) => talk(stage.fake, one)))
  console.log('talk', Date.now() - t)
  await stage.settle()
  expect(await stage.judge(villagers)).toEqual([])
})
