// How the machine is, in one sentence and a line of marks: the same on the page and in its stream.
import { listAlarms } from '../../registry/alarms.ts'
import { readWork } from '../../registry/machine-state.ts'
import { showCount, showMoment } from './moments.ts'
import type { OfficeGround, SayOffice, Visit } from './visit.ts'

/** Work that is due for longer than this many seconds is late. */
const lateSeconds = 120

/** What the first sentence says, and how each part is. */
export interface MachineState {
  lead: string
  parts: { isWell: boolean; words: string }[]
}

/** Reads it anew: in order, or the first thing that is not. */
export async function readMachine(ground: OfficeGround, say: SayOffice): Promise<MachineState> {
  const { db, machine, book } = ground
  const [alarms, work, queues] = await Promise.all([
    listAlarms(db.pool),
    readWork(db.pool),
    machine.states().catch(() => undefined),
  ])
  const late = work.filter(
    ({ oldestAt }) => oldestAt && Date.now() - oldestAt.getTime() > lateSeconds * 1_000,
  )
  const failed = (queues ?? []).reduce((sum, one) => sum + one.failed, 0)
  const channels = listChannels(ground, say)
  const zone = book.branch.zone
  const parts = [
    ...alarms.map((alarm) => {
      const since = showMoment(alarm.raisedAt, zone)
      const what = sayAlarm({ say, ground }, alarm.kind)
      return { isWell: false, words: say('machine-alarm', { what, since }) }
    }),
    ...channels,
    { isWell: queues !== undefined, words: say(queues ? 'machine-bells-on' : 'machine-bells-off') },
    ...late.map(({ kind, waiting, oldestAt }) => {
      const since = showMoment(oldestAt ?? new Date(), zone)
      const what = say(`machine-work-${kind}`)
      const fills = { what, count: showCount(waiting), since }
      return { isWell: false, words: say('machine-late', fills) }
    }),
    {
      isWell: failed === 0,
      words:
        failed === 0 ? say('machine-none-failed') : say('machine-failed', { count: `${failed}` }),
    },
  ]
  const wrong = parts.find(({ isWell }) => !isWell)
  return { lead: wrong ? wrong.words : say('machine-well'), parts }
}

/** What an alarm means and what to do about it; its kind where no officer has written that. */
export function sayAlarm({ say, ground }: Pick<Visit, 'say' | 'ground'>, kind: string): string {
  return ground.book.phrases.has(`alarm-${kind}`) ? say(`alarm-${kind}`) : kind
}

/** The channels of this process; one that only shows pages does not know those of others. */
function listChannels({ config, channels }: OfficeGround, say: SayOffice) {
  if (config.ROLE !== 'all') return []
  return [...channels.values()]
    .filter(({ name }) => name !== 'console')
    .map((channel) => {
      const state = channel.state()
      const isWell = ['ready', 'standby', 'connected'].includes(state)
      const name = say(`office-channel-${channel.name}`)
      const words = say(isWell ? 'office-channel-on' : 'office-channel-off', { name, state })
      return { isWell, words }
    })
}
