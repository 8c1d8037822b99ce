// Invented members and the chats and villages that pay for them, from a seed.
import { addDays, addMonths } from '../../../src/core/calendar.ts'
import type { Membership } from '../../../src/core/ledger/membership.ts'
import { createChance, type Habit, lifeOf } from '../../core/ledger/lives.ts'
import { liveThrough, type SlowDay, type SlowLife } from '../../core/ledger/slow-ledger.ts'

/** One member: the truth of a life, and what the registry would hold of it. */
export interface Simulated {
  id: number
  life: SlowLife
  habit: Habit
  truth: Generator<SlowDay, undefined>
  today: SlowDay | undefined
  membership: Membership
  /** Says SUDAH BAYAR although nothing was paid, on this day. */
  claimsOn?: string
  /** Dies or is ended by an officer on this day. */
  endsOn?: string
}

/** A chat or a village, and what they are like. */
export interface Household {
  key: string
  kind: 'person' | 'village'
  zone: string
  members: Simulated[]
  /** From when to when they want to hear nothing. */
  stopped?: [string, string]
  /** Asks on this day to be reminded so many days later. */
  snoozes?: [on: string, days: number]
  /** Moves on this day, to another zone. */
  moves?: [on: string, zone: string]
  /** A village in which nobody has a chat. */
  hasChat: boolean
}

const zones = ['Asia/Pontianak', 'Asia/Makassar', 'Asia/Jayapura', 'Asia/Jakarta']

/** About so many members, in chats of one to three and villages of a dozen. */
export function makeHouseholds(count: number, from: string, until: string): Household[] {
  const households: Household[] = []
  let id = 0
  while (id < count) {
    const chance = createChance(7_919 * (households.length + 1))
    const kind = chance(6) === 0 ? 'village' : 'person'
    const size = kind === 'village' ? 12 : 1 + (chance(5) === 0 ? chance(3) : 0)
    const members = Array.from({ length: size }, () => {
      id += 1
      return makeMember(id, kind, from, until)
    })
    const anyDay = () => addDays(from, 30 + chance(650))
    const stopsOn = anyDay()
    const zone = zones[chance(4)] ?? 'Asia/Makassar'
    households.push({
      ...{ key: `${kind === 'person' ? 'a' : 'v'}${id}`, kind, zone, members },
      hasChat: kind === 'person' || chance(6) > 0,
      ...(chance(8) === 0 && { stopped: [stopsOn, addDays(stopsOn, 20 + chance(200))] }),
      ...(chance(4) === 0 && { snoozes: [anyDay(), 2 + chance(20)] }),
      ...(chance(10) === 0 && { moves: [anyDay(), zones[chance(4)] ?? zone] }),
    })
  }
  return households
}

function makeMember(id: number, kind: Household['kind'], from: string, until: string): Simulated {
  const chance = createChance(104_729 * id)
  const payer = kind === 'village' ? 'village' : 'self'
  const segment = kind === 'village' && chance(3) > 0 ? 'pu' : 'bpu'
  const firstMonth = addMonths(from.slice(0, 7), chance(14))
  const { habit, life } = lifeOf(id, until, { payer, segment, firstMonth })
  const { sector, base, jht } = life
  const programmes = jht ? (['jkk', 'jkm', 'jht'] as const) : (['jkk', 'jkm'] as const)
  const anyDay = () => addDays(`${firstMonth}-01`, 20 + chance(500))
  return {
    ...{ id, life, habit, truth: liveThrough(life, until), today: undefined },
    membership: { segment, sector, payer, baseRupiah: base, programmes, firstMonth },
    ...(kind === 'person' && chance(5) === 0 && { claimsOn: anyDay() }),
    ...(chance(20) === 0 && { endsOn: anyDay() }),
  }
}
