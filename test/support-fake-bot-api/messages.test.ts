// The fake Bot API: which messages and files it takes, and what its people do.
import { GrammyError, InputFile } from 'grammy'
import type { ApiError } from 'grammy/types'
import { describe, expect, test } from 'vitest'
import { api, fake, refusal, startForEachTest } from './stage.ts'

startForEachTest()

describe('what a message may be', () => {
  const button = (data: string) => ({
    reply_markup: { inline_keyboard: [[{ text: 'Ya', callback_data: data }]] },
  })
  const refusals: [what: string, call: () => Promise<unknown>, answer: string][] = [
    ['4,096 units', () => api.sendMessage(11, 'a'.repeat(4_096)), 'accepted'],
    ['4,097 units', () => api.sendMessage(11, 'a'.repeat(4_097)), 'message is too long'],
    ['2,049 emoji, two units each', () => api.sendMessage(11, '🌾'.repeat(2_049)), 'too long'],
    ['no text', () => api.sendMessage(11, ''), 'message text is empty'],
    ['only blanks', () => api.sendMessage(11, ' \n '), 'message text is empty'],
    ['half an emoji', () => api.sendMessage(11, '\ud83c'), 'encoded in UTF-8'],
    ['nobody', () => api.sendMessage(12, 'halo'), '400 Bad Request: chat not found'],
    ['64 bytes of data', () => api.sendMessage(11, 'a', button('é'.repeat(32))), 'accepted'],
    ['65 bytes of data', () => api.sendMessage(11, 'a', button(`${'é'.repeat(32)}x`)), 'DATA_INV'],
    ['no data', () => api.sendMessage(11, 'a', button('')), 'BUTTON_DATA_INVALID'],
    [
      'an entity beyond the text',
      () => api.sendMessage(11, 'ab', { entities: [{ type: 'bold', offset: 1, length: 2 }] }),
      'entity is out of the text',
    ],
    [
      'an entity inside the text',
      () => api.sendMessage(11, 'ab', { entities: [{ type: 'bold', offset: 1, length: 1 }] }),
      'accepted',
    ],
    ['markup language', () => api.sendMessage(11, 'a', { parse_mode: 'HTML' }), 'parse_mode'],
    ['a misspelt parameter', () => api.raw.sendMessage(misspelt), 'unknown parameter "txet"'],
    ['a misspelt method', () => callRaw('sendMesage'), '404 Not Found'],
    ['a stranger to the press', () => api.answerCallbackQuery('1'), 'query is too old'],
    ['an unknown message', () => api.editMessageText(11, 999, 'b'), 'message to edit not found'],
    ['a deleted message', () => api.deleteMessage(11, 999), 'message to delete not found'],
    ['an unknown file', () => api.getFile('nothing'), 'invalid file_id'],
    ['an unknown action', () => api.sendChatAction(11, 'record_voice'), 'wrong parameter action'],
    [
      'a command in capitals',
      () => api.setMyCommands([{ command: 'MENU', description: 'Menu' }]),
      'BOT_COMMAND_INVALID',
    ],
  ]
  const misspelt = { chat_id: 11, text: 'a', txet: 'b' } as { chat_id: number; text: string }
  async function callRaw(method: string): Promise<void> {
    const response = await fetch(`${fake.apiRoot}/bot${fake.token}/${method}`)
    throw new GrammyError('', (await response.json()) as ApiError, method, {})
  }

  test.each(refusals)('%s', async (_what, call, answer) => {
    fake.chat(11)
    expect(await refusal(call())).toContain(answer)
  })

  test('a used keyboard is edited once; the same again is "not modified"', async () => {
    const ani = fake.chat(11)
    const sent = await api.sendMessage(11, 'Setuju?', button('ya'))
    expect(ani.replies()[0]?.choices).toEqual(['Ya'])
    await api.editMessageReplyMarkup(11, sent.message_id)
    expect(ani.replies()[0]?.choices).toEqual([])
    expect(await refusal(api.editMessageReplyMarkup(11, sent.message_id))).toMatch(/not modified/)
    await api.editMessageText(11, sent.message_id, 'Terima kasih')
    expect(ani.replies()[0]?.text).toBe('Terima kasih')
  })

  test('a message with a keyboard of keys cannot be edited', async () => {
    fake.chat(11)
    const sent = await api.sendMessage(11, 'a', { reply_markup: { remove_keyboard: true } })
    expect(await refusal(api.editMessageText(11, sent.message_id, 'b'))).toMatch(/can't be edited/)
  })
})

describe('people', () => {
  const choices = {
    reply_markup: { inline_keyboard: [[{ text: 'Daftar', callback_data: 'c:enrol' }]] },
  }

  test('press what is shown, and nothing else', async () => {
    const ani = fake.chat(11)
    await api.sendMessage(11, 'Apa yang Anda perlukan?', choices)
    expect(() => ani.press('Bayar')).toThrow('no button "Bayar" among: Daftar')
    ani.press('Daftar')
    const [update] = await api.getUpdates()
    expect(update?.callback_query?.data).toBe('c:enrol')
    const id = update?.callback_query?.id ?? ''
    expect(await refusal(api.answerCallbackQuery(id))).toBe('accepted')
    expect(await refusal(api.answerCallbackQuery(id))).toMatch(/query is too old/)
  })

  test('press an old screen after the keyboard was taken away', async () => {
    const ani = fake.chat(11)
    const sent = await api.sendMessage(11, 'Apa?', choices)
    await api.editMessageReplyMarkup(11, sent.message_id)
    expect(() => ani.press('Daftar')).toThrow()
    ani.press('Daftar', sent.message_id)
    expect((await api.getUpdates())[0]?.callback_query?.data).toBe('c:enrol')
  })

  test('share their own number with the key, until the keyboard is removed', async () => {
    const ani = fake.chat(11)
    const keyboard = [[{ text: 'Bagikan', request_contact: true as const }]]
    await api.sendMessage(11, 'Nomor?', { reply_markup: { keyboard } })
    ani.press('Bagikan')
    expect((await api.getUpdates())[0]?.message?.contact?.user_id).toBe(11)
    await api.sendMessage(11, 'Terima kasih', { reply_markup: { remove_keyboard: true } })
    expect(() => ani.press('Bagikan')).toThrow()
  })

  test('wait for replies and say how many came', async () => {
    const ani = fake.chat(11)
    await api.sendMessage(11, 'satu')
    setTimeout(() => void api.sendMessage(11, 'dua'), 50)
    expect((await ani.waitForReplies(1, 1)).map(({ text }) => text)).toEqual(['dua'])
    await expect(ani.waitForReplies(1, 2, 100)).rejects.toThrow('0 of 1 replies after 100 ms')
  })

  test('who block the bot hear nothing', async () => {
    const ani = fake.chat(11)
    ani.block()
    expect(await refusal(api.sendMessage(11, 'halo'))).toBe(
      '403 Forbidden: bot was blocked by the user',
    )
    ani.block(false)
    expect(await refusal(api.sendMessage(11, 'halo'))).toBe('accepted')
  })
})

describe('files', () => {
  test('come in by multipart and are known afterwards', async () => {
    const ani = fake.chat(11)
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))
    const picture = new InputFile(bytes, 'kartu.jpg')
    const sent = await api.sendPhoto(11, picture, { caption: 'Kartu' })
    expect(ani.replies()[0]?.text).toBe('Kartu')
    const fileId = sent.photo[0]?.file_id ?? ''
    const { file_path } = await api.getFile(fileId)
    const back = await fetch(`${fake.apiRoot}/file/bot${fake.token}/${file_path}`)
    expect(Buffer.from(await back.arrayBuffer())).toEqual(bytes)
    expect(await refusal(api.sendPhoto(11, fileId))).toBe('accepted')
    expect(await refusal(api.sendDocument(11, 'file-unknown'))).toMatch(/wrong file identifier/)
    expect(await refusal(api.sendPhoto(11, fileId, { caption: 'a'.repeat(1_025) }))).toMatch(
      /caption is too long/,
    )
  })

  test('of people are fetched up to 20 MB', async () => {
    const ani = fake.chat(11)
    ani.document('daftar.csv', Buffer.from('nama\n'))
    ani.document('besar.csv', Buffer.from('x'), 20 * 1_024 * 1_024 + 1)
    const [small, large] = await api.getUpdates()
    const file = await api.getFile(small?.message?.document?.file_id ?? '')
    const response = await fetch(`${fake.apiRoot}/file/bot${fake.token}/${file.file_path}`)
    expect(await response.text()).toBe('nama\n')
    expect(await refusal(api.getFile(large?.message?.document?.file_id ?? ''))).toMatch(/too big/)
  })
})
