// Where the villagers of tests live: the one area that a program in a test needs in its database.
import { listVersion } from '../../src/place-list.ts'
import { openDatabase } from '../../src/registry/database.ts'
import { loadVillages } from '../../src/registry/villages.ts'
import { realVillages } from './real-book.ts'

/** Martapura. */
const district = '63.03.05.'

/** Loads it as if it were the whole list: no test waits for the other 83,000 villages to be loaded. */
export async function loadHome(databaseUrl: string, area = district): Promise<void> {
  const database = openDatabase(databaseUrl)
  const home = realVillages().filter(({ code }) => code.startsWith(area))
  await loadVillages(database, listVersion, home)
  await database.close()
}
