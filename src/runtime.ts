// The one bag passed first to whatever the shell does.
import type { Channel } from './channels/channel.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Book } from './core/book.ts'
import type { Log } from './log.ts'
import type { Database } from './registry/database.ts'
import type { Seal } from './registry/seal.ts'

/** What each job is given: names only, for a bell says no more than where something waits. */
export interface JobData {
  'send-messages': { channel: string }
  'submit-enrolment': Record<string, never>
  'draw-up-contributions': Record<string, never>
  'send-reminders': Record<string, never>
  'send-campaign': Record<string, never>
  'morning-summary': Record<string, never>
  'remind-sponsors': Record<string, never>
  'tell-near-limit': Record<string, never>
  'import-roster': Record<string, never>
  sweep: Record<string, never>
  purge: Record<string, never>
  'count-stops': Record<string, never>
  'judge-villages': Record<string, never>
  'recheck-villages': Record<string, never>
}

/** Names of the jobs. */
export type JobName = keyof JobData

/** Rings a bell: the job runs soon. A bell that is lost costs seconds; the sweep rings it again. */
export type Ring = <N extends JobName>(job: N, data: JobData[N]) => void

/** How the queue of one job stands. */
export interface QueueState {
  name: JobName
  waiting: number
  running: number
  /** Bells that were answered in vain; the rows that they were for wait on. */
  failed: number
  /** When the one that waits longest was rung. */
  oldestAt?: Date
}

/** Everything that was built at start-up. */
export interface Runtime {
  config: Config
  log: Log
  clock: Clock
  db: Database
  seal: Seal
  book: Book
  ring: Ring
  /** The channels of this process, by name. */
  channels: Map<string, Channel>
}
