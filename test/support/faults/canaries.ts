// Marked people, and the search for their marks in everything that the program leaves behind.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

/** A villager whose data would be known again anywhere. */
export interface Marked {
  says: string[]
  /** What must stand nowhere in the clear. */
  canaries: string[]
}

/** The `number`-th marked villager, 1 to 9; all of it is invented. */
export function createMarked(number: number): Marked {
  const nik = `630305520385077${number}`
  const name = `Zumarkanara Kenarimark ${'ABCDEFGHI'[number] ?? 'Z'}`
  const mother = `Wimarkanti Sarimark ${'ABCDEFGHI'[number] ?? 'Z'}`
  const phone = `8139876501${number}`
  const says = [
    'daftar',
    'ya, saya setuju',
    'ya',
    '1',
    'belum pernah',
    '12 maret 1985',
    nik,
    name,
    'Bandarmarkan',
    'perempuan',
    mother,
    `0${phone}`,
    'pasayangan utara, kecamatan martapura',
    'Gang Merpatimark RT 7',
    'pedagang sayur',
    'pekerjaan lain',
    'pasar desa',
    '1,5 juta',
    'saya sendiri',
    'jkk dan jkm',
    'tiga bulan',
    'tidak',
    'ya',
    // Where nobody asked for it.
    `nik saya ${nik}, nama ${name}`,
  ]
  const dates = ['1985-03-12', '12 maret 1985', '12 March 1985']
  const canaries = [nik, name, mother, phone, 'Bandarmarkan', 'Merpatimark', ...dates]
  return { says, canaries }
}

/** The ways in which a text may stand somewhere, in small letters where that makes no difference. */
function disguises(canary: string): { form: string; text: string; isExact: boolean }[] {
  const bytes = Buffer.from(canary)
  // Wherever it begins within base64's threes; the letters that its neighbours change are cut off.
  const base64 = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    return text
      .slice(before === 0 ? 0 : before + 1)
      .replace(/=*$/, '')
      .slice(0, -1)
  })
  return [
    { form: 'plain', text: canary.toLowerCase(), isExact: false },
    { form: 'hex', text: bytes.toString('hex'), isExact: false },
    { form: 'URL', text: encodeURIComponent(canary).toLowerCase(), isExact: false },
    { form: 'form', text: canary.toLowerCase().replaceAll(' ', '+'), isExact: false },
    ...base64.map((text) => ({ form: 'base64', text, isExact: true })),
  ]
}

/** Where each canary stands and how, in words without the canary itself. */
export function findCanaries(canaries: string[], places: Map<string, string>): string[] {
  return [...places].flatMap(([place, content]) => {
    const small = content.toLowerCase()
    return canaries.flatMap((canary, index) =>
      disguises(canary)
        .filter(({ text, isExact }) => (isExact ? content : small).includes(text))
        .map(({ form }) => `canary ${index + 1} stands in ${place} as ${form}`),
    )
  })
}

/** Every row of every table of the program and of its queue, as text, by table. */
export async function dumpTables(databaseUrl: string): Promise<Map<string, string>> {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  const tables = await client.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
      WHERE table_schema IN ('public', 'bullmq') AND table_type = 'BASE TABLE'`,
  )
  const dump = new Map<string, string>()
  for (const { name } of tables.rows) {
    const { rows } = await client.query<{ text: string }>(`SELECT t::text AS text FROM ${name} t`)
    dump.set(name, rows.map(({ text }) => text).join('\n'))
  }
  await client.end()
  return dump
}

/** The content of every file in a folder, by name. */
export function dumpFiles(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  return new Map(
    files
      .filter((file) => file.isFile())
      .map((file) => [file.name, readFileSync(join(file.parentPath, file.name), 'latin1')]),
  )
}
