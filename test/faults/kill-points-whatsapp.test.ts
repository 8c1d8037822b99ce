// WhatsApp by the real client: the program is killed, and what it had and did not keep is said again.
import { expect, onTestFinished, test } from 'vitest'
import { lockedMoments } from '../support/faults/moments.ts'
import type { Platform } from '../support/faults/platform.ts'
import { rounds, seed, tourMs } from '../support/faults/rounds.ts'
import { createSaying, createStage, secret } from '../support/faults/stage.ts'
import { tour } from '../support/faults/tour.ts'
import { registration, type Villager } from '../support/faults/villager.ts'
import { startWhatsApp } from '../support/faults/whatsapp.ts'
import { freshDatabase } from '../support/postgres.ts'
import { linkPhone } from '../support/whatsapp/link-phone.ts'

const databaseUrl = await freshDatabase()

const timeout = tourMs * Math.max(1, rounds)

/** The console is shut where the Signal library is at work. */
const tell = (line: string) => process.stdout.write(`${line}\n`)
tell(`seed ${seed}`)

/** One of each kind: had and not kept, sent and not noted, submitted and not closed. */
const taste: typeof lockedMoments = {
  talking: [{ when: 'before', of: 'note-sent' }],
  beginning: [{ when: 'before', of: 'keep-inbounds' }],
  submitting: [{ when: 'before', of: 'commit of close-submissions' }],
}

/** Each says the last answer twice, as people do who see two ticks and hear nothing. */
function createImpatient(platform: Platform, first: number): Villager[] {
  const twins = [first, first + 1].map((number) => [number, first] as const)
  const numbers = rounds > 0 ? [...twins, [first + 2, first + 2] as const] : twins
  return numbers.map(([number, twin]) =>
    createSaying(platform, number, [...registration(number, twin), 'ya']),
  )
}

test('what was kept is not lost or done twice', { timeout }, async () => {
  const platform = await startWhatsApp()
  const stage = await createStage(databaseUrl, platform)
  onTestFinished(() => stage.close())
  await linkPhone(databaseUrl, secret)
  const everybody: Villager[] = []
  for (let round = 0; round < Math.max(1, rounds); round++) {
    const villagers = createImpatient(platform, 10 * round)
    everybody.push(...villagers)
    const gapsMs = await tour(stage, {
      villagers,
      moments: rounds > 0 ? lockedMoments : taste,
      randomKills: rounds > 0 ? 5 : 1,
      seed: seed + round,
    })
    tell(`from kill to the next answer: ${gapsMs.map(Math.round).join(', ')} ms`)
    tell(`taken by a kill and said again: ${platform.lostCount()}`)
    expect(await stage.judge(everybody), `seed ${seed + round}`).toEqual([])
  }
  // A kill before anything is kept takes away what nobody would bring again.
  expect(platform.lostCount()).toBeGreaterThan(0)
})
