// After two registrations became one: its chats, a number that comes for either, what was left open.
import { expect, test } from 'vitest'
import type { Value } from '../../src/core/answers/reading.ts'
import { readOwnContributions } from '../../src/core/own-contributions.ts'
import { importAnswers } from '../../src/members/import-answers.ts'
import { claimPaid } from '../../src/registry/claims.ts'
import { isReminded } from '../../src/registry/contacts.ts'
import { listExportable } from '../../src/registry/exportable.ts'
import { lookUpFacts } from '../../src/registry/facts.ts'
import { readTimeline } from '../../src/registry/person-timeline.ts'
import { acceptSubmission } from '../../src/registry/review-decisions.ts'
import { mergeSubmissions } from '../../src/registry/review-merge.ts'
import { undoDecision } from '../../src/registry/review-undo.ts'
import { eraseData } from '../../src/registry/rights.ts'
import { handleSubmissions, newNik, startVillage, tell } from '../support/office-world.ts'
import { homes } from '../support/officials.ts'
import { openReviewStage } from './review-stage.ts'
import { answersOf, makeAddress } from './stage.ts'

const { stage, db, book, seal, area, newKpj, as, get, submit } = await openReviewStage()

type One = Awaited<ReturnType<typeof get>>

const merge = (one: One, other: One) =>
  as('post:1', (by) => mergeSubmissions(by, area, [one.receipt, other.receipt]))

/** The memberships that BAYAR knows in a chat. */
async function ownAt(addressId: number) {
  const looking = { tx: db.pool, seal, book, addressId, on: '2026-12-05', answers: {} }
  const found = await lookUpFacts(looking, ['my-contributions'])
  return readOwnContributions(JSON.parse(JSON.stringify(found['my-contributions'])))
}
const receiptsAt = async (addressId: number) =>
  (await ownAt(addressId)).members.map(({ key }) => key)

test('BAYAR in the chat of the younger is about the one that stays, and no more once taken back', async () => {
  const name = 'Rabiah Umpama'
  const [first, second, third] = [
    await submit({ name }),
    await submit({ name }),
    await submit({ name }),
  ]
  const stranger = await makeAddress(db, 'orang lain')
  await as('post:1', (by) => acceptSubmission(by, first, newKpj()))
  expect(await receiptsAt(third.addressId)).toEqual([])
  await merge(second, third)
  await merge(first, second)
  const told = await ownAt(third.addressId)
  expect(told.members).toEqual((await ownAt(first.addressId)).members)
  expect(told.members.map(({ key, isMine }) => [key, isMine])).toEqual([[first.receipt, true]])
  expect(await receiptsAt(second.addressId)).toEqual([first.receipt])
  expect(await receiptsAt(stranger)).toEqual([])
  // Reminders go where the one that stays was sent from, and nowhere else.
  expect(await isReminded(db.pool, first.addressId)).toBe(true)
  expect(await isReminded(db.pool, third.addressId)).toBe(false)
  await db.pool.query(
    `INSERT INTO contribution (submission_id, month, payer, base_rupiah, jkk, jkm, jht, jp,
            total_rupiah, nominal_due_on, due_on)
     VALUES ($1, '2026-11-01', 'self', 1000000, 5000, 3400, 0, 0, 8400, '2026-11-15', '2026-11-15')`,
    [first.id],
  )
  expect(await db.transaction((tx) => claimPaid(tx, third.addressId))).toBe(1)
  expect((await ownAt(first.addressId)).members[0]?.claimedUntil).toBe('2026-11')
  expect(await as('post:1', (by) => undoDecision(by, second))).toBe(true)
  expect(await receiptsAt(third.addressId)).toEqual([])
})

const desk = { db, book, seal, actor: 'officer:budi' }

/** Imports answers by receipt, NIK and number; gives each verdict with the receipt it is about. */
async function answer(...rows: [receipt: string, nik: string, kpj: string][]) {
  const lines = rows.map(([receipt, nik, kpj]) => ['', nik, kpj, 'Berhasil', '', receipt].join(';'))
  const headings = ['No Pegawai', 'NIK', 'KPJ', 'Status', 'Keterangan', 'Resi'].join(';')
  const file = Buffer.from(['Jawaban portal', headings, ...lines].join('\r\n'))
  const { id } = await importAnswers(desk, file, '2026-12-20')
  const { rows: judged } = await db.pool.query(
    `SELECT r.verdict, r.reason, s.receipt FROM answer_row r
       LEFT JOIN submission s ON s.id = r.submission_id WHERE import_id = $1 ORDER BY line`,
    [id],
  )
  return judged.map(({ verdict, reason, receipt }) => [verdict, reason, receipt])
}

test('a number that comes for the one that is gone is that of the one that stays', async () => {
  const pair = async (name: string) => {
    const [kept, gone] = [await submit({ name }), await submit({ name })]
    await merge(kept, gone)
    return { kept, gone }
  }
  const [byReceipt, byNik, byBoth, apart] = [
    await pair('Saniah Umpama'),
    await pair('Faridah Umpama'),
    await pair('Norsehat Umpama'),
    await pair('Hamdanah Umpama'),
  ]
  const nikOf = ({ answers }: One) => String(answers.nik)
  const kpjs = [newKpj(), newKpj(), newKpj(), newKpj(), newKpj()] as const
  const judged = await answer(
    [byReceipt.kept.receipt, '', kpjs[0]],
    [byReceipt.gone.receipt, '', kpjs[0]],
    ['', nikOf(byNik.gone), kpjs[1]],
    [byBoth.gone.receipt, nikOf(byBoth.kept), kpjs[2]],
    [apart.gone.receipt, '', kpjs[3]],
    [apart.kept.receipt, '', kpjs[4]],
  )
  expect(judged).toEqual([
    ['registered', 'registered', byReceipt.kept.receipt],
    ['already', 'already-registered', byReceipt.kept.receipt],
    ['registered', 'registered', byNik.kept.receipt],
    ['registered', 'registered', byBoth.kept.receipt],
    ['contradicts', 'rows-differ', apart.kept.receipt],
    ['contradicts', 'rows-differ', apart.kept.receipt],
  ])
  expect(await get(byReceipt.kept.receipt)).toMatchObject({ isRegistered: true })
  expect(await get(byReceipt.gone.receipt)).toMatchObject({ isRegistered: false, state: 'merged' })
})

test('a merge in the very moment of an import: the number is nobody’s but the one’s that stays', async () => {
  for (let round = 0; round < 6; round++) {
    const name = `Jamilah ${'abcdef'[round]?.repeat(6)}`
    const [one, other] = [await submit({ name }), await submit({ name })]
    const kpj = newKpj()
    const [judged] = await Promise.all([answer([other.receipt, '', kpj]), merge(one, other)])
    const [[verdict, , receipt] = []] = judged
    const states = [await get(one.receipt), await get(other.receipt)]
    expect([verdict, states.filter((each) => each.isRegistered)]).toMatchObject([
      'registered',
      [{ receipt, state: 'recorded' }],
    ])
  }
})

/** Somebody whom a village lists with no more than it knows. */
async function list(head: number, answers: Record<string, Value>) {
  const { sex: _, 'birth-place': _place, 'mother-name': _mother, ...known } = answersOf(newNik())
  const post = { 'staff-cohort': 'bpd', position: 'Anggota BPD', statement: 'ya' }
  const given = { ...known, ...post, address: '', 'staff-review': 'ya', ...answers }
  const receipt = await tell(stage, head, 'register-staff', given)
  await handleSubmissions(stage)
  return get(receipt)
}

/** Everything that says who somebody is, in their submission and in their own row. */
async function whole({ id, receipt }: One) {
  const { rows } = await db.pool.query(
    `SELECT answers, filled IS NOT NULL AS filled, reason FROM submission WHERE id = $1`,
    [id],
  )
  const wanted = { segment: 'PU', area: '', limit: 500 } as const
  const held = [
    ...(await listExportable(db.pool, seal, wanted)),
    ...(await listExportable(db.pool, seal, { ...wanted, segment: 'BPU' })),
  ]
  const { answers } = await get(receipt)
  return { ...rows[0], answers, person: held.find((one) => one.receipt === receipt)?.person }
}

test('what the one that stays leaves open is taken over, told, and given back', async () => {
  const head = await startVillage(stage, homes.own, [])
  const listed = await list(head, { name: 'Masniah Umpama', phone: '+6281200000001' })
  expect(listed.reasons).toEqual(['lacks-birth-place', 'lacks-sex', 'lacks-mother-name'])
  const own = await submit({ name: 'Masniah Umpama', address: 'Jl. Contoh 5' })
  const before = await whole(listed)
  await merge(own, listed)
  const after = await whole(listed)
  const said = { 'birth-place': 'Martapura', sex: 'P', 'mother-name': 'Aminah' }
  expect(after.answers).toEqual({ ...before.answers, ...said, address: 'Jl. Contoh 5' })
  // What was said already is not what the other said.
  expect(after.answers.phone).toBe('+6281200000001')
  expect(after.person).toMatchObject({
    ...{ birthPlace: 'Martapura', sex: 'P', motherName: 'Aminah', addressLine: 'Jl. Contoh 5' },
    phone: '+6281200000001',
  })
  expect(after).toMatchObject({ filled: true, reason: null })
  const filled = ['birth-place', 'sex', 'mother-name', 'address']
  const { rows } = await db.pool.query(
    `SELECT detail FROM audit WHERE action = 'merge-submissions' AND subject = $1`,
    [`submission:${listed.id}`],
  )
  expect(rows).toEqual([{ detail: { other: own.id, filled } }])
  const lines = await readTimeline(db.pool, area, listed.id)
  expect(lines.filter(({ kind }) => kind === 'filled')).toMatchObject([
    { detail: filled.join(' '), actor: 'post:1' },
  ])
  expect(await as('post:1', (by) => undoDecision(by, own))).toBe(true)
  expect(await whole(listed)).toEqual(before)
})

test('a sex that the NIK contradicts is not taken over; two merges fill one after the other', async () => {
  const head = await startVillage(stage, homes.neighbour, [])
  const village = homes.neighbour
  const listed = await list(head, { name: 'Arbainah Umpama', village })
  const odd = await submit({ name: 'Arbainah Umpama', village, sex: 'L', 'mother-name': '' })
  const last = await submit({ name: 'Arbainah Umpama', village, 'birth-place': 'Rantau' })
  await merge(odd, listed)
  expect((await whole(listed)).reason).toBe('lacks-sex lacks-mother-name')
  await merge(last, listed)
  expect(await whole(listed)).toMatchObject({
    reason: null,
    answers: { 'birth-place': 'Martapura', sex: 'P', 'mother-name': 'Aminah' },
  })
  await as('post:1', (by) => undoDecision(by, last))
  const { answers, reason, person } = await whole(listed)
  expect([answers['birth-place'], answers.sex, reason]).toEqual([
    ...['Martapura', undefined, 'lacks-sex lacks-mother-name'],
  ])
  expect(person).toMatchObject({ birthPlace: 'Martapura', sex: '', motherName: '' })
})

test('who has their data erased has that erased too which was filled in', async () => {
  const kept = await submit({ name: 'Siti Hapus', address: '' })
  const gone = await submit({ name: 'Siti Hapus', address: 'Jl. Contoh 9' })
  await merge(kept, gone)
  expect((await whole(kept)).filled).toBe(true)
  await db.transaction((tx) => eraseData(tx, seal, kept.addressId))
  const { rows } = await db.pool.query(
    `SELECT length(answers) AS said, filled FROM submission WHERE id = $1`,
    [kept.id],
  )
  expect(rows).toEqual([{ said: 0, filled: null }])
})

test('who has what was merged away erased takes back what it has filled in', async () => {
  const kept = await submit({ name: 'Masitah Hapus', address: '' })
  const gone = await submit({ name: 'Masitah Hapus', address: 'Jl. Contoh 9' })
  const before = await whole(kept)
  await merge(kept, gone)
  expect(await whole(kept)).toMatchObject({ person: { addressLine: 'Jl. Contoh 9' } })
  await db.transaction((tx) => eraseData(tx, seal, gone.addressId))
  expect(await whole(kept)).toEqual(before)
})

test('and what went on from there, but nothing that others said', async () => {
  const name = 'Jumiah Hapus'
  const open = { name, 'mother-name': '', 'birth-place': '', address: '' }
  const kept = await submit(open)
  const other = await submit({ ...open, address: 'Jl. Lain 1' })
  const between = await submit({ ...open, 'birth-place': 'Rantau' })
  const gone = await submit({ ...open, 'mother-name': 'Salamah', address: 'Jl. Contoh 9' })
  await merge(kept, other)
  await merge(between, gone)
  await merge(kept, await get(between.receipt))
  const said = { 'birth-place': 'Rantau', address: 'Jl. Lain 1' }
  expect((await whole(kept)).answers).toMatchObject({ ...said, 'mother-name': 'Salamah' })
  await db.transaction((tx) => eraseData(tx, seal, gone.addressId))
  expect(await whole(between)).toMatchObject({ filled: false, answers: { 'mother-name': '' } })
  expect((await whole(kept)).answers).toMatchObject({ ...said, 'mother-name': '' })
})

test('who is registered by what stands for theirs is left to an officer', async () => {
  const kept = await submit({ name: 'Hamidah Hapus' })
  const gone = await submit({ name: 'Hamidah Hapus' })
  await as('post:1', (by) => acceptSubmission(by, kept, newKpj()))
  await merge(kept, gone)
  const before = await whole(gone)
  await db.transaction((tx) => eraseData(tx, seal, gone.addressId))
  expect(await whole(gone)).toEqual(before)
  const { rows } = await db.pool.query('SELECT reason FROM ticket WHERE address_id = $1', [
    gone.addressId,
  ])
  expect(rows).toEqual([{ reason: 'erasure' }])
})
