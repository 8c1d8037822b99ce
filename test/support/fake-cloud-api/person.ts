// A person at the other end of the fake: what they do, and what they see. All of it is invented.
import type { Json, Reply } from './types.ts'
import type { World } from './world.ts'

/** One person on WhatsApp who knows the business number. */
export class Person {
  readonly number: number
  /** Known by number, by business-scoped id, or by both: the platform has all three sorts. */
  sort: 'number' | 'user' | 'both'
  /** What the bot wrote, oldest first. */
  readonly shown: Reply[] = []
  isBlocked = false
  /** When they last wrote, in the fake's milliseconds. */
  wroteAt = Number.NEGATIVE_INFINITY
  /** When they had no more message in the last six seconds, in the fake's milliseconds. */
  emptyAt = 0
  private readonly world: World
  private last: Json | undefined

  constructor(world: World, number: number, sort: Person['sort']) {
    this.world = world
    this.number = number
    this.sort = sort
  }

  /** The number of this person; nobody has it. */
  get waId(): string {
    return `62800${String(this.number).padStart(8, '0')}`
  }

  get userId(): string {
    return `ID.77${String(this.number).padStart(10, '0')}`
  }

  say(body: string): Json {
    return this.send('text', { body })
  }

  /** Chooses what is shown, by what it says; of several, the newest. */
  press(label: string): Json {
    const choice = this.shown
      .flatMap(({ choices }) => choices)
      .findLast((one) => one.label === label)
    if (!choice) throw new Error(`no choice "${label}"`)
    const { is, id } = choice
    return this.send('interactive', { type: is, [is]: { id, title: label.slice(0, 20) } })
  }

  /** Shares the own number with the bot's button. */
  shareContact(): Json {
    if (!this.shown.some(({ asksContact }) => asksContact)) throw new Error('was not asked')
    const phones = [{ phone: `+${this.waId}`, wa_id: this.waId, type: 'CELL' }]
    return this.send('contacts', [{ origin: 'contact_request', phones }])
  }

  photo(): Json {
    const caption = '6303010101900001'
    return this.send('image', { id: '9001', mime_type: 'image/jpeg', sha256: 'x', caption })
  }

  voice(): Json {
    return this.send('audio', { id: '9002', mime_type: 'audio/ogg; codecs=opus', voice: true })
  }

  /** Sends any content, e.g. `sticker`, as the platform tells it. */
  send(type: string, content: unknown): Json {
    this.wroteAt = this.world.now()
    const message = {
      ...this.ids('from', 'from_user_id'),
      id: this.world.nextId(),
      timestamp: String(Math.floor(this.world.now() / 1_000)),
      type,
      [type]: content,
    }
    return this.bring({ contacts: [this.contact()], messages: [message] })
  }

  /** The last thing is brought once more, as after a broken line. */
  again(): void {
    if (this.last) this.world.deliveries.push(this.userId, this.last)
  }

  /** Tells the bot what became of one of its messages. */
  tell(reply: Reply, status: string, code?: number): Json {
    const told = {
      id: reply.id,
      status,
      timestamp: String(Math.floor(this.world.now() / 1_000)),
      ...this.ids('recipient_id', 'recipient_user_id'),
      ...(reply.key !== undefined && { biz_opaque_callback_data: reply.key }),
      ...(code !== undefined && { errors: [{ code, title: 'failed' }] }),
    }
    return this.push(`status ${this.userId}`, { statuses: [told] })
  }

  private contact(): Json {
    return { profile: { name: `Orang ${this.number}` }, ...this.ids('wa_id', 'user_id') }
  }

  private ids(number: string, user: string): Json {
    return {
      ...(this.sort !== 'user' && { [number]: this.waId }),
      ...(this.sort !== 'number' && { [user]: this.userId }),
    }
  }

  private bring(content: Json): Json {
    this.last = this.push(this.userId, content)
    return this.last
  }

  private push(queue: string, content: Json): Json {
    const payload = payloadOf(this.world.phoneId, content)
    this.world.deliveries.push(queue, payload)
    return payload
  }
}

/** A payload of the messages webhook around some content. */
export function payloadOf(phoneId: string, content: Json): Json {
  const metadata = { display_phone_number: '628000000000', phone_number_id: phoneId }
  const value = { messaging_product: 'whatsapp', metadata, ...content }
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: '300000000000001', changes: [{ value, field: 'messages' }] }],
  }
}
