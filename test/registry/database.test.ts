// The database as the program has it: its limited role, its types, and the audit nobody can change.
import { readFileSync } from 'node:fs'
import { getDistricts, getProvinces, getRegencies, getVillages } from 'idn-area-data'
import { afterAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/registry/database.ts'
import { loadVillages } from '../../src/registry/villages.ts'
import { freshDatabase } from '../support/postgres.ts'

const url = await freshDatabase()
const database = openDatabase(url)
afterAll(() => database.close())

async function makeAddress(handle: string): Promise<number> {
  const { rows } = await database.pool.query(
    `INSERT INTO address (channel, handle, sealed) VALUES ('console', $1, '') RETURNING id`,
    [Buffer.from(handle)],
  )
  return rows[0].id
}

describe('connections', () => {
  it('work as the limited role', async () => {
    const { rows } = await database.pool.query('SELECT current_user, session_user')
    expect(rows[0]).toEqual({ current_user: 'sapa_app', session_user: 'sapa' })
  })
})
