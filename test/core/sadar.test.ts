// Desa Sadar as a decision: what the criteria of a day make of a village and of what it was before.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Judged, judgeVillage } from '../../src/core/sadar.ts'
import type { CohortState } from '../../src/core/village-staff.ts'
import { readRates } from '../../src/rates-file.ts'

const rates = readRates('flows/rates')
const on = '2026-11-21'
const earlier = '2026-03-02'

function group(cohort: CohortState['cohort'], posts: number, registered: number): CohortState {
  return { cohort, posts, registered, waiting: 0, refused: 0, empty: posts - registered }
}

const complete = [group('kepala-desa', 1, 1), group('perangkat-desa', 9, 9)]
const oneShort = [group('kepala-desa', 1, 1), group('perangkat-desa', 9, 8)]
const headMissing = [group('kepala-desa', 1, 0), group('perangkat-desa', 9, 9)]
const noHeadPost = [group('perangkat-desa', 9, 9)]
const openCouncil = [...complete, group('bpd', 5, 0)]

const sadar = { isSadar: true, sinceOn: earlier }
const lost = { isSadar: false, sinceOn: earlier }
const agreed = { ...sadar, agreement: 'PER/1', code: '7K3M292QXA' }

const judge = (given: Partial<Judged>) =>
  judgeVillage({ states: complete, last: undefined, agreement: undefined, on, ...given }, rates)

describe('a village is', () => {
  test.each<[what: string, given: Partial<Judged>, found: object | undefined]>([
    ['given the status when all are there', {}, { reason: 'given', sinceOn: on, people: 10 }],
    ['given it although other groups lack', { states: openCouncil }, { reason: 'given' }],
    ['given it with its agreement', { agreement: 'PER/1' }, { agreement: 'PER/1' }],
    ['nothing yet with one short', { states: oneShort }, undefined],
    ['nothing yet without its head', { states: headMissing }, undefined],
    ['nothing yet where no head was set up', { states: noHeadPost }, undefined],
    ['nothing yet with nothing at all', { states: [] }, undefined],
    ['left as it is', { last: sadar }, undefined],
    ['left as it is with its agreement', { last: agreed, agreement: 'PER/1' }, undefined],
    ['left as it is where the agreement is not known any more', { last: agreed }, undefined],
    [
      'confirmed by an agreement, and keeps its day',
      { last: sadar, agreement: 'PER/1' },
      { reason: 'agreed', isSadar: true, sinceOn: earlier, agreement: 'PER/1' },
    ],
    [
      'confirmed by a new agreement',
      { last: agreed, agreement: 'PER/2' },
      { reason: 'agreed', sinceOn: earlier, agreement: 'PER/2' },
    ],
    [
      'no longer one with one short',
      { last: agreed, states: oneShort, agreement: 'PER/1' },
      {
        ...{ reason: 'lost', isSadar: false, sinceOn: on },
        lacks: [{ cohort: 'perangkat-desa', people: 1 }],
      },
    ],
    ['told only once that it is none', { last: lost, states: oneShort }, undefined],
    [
      'one again, from today',
      { last: lost, agreement: 'PER/1' },
      { reason: 'given', isSadar: true, sinceOn: on, agreement: 'PER/1' },
    ],
  ])('%s', (_, given, found) => {
    const verdict = judge(given)
    if (found === undefined) expect(verdict).toBeUndefined()
    else expect(verdict).toMatchObject(found)
  })

  test('never judged sadar before there were criteria: the question itself is an error', () => {
    expect(() => judge({ on: '2017-12-31' })).toThrow('criteria')
  })
})

const states = fc
  .tuple(fc.nat({ max: 3 }), fc.nat({ max: 3 }), fc.nat({ max: 12 }), fc.nat({ max: 12 }))
  .map(([heads, head, posts, staff]) =>
    [
      group('kepala-desa', heads, Math.min(heads, head)),
      group('perangkat-desa', posts, Math.min(posts, staff)),
    ].filter((one) => one.posts > 0),
  )

test('through any history: judging twice changes nothing, and the last word is the truth', () => {
  const step = fc.record({ states, agreement: fc.constantFrom(undefined, 'PER/1', 'PER/2') })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let last: Judged['last']
      for (const one of steps) {
        const verdict = judge({ ...one, last })
        if (verdict) {
          const { isSadar, sinceOn, agreement } = verdict
          last = { isSadar, sinceOn, ...(agreement !== undefined && { agreement }) }
        }
        expect(judge({ ...one, last })).toBeUndefined()
        const present = ['kepala-desa', 'perangkat-desa'].map((cohort) =>
          one.states.find((state) => state.cohort === cohort),
        )
        const isWhole = present.every((state) => state && state.registered === state.posts)
        expect(last?.isSadar ?? false).toBe(isWhole)
      }
    }),
  )
})
