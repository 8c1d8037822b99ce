// What talks about lists ask to be done: kept as sent, read anew, filled in, left, sent back.
import { readSentFile } from '../core/answers/document.ts'
import type { Doing, Done } from './commands.ts'
import {
  findAskedRoster,
  insertRoster,
  judgeAgain,
  leaveRoster,
  sayCohort,
  sayColumn,
  sayGap,
  sayPost,
} from './rosters.ts'

/** The post under which something is done, and its village. */
interface By {
  id: number
  area: string
}

/** The flow that asks about the next row. */
const completeFlow = 'official/roster-complete'

const isRead: Done = { ring: 'import-roster' }

/** One entry for each `do:` about lists, but for agreeing to one. */
export const rosterDoers: Record<string, (doing: Doing, by: By) => Promise<Done | undefined>> = {
  'import-roster': async ({ tx, seal, addressId, command }, by) => {
    await insertRoster(tx, seal, { addressId, by, command })
    return isRead
  },
  'map-roster-column': (doing, by) => saying(doing, by, sayColumn),
  'map-roster-posts': (doing, by) => saying(doing, by, sayCohort),
  'map-roster-post': (doing, by) => saying(doing, by, sayPost),
  'judge-roster': (doing, by) => saying(doing, by, judgeAgain),
  'complete-roster': async (doing, by) => {
    await saying(doing, by, sayGap)
    return { opens: completeFlow }
  },
  'leave-roster': async ({ tx, addressId }, by) => {
    await leaveRoster(tx, addressId, by)
    return undefined
  },
  'send-roster-answers': async ({ tx, seal, addressId }, by) => {
    const asked = await findAskedRoster(tx, seal, addressId, by)
    if (!asked) return undefined
    return {
      document: { kind: 'answers', id: asked.id, fileName: readSentFile(asked.source).name },
    }
  },
  'send-roster-template': async (_, by) => ({
    document: { kind: 'template', villageCode: by.area },
  }),
}

async function saying(
  { tx, seal, addressId, command }: Doing,
  by: By,
  say: typeof sayColumn,
): Promise<Done> {
  await say(tx, seal, { addressId, by, answers: command.answers })
  return isRead
}
