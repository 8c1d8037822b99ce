// What a campaign says and to whom, as it is composed, kept and read again.
import * as z from 'zod'
import { cohorts } from '../rates/figures.ts'
import { isInArea } from '../roles.ts'

/** What becomes of a campaign, from the first draft on. */
export const campaignStates = [
  'draft',
  'tested',
  'waiting-approval',
  'scheduled',
  'canary',
  'running',
  'paused',
  'cancelled',
  'done',
] as const
/** One of the states. */
export type CampaignState = (typeof campaignStates)[number]

const message = z.strictObject({
  /** Words by language; a second wording is tried on every other person. */
  wordings: z.array(z.record(z.string(), z.string())).min(1).max(2),
  /** The flow that the button opens, e.g. `villager/enrol`. */
  button: z.string().optional(),
  /** Name of a picture or file in `flows/files/`. */
  picture: z.string().optional(),
  file: z.string().optional(),
  /** What an officer has uploaded for it, in place of those. */
  upload: z
    .strictObject({ id: z.number(), name: z.string(), mime: z.string(), isPicture: z.boolean() })
    .optional(),
  /** Name of the approved template for WhatsApp, in place of that in flows/templates.yaml. */
  template: z.string().optional(),
})
/** What a campaign says. */
export type CampaignMessage = z.output<typeof message>

/** How far somebody is whom a campaign may be for. */
export const audienceStates = [
  'not-enrolled',
  'waiting',
  'registered',
  'lapsing',
  'ended',
  'village-not-started',
] as const

const audience = z.strictObject({
  /** Codes of villages, districts or regencies with blanks between; the whole branch if missing. */
  area: z.string().optional(),
  /** Also those of whom no village is known yet. */
  withoutVillage: z.boolean().default(false),
  /** Any of these; everybody where it is empty. */
  states: z.array(z.enum(audienceStates)).default([]),
  cohorts: z.array(z.enum(cohorts)).default([]),
  segments: z.array(z.enum(['BPU', 'PU'])).default([]),
  languages: z.array(z.string()).default([]),
  channels: z.array(z.string()).default([]),
  /** Have not written for so many days. */
  silentDays: z.number().int().min(1).max(3_650).optional(),
  /** Only those of a list that was given with it. */
  isListed: z.boolean().default(false),
})
/** Whom a campaign is for. */
export type CampaignAudience = z.output<typeof audience>

/** Reads a message as it was kept; throws on any other shape. */
export function readCampaignMessage(kept: unknown): CampaignMessage {
  return message.parse(kept)
}

/** Reads an audience as it was kept or composed; throws on any other shape. */
export function readCampaignAudience(kept: unknown): CampaignAudience {
  return audience.parse(kept)
}

/** Whether everybody whom it is for is in this area: only then it is its officers' to see. */
export function isAudienceIn({ area: wanted }: CampaignAudience, area: string): boolean {
  const parts = wanted?.split(' ') ?? []
  return parts.length > 0 && parts.every((part) => isInArea(part, area))
}
