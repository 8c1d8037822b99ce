// A registry for tests: a fresh database, a seal, and the real book.
import { afterAll } from 'vitest'
import { findAddresses } from '../../src/registry/addresses.ts'
import { openDatabase } from '../../src/registry/database.ts'
import { createSeal } from '../../src/registry/seal.ts'
import { loadVillages } from '../../src/registry/villages.ts'
import { keepWordings } from '../../src/registry/wordings.ts'
import { freshDatabase } from '../support/postgres.ts'
import { realBook, realVillages } from '../support/real-book.ts'

/** A seal with a key that is no secret. */
export const seal = createSeal([{ id: 1, bytes: Buffer.alloc(32, 5) }])

// Read once for all files of a process: it takes a second.
const villages = realVillages()
const book = realBook('Cabang Uji')

/** A database with one village and the words of the real flows; closed after the file's tests. */
export async function openStage() {
  const db = openDatabase(await freshDatabase())
  afterAll(() => db.close())
  const known = villages.filter((one) => one.code === '63.03.05.2056')
  await loadVillages(db, 'one village', known)
  await keepWordings(db.pool, book)
  return { db, book, seal }
}

/** Makes an address and gives its id. */
export async function makeAddress(
  db: Awaited<ReturnType<typeof openStage>>['db'],
  address: string,
) {
  const [id = 0] = await db.transaction((tx) => {
    return findAddresses(tx, seal, [{ channel: 'console', address }])
  })
  return id
}

/** Answers that lead to an enrolment, of an invented person with the given NIK. */
export function answersOf(nik: string) {
  return {
    consent: 'ya',
    nationality: 'ya',
    'work-relation': 'own',
    membership: 'tidak',
    'birth-date': '1985-03-12',
    nik,
    name: 'Siti Rahmah',
    'birth-place': 'Martapura',
    sex: 'P',
    'mother-name': 'Aminah',
    phone: '+6281234567890',
    village: '63.03.05.2056',
    address: '',
    occupation: 'pedagang sayur',
    sector: 'other',
    'work-place': 'pasar',
    income: 1_500_000,
    payer: 'self',
    programme: 'basic',
    months: 'three',
    'campaign-consent': 'tidak',
    review: 'ya',
  }
}
