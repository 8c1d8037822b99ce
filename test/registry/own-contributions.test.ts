// What a chat is told of its memberships: its own numbers, nobody else's, and what is paid.
import { expect, test } from 'vitest'
import { payingFor, readOwnContributions } from '../../src/core/own-contributions.ts'
import { claimPaid } from '../../src/registry/claims.ts'
import { readMemberships, recordPayments } from '../../src/registry/contributions.ts'
import { lookUpFacts } from '../../src/registry/facts.ts'
import { type Member, makeMember } from './members.ts'
import { makeAddress, openStage } from './stage.ts'

const { db, book, seal } = await openStage()

let count = 0

/** A member whose numbers are kept as the program keeps them. */
async function makeWhole(member: Member = {}) {
  count += 1
  const made = await makeMember(db, member)
  const { rows } = await db.pool.query<{ person: number; index: Buffer; ids: number[] }>(
    `SELECT p.id AS person, p.nik_index AS index, array_agg(e.id) AS ids
       FROM enrolment e JOIN person p ON p.id = e.person_id WHERE e.submission_id = $1
      GROUP BY p.id`,
    [made.id],
  )
  const [row] = rows
  if (!row) throw new Error('no member')
  const nik = `630305520385${String(count).padStart(4, '0')}`
  await db.pool.query('UPDATE person SET nik = $2 WHERE id = $1', [
    row.person,
    seal.seal(nik, `person.nik:${row.index.toString('hex')}`),
  ])
  for (const id of row.ids) {
    const kpj = seal.seal(`2600000${String(count).padStart(4, '0')}`, `enrolment.kpj:${id}`)
    await db.pool.query('UPDATE enrolment SET kpj = $2 WHERE id = $1', [id, kpj])
  }
  return { ...made, personId: row.person }
}

async function look(addressId: number) {
  const looking = { tx: db.pool, seal, book, addressId, on: '2026-12-05', answers: {} }
  const { 'my-contributions': found } = await lookUpFacts(looking, ['my-contributions'])
  return readOwnContributions(JSON.parse(JSON.stringify(found)))
}

test('the only member of a chat reads masked numbers, what is paid and what is claimed', async () => {
  const { id, addressId, receipt } = await makeWhole()
  const [kept] = await readMemberships(db.pool, book.branch.zone, [id])
  if (!kept) throw new Error('no membership')
  const months = ['2026-11']
  const payment = { kept, months, paidOn: '2026-11-09' }
  await db.transaction((tx) => recordPayments(tx, [payment], book.rates))
  const found = await look(addressId)
  expect(found).toMatchObject({ waiting: 0, ended: 0 })
  expect(found.members).toEqual([
    {
      key: receipt,
      receipt: `SD-${receipt.slice(0, 5)}-${receipt.slice(5)}`,
      isMine: true,
      nik: '6303••••••••0001',
      kpjEnd: '0001',
      membership: {
        segment: 'bpu',
        sector: 'other',
        payer: 'self',
        baseRupiah: 1_000_000,
        bases: [],
        programmes: ['jkk', 'jkm'],
        firstMonth: '2026-11',
      },
      paid: { '2026-11': '2026-11-09' },
    },
  ])
})

test('where several share a chat, only the numbers of its own person are told', async () => {
  const father = await makeWhole()
  const { addressId } = father
  const aunt = await makeWhole({ addressId, payer: 'relative' })
  const unowned = await look(addressId)
  expect(unowned.members.map(({ isMine, nik, kpjEnd }) => [isMine, nik, kpjEnd])).toEqual([
    [false, '', ''],
    [false, '', ''],
  ])
  await db.pool.query('UPDATE address SET person_id = $2 WHERE id = $1', [
    addressId,
    father.personId,
  ])
  const owned = await look(addressId)
  expect(owned.members.map(({ key, isMine }) => [key, isMine])).toEqual([
    [father.receipt, true],
    [aunt.receipt, false],
  ])
  expect(owned.members[1]).toMatchObject({ nik: '', kpjEnd: '' })
})

test('what waits for a number, and what was ended, is counted and nothing else is told', async () => {
  const { addressId } = await makeWhole({ state: 'submitted' })
  await makeWhole({ addressId, state: 'ended' })
  expect(await look(addressId)).toEqual({ waiting: 1, ended: 1, members: [] })
  const stranger = await makeAddress(db, 'orang lain')
  expect(await look(stranger)).toEqual({ waiting: 0, ended: 0, members: [] })
})

test('what the person says is paid is not asked for again', async () => {
  const { id, addressId } = await makeWhole()
  await db.pool.query(
    `INSERT INTO contribution (submission_id, month, payer, base_rupiah, jkk, jkm, jht, jp,
            total_rupiah, nominal_due_on, due_on)
     SELECT $1, m, 'self', 1000000, 5000, 3400, 0, 0, 8400, m + 14, m + 14
       FROM unnest('{2026-11-01,2026-12-01}'::date[]) AS m`,
    [id],
  )
  await db.transaction((tx) => claimPaid(tx, addressId))
  const [own] = (await look(addressId)).members
  if (!own) throw new Error('no membership')
  expect(own.claimedUntil).toBe('2026-12')
  const { months, totalRupiah } = payingFor(own, 3, book.rates)
  // January is the first month at the full price.
  expect([months[0]?.month, totalRupiah]).toEqual(['2027-01', 50_400])
})
