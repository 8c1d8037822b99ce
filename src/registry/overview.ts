// How far the villages of an area are: counts for those who coordinate, nobody's name.
import { type AreaOverview, overviewOf } from '../core/village-staff.ts'
import type { Tx } from './database.ts'
import { isInside, readVillageStates } from './village-states.ts'

/** The overview of an area; a village is sadar when its newest status says so. */
export async function readOverviewOf(tx: Tx, area: string): Promise<AreaOverview> {
  const villages = await readVillageStates(tx, area)
  return overviewOf([...villages.values()], await countArea(tx, area))
}

async function countArea(tx: Tx, area: string) {
  const { rows } = await tx.query<{ villages: number; aware: number; year_ago: number }>(
    `SELECT (SELECT count(*) FROM village
              WHERE kind = 'desa' AND ${isInside('code')}) AS villages,
            (SELECT count(*) FILTER (WHERE is_sadar) FROM (
               SELECT DISTINCT ON (village_code) is_sadar FROM village_status
                WHERE ${isInside('village_code')}
                ORDER BY village_code, ordinal DESC) AS present) AS aware,
            (SELECT count(DISTINCT t.submission_id) FROM staff t
               JOIN enrolment e USING (submission_id)
               JOIN enrolment_event v ON v.enrolment_id = e.id AND v.kind = 'registered'
              WHERE ${isInside('t.village_code')} AND v.at < now() - interval '1 year'
                AND (t.until_on IS NULL OR t.until_on > now() - interval '1 year')) AS year_ago`,
    [area],
  )
  const { villages = 0, aware = 0, year_ago = 0 } = rows[0] ?? {}
  return { villages, aware, registeredYearAgo: year_ago }
}
