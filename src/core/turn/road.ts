// Follows the answers of a talk along the questions of its flow, many at once where no road forks.
import type { Stretch } from '../flow.ts'
import type { KeptAnswers } from '../kept-answers.ts'

/**
 * The answered questions, followed in the order in which they were answered, which mostly is that
 * of the flow. Every question is asked for once.
 */
export class Road {
  private readonly asked: string
  /** Where the next id begins. */
  private next = 1
  /** One was found elsewhere: some that stand before it may not have been asked for. */
  private leapt = false

  /** Begins where a road `before` ended, unless something was changed or forgotten on it since. */
  constructor({ asked }: KeptAnswers, before?: Road) {
    this.asked = asked
    if (!before || !asked.startsWith(before.asked)) return
    this.next = before.next
    this.leapt = before.leapt
  }

  /** Where the road goes on after as much of the stretch as was answered in one go. */
  passStretch({ length, parts }: Stretch): number | undefined {
    const rest = this.asked.slice(this.next, this.next + length)
    const part = parts.get(rest.length)
    if (part?.asks !== rest) return undefined
    this.next += rest.length
    return part.after
  }

  /** Passes one question; false when it was not answered. */
  pass(id: string): boolean {
    const { asked, next } = this
    if (asked.startsWith(id, next) && asked.charCodeAt(next + id.length) === space) {
      this.next += id.length + 1
      return true
    }
    if (next === asked.length && !this.leapt) return false
    const at = asked.indexOf(` ${id} `)
    if (at === -1) return false
    this.leapt = true
    this.next = at + id.length + 2
    return true
  }
}

const space = 32
