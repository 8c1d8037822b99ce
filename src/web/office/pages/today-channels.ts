// Of Hari ini: whether the channels are connected, and whether messages wait to be sent.
import { countUnsent } from '../../../registry/office-figures.ts'
import { type Html, html } from '../../html.ts'
import { showCount } from '../moments.ts'
import type { Visit } from '../visit.ts'

/** One line. A process that only shows pages does not know how the channels of others are. */
export async function channelsPart({ say, ground }: Visit): Promise<Html> {
  const channels = ground.config.ROLE === 'all' ? [...ground.channels.values()] : []
  const unsent = await countUnsent(ground.db.pool)
  const states = channels
    .filter(({ name }) => name !== 'console')
    .map((one) => {
      const [state, isWell] = [one.state(), ['ready', 'connected', 'standby'].includes(one.state())]
      const name = say(`office-channel-${one.name}`)
      const words = say(isWell ? 'office-channel-on' : 'office-channel-off', { name, state })
      return html`<li class="${isWell ? 'on' : 'off'}">${words}</li>`
    })
  const queue =
    unsent === 0
      ? say('office-queue-empty')
      : say('office-queue-waiting', { count: showCount(unsent) })
  return html`<ul class="states">${states}<li class="on">${queue}</li></ul>`
}
