// receive(): keeps what came in, locks the persons, takes turns, saves, rings the bells.
import type { Receive } from './channels/channel.ts'
import { type Converse, createAnswer, resumeTalks } from './converse/answer.ts'
import { createLanes, type Lanes } from './converse/lanes.ts'
import type { Inbound } from './core/message.ts'
import type { Runtime } from './runtime.ts'

/**
 * Most messages of one transaction: measured best
 * between latency alone and throughput in a crowd.
 */
const batchSize = 128

/** Transactions under way at once; one address always belongs to the same lane. */
const laneCount = 3

/** A few messages share one transaction: to begin it costs about as much as ten of them. */
const smallestShare = 32

/** Makes the one function through which every message passes. */
export function createConverse(runtime: Runtime): Converse {
  const lanes: Lanes<Inbound> = createLanes({
    laneCount,
    batchSize,
    smallestShare,
    nameOf: (inbound) => `${inbound.channel}:${inbound.address}`,
    work: createAnswer(runtime),
  })
  const receive: Receive = async (inbounds) => {
    await Promise.all(inbounds.map((inbound) => lanes.push(inbound)))
  }
  return { receive, resume: (ids) => resumeTalks(runtime, ids), idle: () => lanes.idle() }
}
