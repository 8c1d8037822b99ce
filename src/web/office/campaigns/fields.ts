// The fields of a campaign's form: written from what is kept, read from what is sent.
import {
  audienceStates,
  type CampaignAudience,
  type CampaignMessage,
  readCampaignAudience,
} from '../../../core/outreach/campaign.ts'
import { cohorts } from '../../../core/rates.ts'
import { isInArea } from '../../../core/roles.ts'
import type { Campaign } from '../../../registry/campaigns.ts'
import type { Visit } from '../visit.ts'
import { campaignChannels } from './preview.ts'

/** What stands in a field; empty where nothing does. */
export type Fields = (name: string) => string

/** Groups of boxes, by the first part of their names: any of those that are ticked. */
export const boxes = {
  keadaan: audienceStates,
  kelompok: cohorts,
  segmen: ['BPU', 'PU'],
  kanal: campaignChannels,
} as const

/** Names of the fields of both wordings; the second may stay empty. */
const wordingFields = ['kata', 'kata-b'] as const

/** What a campaign's form says; parts that it does not ask for stay as they were. */
export interface Composed {
  title: string
  message: CampaignMessage
  audience: CampaignAudience
}

/** The fields of a campaign as it is kept. */
export function fieldsOf(campaign: Composed | undefined, area: string): Fields {
  if (!campaign) return (name) => (name === 'tanpa-desa' ? 'ya' : '')
  const { title, message, audience } = campaign
  const parts = (audience.area === area ? '' : (audience.area ?? '')).split('.')
  const code = (count: number) => (parts.length >= count ? parts.slice(0, count).join('.') : '')
  const isTogether = audience.area?.includes(' ') && audience.area !== area
  const ticked = (group: string, some: readonly string[]) =>
    some.map((one): [string, string] => [`${group}-${one}`, 'ya'])
  const values = new Map<string, string>([
    ['judul', title],
    ...wordingFields.flatMap((field, index) =>
      Object.entries(message.wordings[index] ?? {}).map(([language, text]): [string, string] => [
        `${field}-${language}`,
        text,
      ]),
    ),
    ['tombol', message.button ?? ''],
    ['templat', message.template ?? ''],
    ['kabupaten', isTogether ? (audience.area ?? '') : code(2)],
    ['kecamatan', isTogether ? '' : code(3)],
    ['desa', isTogether ? '' : code(4)],
    ['tanpa-desa', audience.withoutVillage ? 'ya' : ''],
    ['diam', audience.silentDays ? String(audience.silentDays) : ''],
    ...ticked('keadaan', audience.states),
    ...ticked('kelompok', audience.cohorts),
    ...ticked('segmen', audience.segments),
    ...ticked('kanal', audience.channels),
    ...ticked('bahasa', audience.languages),
  ])
  return (name) => values.get(name) ?? ''
}

/** The area that was chosen: a part of it that is not in what stands before it is left out. */
export function areaOf(fields: Fields, area: string): string {
  return ['kabupaten', 'kecamatan', 'desa'].reduce((outer, name) => {
    const parts = fields(name).split(' ').filter(Boolean)
    const isInside = parts.length > 0 && parts.every((part) => isInArea(part, outer))
    return isInside ? parts.join(' ') : outer
  }, area)
}

/** What the form says, and what is wrong with it that no check of a campaign finds. */
export function readFields(
  { officer, ground, say }: Visit,
  fields: Fields,
  before: Campaign | undefined,
): Composed & { problems: string[] } {
  const { languages } = ground.book
  const ticked = (group: string, some: readonly string[]) =>
    some.filter((one) => fields(`${group}-${one}`) !== '')
  const area = areaOf(fields, officer.area)
  const days = fields('diam').trim()
  const isDays =
    days === '' || (/^\d{1,4}$/.test(days) && Number(days) >= 1 && Number(days) <= 3650)
  const title = fields('judul').replace(/\s+/g, ' ').trim()
  const audience = readCampaignAudience({
    ...{ area, withoutVillage: fields('tanpa-desa') !== '' && area === officer.area },
    ...{ states: ticked('keadaan', boxes.keadaan), cohorts: ticked('kelompok', boxes.kelompok) },
    ...{ segments: ticked('segmen', boxes.segmen), channels: ticked('kanal', boxes.kanal) },
    languages: ticked('bahasa', languages),
    ...(days !== '' && isDays && { silentDays: Number(days) }),
    isListed: before?.audience.isListed ?? false,
  })
  const message = readMessage(fields, languages, before?.message)
  const problems = [
    ...(title === '' || title.length > 100 ? [say('office-campaign-title-wrong')] : []),
    ...(isDays ? [] : [say('office-campaign-days-wrong')]),
  ]
  return { title, message, audience, problems }
}

function readMessage(
  fields: Fields,
  languages: string[],
  before: CampaignMessage | undefined,
): CampaignMessage {
  const wordings = wordingFields.map((field) =>
    Object.fromEntries(
      languages
        .map((code) => [code, fields(`${field}-${code}`).replace(/\r\n?/g, '\n').trim()])
        .filter(([, text]) => text !== ''),
    ),
  )
  const [first = {}, second = {}] = wordings
  const [button, template] = [fields('tombol'), fields('templat').trim()]
  const { picture, file, upload } = before ?? {}
  return {
    wordings: Object.keys(second).length > 0 ? [first, second] : [first],
    ...(button && { button }),
    ...(template && { template }),
    ...(picture && { picture }),
    ...(file && { file }),
    ...(upload && { upload }),
  }
}
