// The picture or file of a campaign: the same for thousands, so the last ones are kept open.
import type { DocumentGround } from '../documents.ts'
import { findCampaignFile } from '../registry/campaign-files.ts'
import type { Database } from '../registry/database.ts'

/** So many are kept open: campaigns that run at the same time are few. */
const most = 3

const opened = new WeakMap<Database, Map<string, Promise<Buffer | undefined>>>()

/** The bytes of an uploaded file by its number; undefined when there is none. */
export function makeCampaignFile({ db, seal }: DocumentGround, id: string) {
  const known = opened.get(db) ?? new Map<string, Promise<Buffer | undefined>>()
  opened.set(db, known)
  const found = known.get(id) ?? findCampaignFile(db.pool, seal, Number(id))
  known.delete(id)
  known.set(id, found)
  for (const oldest of known.keys()) if (known.size > most) known.delete(oldest)
  // What could not be read now is read again for the next one.
  found.catch(() => known.delete(id))
  return found
}
