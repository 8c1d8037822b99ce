// What the registry tells about posts: one's own, an invite, everybody's in a village.
import * as z from 'zod'
import { roles } from './roles.ts'

const post = z.object({
  id: z.number(),
  role: z.enum(roles),
  /** Code of a village, district or regency; several regencies with blanks between. */
  area: z.string(),
  areaName: z.string(),
  /** `idle`: the PIN is due. `shut`: it was wrong too often, only a new invite helps. */
  lock: z.enum(['open', 'idle', 'shut']),
})
/** What somebody may do where, as the registry holds it at this moment. */
export type Post = z.output<typeof post>

/** The fact `post`; undefined for somebody who has none. */
export function readPost(fact: unknown): Post | undefined {
  return fact === null || fact === undefined ? undefined : post.parse(fact)
}

const invite = z.object({ role: z.enum(roles), areaName: z.string() })

/** The fact `invite`: what a code invites to; undefined where it invites to nothing. */
export function readInvite(fact: unknown): z.output<typeof invite> | undefined {
  return fact === null || fact === undefined ? undefined : invite.parse(fact)
}

const people = z.array(
  z.object({
    /** `post-` or `invite-` and the number of the row. */
    key: z.string(),
    role: z.enum(roles),
    name: z.string(),
    /** `YYYY-MM-DD`; of an invite, the day it was made. */
    sinceOn: z.string(),
    isMe: z.boolean(),
    /** An invite that nobody has used yet. */
    isInvited: z.boolean(),
  }),
)
/** Somebody who has a post in the village, or is invited to one. */
export type VillagePerson = z.output<typeof people>[number]

/** The fact `village-people`. */
export function readPeople(fact: unknown): VillagePerson[] {
  return people.parse(fact)
}
