// Bells: rung together they travel once, and one that is rung while another travels is not lost.
import { expect, test } from 'vitest'
import { createRing } from '../../src/jobs/ring.ts'

/** A ring whose bells arrive only when they are let through. */
function createRecorder() {
  const sent: string[] = []
  const arrivals: (() => void)[] = []
  const ring = createRing((name, data) => {
    sent.push(`${name} ${JSON.stringify(data)}`)
    return new Promise<void>((resolve) => arrivals.push(resolve))
  })
  const tick = () => new Promise((resolve) => setTimeout(resolve, 5))
  return { sent, ring, tick, letOneArrive: () => arrivals.shift()?.() }
}

test('bells of one kind that are rung together are rung once', async () => {
  const { sent, ring, tick } = createRecorder()
  for (let times = 0; times < 5; times++) ring('submit-enrolment', {})
  ring('send-messages', { channel: 'web' })
  ring('send-messages', { channel: 'telegram' })
  await tick()
  expect(sent.sort()).toEqual([
    'send-messages {"channel":"telegram"}',
    'send-messages {"channel":"web"}',
    'submit-enrolment {}',
  ])
})

test('a bell that is rung while another is on its way follows it, once', async () => {
  const { sent, ring, tick, letOneArrive } = createRecorder()
  ring('submit-enrolment', {})
  await tick()
  ring('submit-enrolment', {})
  ring('submit-enrolment', {})
  await tick()
  expect(sent).toHaveLength(1)
  letOneArrive()
  await tick()
  expect(sent).toHaveLength(2)
  letOneArrive()
  await tick()
  expect(sent).toHaveLength(2)
  ring('submit-enrolment', {})
  await tick()
  expect(sent).toHaveLength(3)
})
