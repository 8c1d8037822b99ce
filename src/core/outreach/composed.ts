// The campaign behind the answers of branch/campaign.
import type { Value } from '../answers/reading.ts'
import type { CampaignAudience, CampaignMessage } from './campaign.ts'
import { readCampaignAudience, readCampaignMessage } from './campaign.ts'

/** The flow that the button opens for those who are not members yet. */
const enrolFlow = 'villager/enrol'

/** What was composed in a talk, for the area of the post. Throws on answers that are none. */
export function composedOf(answers: Readonly<Record<string, Value>>, area: string) {
  const isEverywhere = answers['campaign-area'] === 'all'
  const district = String(answers['campaign-village']).split('.').slice(0, 3).join('.')
  const whom = String(answers['campaign-whom'])
  const audience: CampaignAudience = readCampaignAudience({
    area: isEverywhere ? area : district,
    withoutVillage: isEverywhere,
    states: whom === 'all' ? [] : [whom],
  })
  return { title: String(answers['campaign-title']), message: composedMessage(answers), audience }
}

/** The message alone, as far as it was composed. */
export function composedMessage(answers: Readonly<Record<string, Value>>): CampaignMessage {
  return readCampaignMessage({
    wordings: [{ id: readFillers(String(answers['campaign-words'])) }],
    ...(answers['campaign-whom'] === 'not-enrolled' && { button: enrolFlow }),
  })
}

/** Braces are hard to find on a phone: NAMA and DESA stand for what is filled in. */
export function readFillers(typed: string): string {
  return typed.replace(/\bNAMA\b/g, '{name}').replace(/\bDESA\b/g, '{village}')
}
