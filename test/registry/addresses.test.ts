// Addresses: found by what the channel calls them, made when they are new, known for a while.
import { afterAll, describe, expect, it } from 'vitest'
import { createKnownAddresses, findAddresses } from '../../src/registry/addresses.ts'
import { openDatabase } from '../../src/registry/database.ts'
import { freshDatabase } from '../support/postgres.ts'
import { seal } from './stage.ts'

const db = openDatabase(await freshDatabase())
afterAll(() => db.close())

const at = (address: string, channel = 'console') => ({ channel, address })
const find = (some: ReturnType<typeof at>[], known = createKnownAddresses()) =>
  db.transaction((tx) => findAddresses(tx, seal, some, known))

describe('finding addresses', () => {
  it('gives the same id for the same address, in the order asked', async () => {
    const [ani, budi] = await find([at('ani'), at('budi')])
    expect(ani).not.toBe(budi)
    expect(await find([at('budi'), at('ani'), at('budi')])).toEqual([budi, ani, budi])
  })

  it('takes the same name on another channel for somebody else', async () => {
    const [here, there] = await find([at('citra'), at('citra', 'web')])
    expect(here).not.toBe(there)
  })

  it('puts known and unknown ones each in their place', async () => {
    const all = [at('dewi'), at('eko'), at('fitri')]
    const ids = await find(all)
    const known = createKnownAddresses()
    known.remember([at('eko')], [ids[1] ?? 0])
    expect(await find(all, known)).toEqual(ids)
  })

  it('makes each with a talk of its own, also when two make it at once', async () => {
    const ids = await Promise.all([find([at('fajar')]), find([at('fajar')])])
    expect(ids[0]).toEqual(ids[1])
    const { rows } = await db.pool.query('SELECT FROM session WHERE address_id = $1', ids[0])
    expect(rows).toHaveLength(1)
  })
})

describe('what is known', () => {
  const crowd = (first: number) => {
    const numbers = Array.from({ length: 20_000 }, (_, index) => first + index)
    return [numbers.map((number) => at(`person ${number}`)), numbers] as const
  }

  it('holds whoever talked lately and forgets the others', () => {
    const known = createKnownAddresses()
    known.remember([at('gita')], [7])
    known.remember(...crowd(0))
    known.remember([at('hadi')], [8])
    expect([known.find(at('gita')), known.find(at('hadi'))]).toEqual([7, 8])
    expect(known.find(at('hadi', 'web'))).toBe(undefined)
    known.remember(...crowd(30_000))
    known.remember([at('hadi')], [8])
    expect([known.find(at('gita')), known.find(at('hadi'))]).toEqual([undefined, 8])
  })
})
