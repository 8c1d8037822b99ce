// Seeded lives of members: pays early, on time, late, in bulk, stops, comes back.
import { addDays } from '../../../src/core/calendar.ts'
import type { SlowLife } from './slow-ledger.ts'

/** Chances from a seed: the same seed, the same life. */
export function createChance(seed: number): (below: number) => number {
  let state = (seed * 2_654_435_761) >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const bases = [1_000_000, 1_200_000, 1_600_000, 2_950_000, 20_700_000]
const bulks = [1, 1, 1, 2, 3, 6, 12]

const habits = ['early', 'on-time', 'late', 'bulk', 'stops', 'returns', 'never'] as const
/** What a member is like; `stops` and `returns` leave months unpaid. */
export type Habit = (typeof habits)[number]

/** The life of a seed until a day; it begins in 2025 or later unless told otherwise. */
export function lifeOf(
  seed: number,
  until: string,
  given: Partial<SlowLife> = {},
): { habit: Habit; life: SlowLife } {
  const chance = createChance(seed)
  const habit = habits[chance(habits.length)] ?? 'never'
  const month = `${2025 + chance(3)}-${String(1 + chance(12)).padStart(2, '0')}`
  const life: SlowLife = {
    segment: chance(3) === 0 ? 'pu' : 'bpu',
    sector: chance(2) === 0 ? 'transport' : 'other',
    payer: chance(4) === 0 ? 'apbd' : 'self',
    base: bases[chance(bases.length)] ?? 1_000_000,
    jht: chance(2) === 0,
    firstMonth: month,
    payments: new Map(),
    ...given,
  }
  return { habit, life: { ...life, payments: paymentsOf(habit, life.firstMonth, until, chance) } }
}

function paymentsOf(
  habit: Habit,
  firstMonth: string,
  until: string,
  chance: (below: number) => number,
): Map<string, number> {
  const payments = new Map<string, number>()
  const from = `${firstMonth}-01`
  const stopsOn = addDays(from, 60 + chance(300))
  const returnsOn = addDays(stopsOn, 30 + chance(300))
  for (let on = from; on <= until; on = addDays(on, 1)) {
    const rests = on > stopsOn && (habit === 'stops' || (habit === 'returns' && on < returnsOn))
    if (habit === 'never' || rests) continue
    if (!isPayDay(habit, on, chance)) continue
    payments.set(on, habit === 'bulk' ? (bulks[chance(bulks.length)] ?? 1) : 1)
  }
  return payments
}

function isPayDay(habit: Habit, on: string, chance: (below: number) => number): boolean {
  const day = Number(on.slice(8))
  if (habit === 'early') return day === 1
  if (habit === 'late') return day === 16 + chance(13)
  if (habit === 'bulk') return day === 15 && chance(3) === 0
  // Those who come back pay more often for a while: their arrears.
  return day === 15 || (habit === 'returns' && day === 20)
}
