// Rules about invites, PINs and who holds which post.
import type { Rule } from '../context.ts'
import { must } from '../must.ts'
import { readInvite, readPeople, readPost } from '../posts.ts'
import { isInArea } from '../roles.ts'

/** Whether a code and a PIN are good, and whether there is anybody to speak of. */
export const postRules: Record<string, Rule> = {
  'invite-is-bad': {
    uses: ['invite-code'],
    needs: ['invite'],
    holds: ({ facts }) => readInvite(facts.invite) === undefined,
  },
  'invite-is-gone': {
    uses: ['invite-code', 'new-pin'],
    needs: ['invite-held'],
    holds: ({ facts }) => facts['invite-held'] !== true,
  },
  'invites-for-village': {
    uses: ['invited-role'],
    holds: ({ answers }) => answers['invited-role'] !== 'coordinator',
  },
  'village-is-elsewhere': {
    uses: ['invited-village'],
    needs: ['post'],
    holds: ({ answers, facts }) => {
      const { area } = must(readPost(facts.post), 'a post')
      return !isInArea(String(answers['invited-village']), area)
    },
  },
  'pin-is-right': {
    uses: ['unlock-pin'],
    needs: ['pin-check'],
    holds: ({ facts }) => facts['pin-check'] === 'right',
  },
  'no-operators': {
    uses: [],
    needs: ['village-people'],
    holds: ({ facts }) =>
      readPeople(facts['village-people']).every(({ role }) => role !== 'village-operator'),
  },
}
