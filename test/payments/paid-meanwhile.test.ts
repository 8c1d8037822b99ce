// What an import says of a payment is heeded at once: nobody who has paid is reminded.
import { expect, test } from 'vitest'
import { importPayments } from '../../src/payments/import-payments.ts'
import { december, openReminderStage } from '../jobs/reminder-stage.ts'
import { makeNumbered, paymentFile } from './stage.ts'

const { purposesTo, remind, stage } = await openReminderStage()

/** What they are reminded of; news of a dearer month are no reminder. */
async function dunsTo(addressId: number) {
  return (await purposesTo(addressId)).filter((one) => one.startsWith('reminder:'))
}

test('a reminder that waits is taken back once it is paid, and none follows', async () => {
  const [pays, owes] = [
    await makeNumbered(stage.db, december),
    await makeNumbered(stage.db, december),
  ]
  await remind('2026-12-08T09:00:00+08:00')
  expect(await dunsTo(pays.addressId)).toHaveLength(1)
  const desk = { ...stage, actor: 'officer:test' }
  const file = paymentFile([[pays.kpj, '', '2026-12', '8400', '2026-12-08', 'R']])
  await importPayments(desk, file, '2026-12-09')
  expect(await dunsTo(pays.addressId)).toEqual([])
  await remind('2026-12-15T09:00:00+08:00')
  await remind('2026-12-20T09:00:00+08:00')
  expect(await dunsTo(pays.addressId)).toEqual([])
  expect(await dunsTo(owes.addressId)).not.toEqual([])
})
