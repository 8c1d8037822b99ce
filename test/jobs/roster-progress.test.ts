// How far the work on a list is stands in one message, which is changed and not sent again.
import { expect, test } from 'vitest'
import type { Channel } from '../../src/channels/channel.ts'
import { must } from '../../src/core/must.ts'
import { importRoster } from '../../src/jobs/import-roster.ts'
import { sendMessages } from '../../src/jobs/send-messages.ts'
import { openRosterStage } from '../support/roster-stage.ts'
import { createStage } from '../support/telegram-stage.ts'

const { db, runtime, meetHead } = await openRosterStage()

const list = Buffer.from(
  'NIK;Nama;Tanggal Lahir;Jabatan;No HP\n' +
    '6303051203850001;Siti Contoh;12-03-1985;Kaur Umum;081234567890\n',
)

test('on Telegram it is one message from the reading to the writing', async () => {
  const stage = await createStage()
  try {
    const ani = stage.fake.chat(11)
    const telegram = stage.telegram()
    const files = must(runtime.channels.get('open'), 'a channel')
    const channel: Channel = {
      ...files,
      send: (_, message, sending) => telegram.send('11', message, sending),
      edit: async (_, id, message) => telegram.edit?.('11', id, message),
    }
    runtime.channels.set('open', channel)
    const boss = await meetHead()
    await boss.setUpAll()
    // What came before was seen: Telegram takes one message a second in one chat.
    await db.pool.query("UPDATE outbound SET state = 'sent'")
    const seen = async () => {
      await sendMessages.run(runtime, { channel: 'open' })
      return ani.replies().map(({ text }) => text)
    }
    await boss.post(list, 'daftar.csv')
    await importRoster.run(runtime, {})
    expect((await seen()).filter((text) => text === 'Sedang membaca daftar Anda.')).toHaveLength(1)
    await boss.say('ya, lanjutkan', 'ya, semua setuju')
    const before = (await seen()).length
    await importRoster.run(runtime, {})
    const after = await seen()
    expect(after).not.toContain('Sedang membaca daftar Anda.')
    expect(
      after.filter((text) => text === 'Daftar sudah diperiksa. Sedang kami catat.'),
    ).toHaveLength(1)
    // Besides the changed one there is the result alone.
    expect(after).toHaveLength(before + 1)
    const states = await db.pool.query(
      "SELECT DISTINCT state FROM outbound WHERE purpose LIKE 'roster:%'",
    )
    expect(states.rows).toEqual([{ state: 'sent' }])
  } finally {
    await stage.close()
  }
})
