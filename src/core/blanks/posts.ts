// Blanks about posts: who somebody is here, what an invite is for, who else has a post.
import { codeLength, showCode } from '../answers/code.ts'
import { pinDigits } from '../answers/pin.ts'
import { nameArea } from '../area.ts'
import type { Blank, TalkContext } from '../context.ts'
import { invitedTo } from '../invited.ts'
import { idleMinutes, inviteHours } from '../limits.ts'
import { must } from '../must.ts'
import { readInvite, readPeople, readPost } from '../posts.ts'
import type { Role } from '../roles.ts'
import { say, showDay } from './show.ts'

/** Posts, invites and PINs in words. */
export const postBlanks: Record<string, Blank> = {
  pin_digits: { uses: [], show: () => String(pinDigits) },
  code_length: { uses: [], show: () => String(codeLength) },
  idle_minutes: { uses: [], show: () => String(idleMinutes) },
  invite_hours: { uses: [], show: () => String(inviteHours) },
  my_role: {
    uses: [],
    needs: ['post'],
    show: (talk) => sayRole(talk, must(readPost(talk.facts.post), 'a post').role),
  },
  my_area: {
    uses: [],
    needs: ['post'],
    show: (talk) => must(readPost(talk.facts.post), 'a post').areaName,
  },
  invite_role: {
    uses: ['invite-code'],
    needs: ['invite'],
    show: (talk) => sayRole(talk, must(readInvite(talk.facts.invite), 'an invite').role),
  },
  invite_area: {
    uses: ['invite-code'],
    needs: ['invite'],
    show: (talk) => must(readInvite(talk.facts.invite), 'an invite').areaName,
  },
  invited_role: {
    uses: ['invited-role'],
    show: (talk) => say(talk, `role-${talk.answers['invited-role']}`),
  },
  invited_area: {
    uses: ['invited-role', 'invited-village'],
    mayUse: ['invited-scope'],
    show: (talk) => nameArea(talk.book.places, invitedTo(talk.answers).area),
  },
  // The code of the invite that this talk makes is the talk's own: random, and nobody else's.
  new_code: { uses: [], show: (talk) => showCode(talk.talkId) },
  village_people: { uses: [], needs: ['village-people'], show: showPeople },
}

function sayRole(talk: TalkContext, role: Role): string {
  return say(talk, `role-${role}`)
}

function showPeople(talk: TalkContext): string {
  return readPeople(talk.facts['village-people'])
    .map(({ role, name, sinceOn, isMe, isInvited }) => {
      const fills = { role: sayRole(talk, role), name, on: showDay(talk, sinceOn) }
      if (isInvited) return say(talk, 'person-invited', fills)
      return say(talk, isMe ? 'person-me' : 'person-since', fills)
    })
    .join('\n')
}
