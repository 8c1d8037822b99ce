// What the fake knows: its time, its people, what was sent to them, and the platform's limits.
import { type Approved, checkMessage, checkTemplate, seen } from './check.ts'
import type { Deliveries } from './deliveries.ts'
import { Person } from './person.ts'
import { GraphError, type Json, type Limits } from './types.ts'

const dayMs = 24 * 60 * 60_000

/** One business number and the people who know it. */
export class World {
  readonly people: Person[] = []
  readonly files = new Map<string, { name: string; type: string; bytes: number }>()
  readonly templates = new Map<string, Approved>()
  readonly deliveries: Deliveries
  readonly phoneId: string
  /** Tells that a message was sent and delivered, as the platform does. */
  tellsStatuses: boolean
  limits: Limits | undefined
  private skippedMs = 0
  private lastId = 0
  private readonly sentAt: number[] = []

  constructor(phoneId: string, deliveries: Deliveries, tellsStatuses: boolean) {
    this.phoneId = phoneId
    this.deliveries = deliveries
    this.tellsStatuses = tellsStatuses
  }

  /** Milliseconds; the fake's days can be skipped. */
  now(): number {
    return Date.now() + this.skippedMs
  }

  skip(delayMs: number): void {
    this.skippedMs += delayMs
  }

  nextId(): string {
    this.lastId += 1
    return `wamid.FAKE${String(this.lastId).padStart(8, '0')}`
  }

  /** The person of this number, who writes as one of the three sorts that there are. */
  person(number: number, sort: Person['sort']): Person {
    const known = this.people.find((one) => one.number === number)
    if (known) return known
    const made = new Person(this, number, sort)
    this.people.push(made)
    return made
  }

  /** Takes a message as the platform does; its id. Throws GraphError. */
  send(body: Json): string {
    const message = checkMessage(body)
    this.countThroughput()
    // A number that somebody hides is nobody's, and so is an id that somebody does not have.
    const person = this.people.find(({ sort, waId, userId }) =>
      message.to === undefined
        ? sort !== 'number' && userId === message.recipient
        : sort !== 'user' && waId === message.to,
    )
    if (!person || person.isBlocked) throw new GraphError(131026, 'message undeliverable')
    this.countPair(person)
    if (message.type === 'template') checkTemplate(message.template, this.templates)
    else if (this.now() - person.wroteAt > dayMs) throw new GraphError(131047, 're-engagement')
    const reply = seen(this.nextId(), message)
    if (reply.media !== undefined && !this.files.has(reply.media)) {
      throw new GraphError(131053, 'no such media')
    }
    person.shown.push(reply)
    if (this.tellsStatuses) {
      person.tell(reply, 'sent')
      person.tell(reply, 'delivered')
    }
    return reply.id
  }

  private countThroughput(): void {
    if (!this.limits) return
    const now = Date.now()
    while ((this.sentAt[0] ?? now) <= now - 1_000) this.sentAt.shift()
    if (this.sentAt.length >= this.limits.perSecond) throw new GraphError(130429, 'rate limit')
    this.sentAt.push(now)
  }

  private countPair(person: Person): void {
    if (!this.limits) return
    const { pairBurst, pairRefillMs } = this.limits
    const emptyAt = Math.max(person.emptyAt, this.now()) + pairRefillMs
    if (emptyAt - this.now() > pairBurst * pairRefillMs) throw new GraphError(131056, 'pair')
    person.emptyAt = emptyAt
  }
}
