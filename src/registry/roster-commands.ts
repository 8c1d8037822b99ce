// What talks about lists ask to be done: kept as sent, read anew, filled in, agreed to, left.
import { readSentFile } from '../core/answers/document.ts'
import type { DocumentWish } from '../core/roster/say-roster.ts'
import type { Command } from '../core/turn/state.ts'
import type { Done } from './commands.ts'
import type { Tx } from './database.ts'
import { findRoster } from './roster-work.ts'
import {
  agreeToRoster,
  findAskedRoster,
  insertRoster,
  judgeAgain,
  leaveRoster,
  sayCohort,
  sayColumn,
  sayGap,
  sayPost,
} from './rosters.ts'
import type { Seal } from './seal.ts'

/** What is done, by whom, under which post. */
export interface RosterDoing {
  tx: Tx
  seal: Seal
  addressId: number
  command: Command
  by: { id: number; area: string }
}

/** The flow that asks about the next row. */
const completeFlow = 'official/roster-complete'

const isRead: Done = { ring: 'import-roster' }

/** One entry for each `do:` about lists. */
export const rosterDoers: Record<string, (doing: RosterDoing) => Promise<Done | undefined>> = {
  'import-roster': async ({ tx, seal, addressId, by, command }) => {
    await insertRoster(tx, seal, { addressId, by, command })
    return isRead
  },
  'map-roster-column': (doing) => saying(doing, sayColumn),
  'map-roster-posts': (doing) => saying(doing, sayCohort),
  'map-roster-post': (doing) => saying(doing, sayPost),
  'judge-roster': (doing) => saying(doing, judgeAgain),
  'complete-roster': async (doing) => {
    await saying(doing, sayGap)
    return { opens: completeFlow }
  },
  'register-roster': async ({ tx, addressId, by, command }) => {
    await agreeToRoster(tx, { addressId, by, version: command.version })
    return isRead
  },
  'leave-roster': async ({ tx, addressId, by }) => {
    await leaveRoster(tx, addressId, by)
    return undefined
  },
  'send-roster-answers': async (doing) => {
    const document = await findAnswers(doing)
    return document && { document }
  },
  'send-roster-template': async ({ by }) => ({
    document: { kind: 'template', villageCode: by.area },
  }),
}

async function saying(
  { tx, seal, addressId, by, command }: RosterDoing,
  say: typeof sayColumn,
): Promise<Done> {
  await say(tx, seal, { addressId, by, answers: command.answers })
  return isRead
}

async function findAnswers({ tx, seal, addressId, by }: RosterDoing) {
  const asked = await findAskedRoster(tx, addressId, by)
  const roster = asked && (await findRoster(tx, seal, asked.id))
  if (!roster) return undefined
  const { name } = readSentFile(roster.source())
  return { kind: 'answers', id: roster.id, fileName: name } satisfies DocumentWish
}
