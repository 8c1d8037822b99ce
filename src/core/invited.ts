// To what an invite is: role and area, from an officer's answers or as typed at the machine.
import type { Value } from './answers/reading.ts'
import { nameArea } from './area.ts'
import { must } from './must.ts'
import type { Places } from './place.ts'
import { invitedRoles, isAreaOf, type Role } from './roles.ts'

/** How many parts of a village's code make the area of a coordinator. */
const partsOf: Record<string, number> = { regency: 2, district: 3 }

/** The role and area behind the answers of branch/invite. Throws on a role that is not among them. */
export function invitedTo(answers: Readonly<Record<string, Value>>) {
  const chosen = String(answers['invited-role'])
  const role = must(
    invitedRoles.find((one) => one === chosen),
    'a role to invite to',
  )
  const village = String(answers['invited-village'])
  if (role !== 'coordinator') return { role, area: village }
  const parts = partsOf[String(answers['invited-scope'])] ?? partsOf.district
  return { role, area: village.split('.').slice(0, parts).join('.') }
}

/** Whether an area is written as this role needs it, and the official list has it. */
export function isInvitable(places: Places, role: Role, area: string): boolean {
  const isKnown = (code: string) => nameArea(places, code) !== code
  return isAreaOf(role, area) && area.split(' ').every(isKnown)
}
