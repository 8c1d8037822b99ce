// WhatsApp by the real client: the program is killed, and what it had and did not keep is said again.
import { expect, onTestFinished, test } from 'vitest'
import { allMoments } from '../support/faults/moments.ts'
import { rounds, seed, tourMs } from '../support/faults/rounds.ts'
import { createSaying, createStage, secret } from '../support/faults/stage.ts'
import { tour } from '../support/faults/tour.ts'
import { registration, type Villager } from '../support/faults/villager.ts'
import { startWhatsApp } from '../support/faults/whatsapp.ts'
import { freshDatabase } from '../support/postgres.ts'
import { linkPhone } from '../support/whatsapp/ground.ts'

const databaseUrl = await freshDatabase()

/** One of each kind: had and not kept, sent and not noted, submitted and not closed. */
const taste: typeof allMoments = {
  talking: [
    { when: 'before', of: 'keep-inbounds' },
    { when: 'before', of: 'note-sent' },
  ],
  submitting: [{ when: 'before', of: 'commit of close-submissions' }],
}

test('nothing that was kept is lost or done twice', {
  timeout: tourMs * Math.max(1, rounds),
}, async () => {
  console.info(`seed ${seed}`)
  const platform = await startWhatsApp()
  const stage = await createStage(databaseUrl, platform)
  onTestFinished(() => stage.close())
  await linkPhone(databaseUrl, secret)
  const everybody: Villager[] = []
  for (let round = 0; round < Math.max(1, rounds); round++) {
    const first = 10 * round
    // Each sends the last answer twice, as people do who see two ticks and hear nothing.
    const villagers = [
      [first, first],
      [first + 1, first],
      [first + 2, first + 2],
    ].map(([number = 0, twin]) =>
      createSaying(platform, number, [...registration(number, twin), 'ya']),
    )
    everybody.push(...villagers)
    const gapsMs = await tour(stage, {
      villagers,
      moments: rounds > 0 ? allMoments : taste,
      randomKills: rounds > 0 ? 5 : 1,
      seed: seed + round,
    })
    console.info(`from kill to the next answer: ${gapsMs.join(', ')} ms`)
    console.info(`said again: ${platform.lostCount()}`)
    expect(await stage.judge(everybody), `seed ${seed + round}`).toEqual([])
  }
  // The first moment of all takes a message away, which nobody would bring again.
  expect(platform.lostCount()).toBeGreaterThan(0)
})
