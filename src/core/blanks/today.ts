// Blanks of the morning summary of a branch.
import { readBranchWaiting, waitingKinds } from '../branch-waiting.ts'
import type { Blank } from '../context.ts'
import { say, sayWait } from './show.ts'

/** What waits, a line for each kind with the word that opens it; or that nothing does. */
export const todayBlanks: Record<string, Blank> = {
  today_waiting: {
    uses: [],
    needs: ['branch-waiting'],
    show: (talk) => {
      const waiting = readBranchWaiting(talk.facts['branch-waiting'])
      const lines = waitingKinds.flatMap((kind) => {
        const { count, minutes } = waiting[kind]
        const fills = { count: String(count), since: sayWait(talk, minutes) }
        return count > 0 ? say(talk, `today-${kind}`, fills) : []
      })
      return lines.length > 0 ? lines.join('\n') : say(talk, 'today-nothing')
    },
  },
}
