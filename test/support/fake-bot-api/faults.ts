// Everything that goes wrong on purpose: planned faults, limits, blocked chats, a revoked token.
import { ApiError, type Fault, type Limits, type Params } from './types.ts'

interface Planned {
  method: string
  fault: Fault
  left: number
}

/** Faults that wait for their call. */
export class Faults {
  private planned: Planned[] = []
  private delays = new Map<string, number>()

  /** Plans a fault for the next calls of a method; `*` is any method. */
  plan(method: string, fault: Fault): void {
    this.planned.push({ method, fault, left: fault.times ?? 1 })
  }

  /** Takes the fault that this call meets. */
  take(method: string, params: Params): Fault | undefined {
    const hit = this.planned.find(
      (plan) =>
        (plan.method === '*' || plan.method === method) && (plan.fault.when?.(params) ?? true),
    )
    if (!hit) return undefined
    hit.left -= 1
    if (hit.left <= 0) this.planned = this.planned.filter((plan) => plan !== hit)
    return hit.fault
  }

  /** Every call of a method takes so long; `*` is any method. */
  delay(method: string, delayMs: number): void {
    this.delays.set(method, delayMs)
  }

  /** How long this call takes. */
  delayMs(method: string): number {
    return this.delays.get(method) ?? this.delays.get('*') ?? 0
  }

  clear(): void {
    this.planned = []
    this.delays.clear()
  }
}

/** Telegram's usual limits: 30 messages a second, and in one chat five at once, then one a second. */
export const usualLimits: Limits = {
  perSecond: 30,
  chatBurst: 5,
  chatRefillMs: 1_000,
  retryAfter: 1,
}

/** Counts messages in sliding windows and sends away who goes too far. */
export class Meter {
  /** How often somebody was sent away, and how often somebody came back too soon. */
  refusals = 0
  earlyReturns = 0
  private accepted: number[] = []
  private chats = new Map<number, { tokens: number; at: number }>()
  private penaltyUntil = 0
  readonly limits: Limits

  constructor(limits: Limits) {
    this.limits = limits
  }

  /** Counts one message or throws 429. */
  count(chatId: number, now: number): void {
    if (now < this.penaltyUntil) {
      this.earlyReturns += 1
      throw this.tooMany(Math.ceil((this.penaltyUntil - now) / 1_000))
    }
    this.accepted = this.accepted.filter((at) => now - at < 1_000)
    const chat = this.refilled(chatId, now)
    if (this.accepted.length >= this.limits.perSecond || chat.tokens < 1) {
      this.refusals += 1
      this.penaltyUntil = now + this.limits.retryAfter * 1_000
      throw this.tooMany(this.limits.retryAfter)
    }
    this.accepted.push(now)
    this.chats.set(chatId, { tokens: chat.tokens - 1, at: now })
  }

  private refilled(chatId: number, now: number): { tokens: number } {
    const { chatBurst, chatRefillMs } = this.limits
    const before = this.chats.get(chatId) ?? { tokens: chatBurst, at: now }
    return { tokens: Math.min(chatBurst, before.tokens + (now - before.at) / chatRefillMs) }
  }

  private tooMany(retryAfter: number): ApiError {
    const description = `Too Many Requests: retry after ${retryAfter}`
    return new ApiError(429, description, { retry_after: retryAfter })
  }
}
