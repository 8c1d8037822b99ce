// The official list of regions in the database: all of it, once, quickly.
import { getDistricts, getProvinces, getRegencies, getVillages } from 'idn-area-data'
import { afterAll, expect, it } from 'vitest'
import type { Village } from '../../src/core/place.ts'
import { openDatabase } from '../../src/registry/database.ts'
import { loadVillages } from '../../src/registry/villages.ts'
import { freshDatabase } from '../support/postgres.ts'

const database = openDatabase(await freshDatabase())
const { pool } = database
afterAll(() => database.close())

async function readOfficialList(): Promise<Village[]> {
  const lists = [await getProvinces(), await getRegencies(), await getDistricts()]
  const names = new Map(lists.flat().map((each) => [each.code, each.name]))
  const nameOf = (code: string, length: number) => names.get(code.slice(0, length)) ?? ''
  return (await getVillages()).map(({ code, name }) => ({
    code,
    name,
    district: nameOf(code, 8),
    regency: nameOf(code, 5),
    province: nameOf(code, 2),
  }))
}

it('holds every region under the one it is part of', { timeout: 30_000 }, async () => {
  const list = await readOfficialList()
  const startedAt = performance.now()
  expect(await loadVillages(database, 'official', list)).toBe(true)
  // The promise is 2 s on an idle machine; here other tests run beside it.
  expect(performance.now() - startedAt).toBeLessThan(10_000)
  const { rows } = await pool.query(`SELECT (SELECT count(*) FROM province) AS provinces,
    (SELECT count(*) FROM regency) AS regencies, (SELECT count(*) FROM district) AS districts,
    (SELECT count(*) FROM village) AS villages`)
  expect(rows).toEqual([{ provinces: 38, regencies: 514, districts: 7285, villages: 83762 }])
  const joined = await pool.query(`SELECT v.code, v.name, d.name AS district, r.name AS regency,
      p.name AS province FROM village v JOIN district d ON d.code = district_code
    JOIN regency r ON r.code = regency_code JOIN province p ON p.code = province_code
    ORDER BY v.code`)
  const sorted = list.toSorted((a, b) => (a.code < b.code ? -1 : 1))
  expect(joined.rows).toEqual(sorted)
  const kinds = await pool.query(`SELECT kind, count(*) FROM village GROUP BY kind ORDER BY kind`)
  expect(kinds.rows.map((each) => each.kind)).toEqual(['desa', 'kelurahan'])
  expect(await loadVillages(database, 'official', list)).toBe(false)
})

it('takes a newer list over the older, and keeps what is gone from it', async () => {
  const old = { code: '99.01.01.2001', name: 'Lama', district: 'D', regency: 'R', province: 'P' }
  const gone = { ...old, code: '99.01.01.1002', name: 'Hilang' }
  await loadVillages(database, 'old', [old, gone])
  const both = [1, 2].map(() => loadVillages(database, 'new', [{ ...old, name: 'Baru' }]))
  expect((await Promise.all(both)).sort()).toEqual([false, true])
  const { rows } = await pool.query(
    `SELECT name, kind FROM village WHERE district_code = '99.01.01' ORDER BY code`,
  )
  expect(rows).toEqual([
    { name: 'Hilang', kind: 'kelurahan' },
    { name: 'Baru', kind: 'desa' },
  ])
})
