// What talks about contributions ask to be done: claims, snoozes, arrears, a village's money.
import { claimPaid, claimVillagePaid, snoozeReminders } from './claims.ts'
import type { Doing, Done } from './commands.ts'
import { openTicket } from './tickets.ts'

/** One entry for each `do:` about one's own contributions. */
export const paymentDoers: Record<string, (doing: Doing) => Promise<Done | undefined>> = {
  'claim-paid': async ({ tx, addressId }) => {
    await claimPaid(tx, addressId)
    return undefined
  },
  'snooze-reminders': async ({ tx, addressId, command }) => {
    await snoozeReminders(tx, addressId, String(command.answers['remind-on']))
    return undefined
  },
  'ask-about-arrears': async ({ tx, seal, addressId, command }) => {
    const words = JSON.stringify(command.answers)
    await openTicket(tx, seal, addressId, { reason: 'arrears', flow: command.flow, words })
    return undefined
  },
}

/** The post under which something is done: that of the village. */
interface By {
  area: string
}

/** One entry for each `do:` about the contributions that a village pays. */
export const villagePaymentDoers: Record<
  string,
  (doing: Doing, by: By) => Promise<Done | undefined>
> = {
  // An officer hears of it at once: it is the money of a whole village.
  'claim-village-paid': async ({ tx, seal, addressId, command }, { area }) => {
    const people = await claimVillagePaid(tx, area, command.startedOn)
    const words = JSON.stringify({ village: area, people })
    await openTicket(tx, seal, addressId, { reason: 'village-paid', flow: command.flow, words })
    return undefined
  },
  'send-village-dues': async (_, { area }) => ({
    document: { kind: 'village-dues', villageCode: area },
  }),
}
