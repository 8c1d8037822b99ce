// What became of sent messages on the other phone, noted a moment later than it is told.
import type { Log, WaDelivery } from './port.ts'

/** Notes what became of a message; false when no message has that id yet. */
export type NoteDelivery = (delivery: WaDelivery) => Promise<boolean>

/** A phone may answer before the row of the message knows the id it was sent under. */
const waitsMs = [2_000, 10_000, 60_000]

/** The notes of one channel. */
export interface Deliveries {
  /** Takes one; it is noted soon. */
  take(delivery: WaDelivery): void
  /** Forgets what is not noted yet. */
  close(): void
}

/** Makes the notes of one channel. */
export function createDeliveries(note: NoteDelivery, log: Log): Deliveries {
  const waiting = new Set<NodeJS.Timeout>()

  function later(delivery: WaDelivery, tries: number): void {
    const waitMs = waitsMs[tries]
    // One that cannot be noted is left out: it is only a tick.
    if (waitMs === undefined) return
    const timer = setTimeout(() => {
      waiting.delete(timer)
      const failed = () => {
        log.warn({ channel: 'whatsapp', state: delivery.state }, 'a delivery was not noted')
        return false
      }
      note(delivery)
        .catch(failed)
        .then((isNoted) => isNoted || later(delivery, tries + 1))
    }, waitMs)
    waiting.add(timer)
  }
  return {
    take: (delivery) => later(delivery, 0),
    close: () => {
      for (const timer of waiting) clearTimeout(timer)
      waiting.clear()
    },
  }
}
