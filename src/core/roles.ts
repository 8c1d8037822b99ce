// Who may do what: the roles, the flows that each may use, and the area each is confined to.

/** What somebody may be besides a villager. */
export const roles = [
  'village-head',
  'village-operator',
  'bumdes-agent',
  'coordinator',
  'branch-officer',
  'branch-head',
] as const
/** One of the roles. */
export type Role = (typeof roles)[number]

/** Whom flows are for, by the word in their head, and the roles behind it. */
const rolesByAudience = {
  villager: roles,
  post: roles,
  official: ['village-head', 'village-operator'],
  head: ['village-head'],
  agent: ['bumdes-agent'],
  coordinator: ['coordinator', 'branch-officer', 'branch-head'],
  branch: ['branch-officer', 'branch-head'],
} as const satisfies Record<string, readonly Role[]>

/** Whom a flow, fact or command is for; `post` is everybody who has one, whatever the role. */
export type Audience = keyof typeof rolesByAudience

/** The words that `for:` takes. */
export const audiences = Object.keys(rolesByAudience) as Audience[]

/** Whether a role may use what is for this audience. */
export function mayUse(role: Role, audience: Audience): boolean {
  const allowed: readonly Role[] = rolesByAudience[audience]
  return allowed.includes(role)
}

/** Whether everybody in one audience is also in the other: what is for that one is safe with them. */
export function isWithin(audience: Audience, other: Audience): boolean {
  if (other === 'villager') return true
  return audience !== 'villager' && rolesByAudience[audience].every((role) => mayUse(role, other))
}

const village = /^\d{2}\.\d{2}\.\d{2}\.\d{4}$/
const districtOrRegency = /^\d{2}\.\d{2}(\.\d{2})?$/
const regencies = /^\d{2}\.\d{2}( \d{2}\.\d{2})*$/

const areaShapes: Record<Role, RegExp> = {
  'village-head': village,
  'village-operator': village,
  'bumdes-agent': village,
  coordinator: districtOrRegency,
  'branch-officer': regencies,
  'branch-head': regencies,
}

/** Whether an area is written as this role needs it: a village, a district or regency, regencies. */
export function isAreaOf(role: Role, area: string): boolean {
  return areaShapes[role].test(area)
}

/** Whether a village, or a smaller area, lies in an area: codes of a village, district or regency, blanks between. */
export function isInArea(villageCode: string, area: string): boolean {
  return area.split(' ').some((part) => `${villageCode}.`.startsWith(`${part}.`))
}

/** Those whom a branch officer may invite; who works for the branch is invited at the machine. */
export const invitedRoles = [
  'village-head',
  'village-operator',
  'bumdes-agent',
  'coordinator',
] as const satisfies Role[]

const menus: Record<Role, string> = {
  'village-head': 'official/start',
  'village-operator': 'official/start',
  'bumdes-agent': 'agent/start',
  coordinator: 'coordinator/start',
  'branch-officer': 'branch/start',
  'branch-head': 'branch/start',
}

/** The flow that MENU opens for this role. */
export function menuOf(role: Role): string {
  return menus[role]
}
