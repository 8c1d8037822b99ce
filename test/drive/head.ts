// A village head at the other end of the fake Telegram: comes in, sets up the village, sends lists.
import { setTimeout as pause } from 'node:timers/promises'
import type { Reply } from '../support/fake-bot-api/person.ts'
import type { FakeBotApi } from '../support/fake-bot-api.ts'
import { pin } from '../support/officials.ts'
import type { VillageRoster } from '../support/rosters/village-rosters.ts'

/** How long a head waits for an answer before giving up, in ms. */
const patienceMs = 120_000

/** What a head does when these choices are shown: the first that is there is pressed. */
const wishes = [
  'Tidak ada di daftar',
  'Ya, semua setuju',
  'Daftarkan yang sudah siap',
  'Ya, lanjutkan',
  'Selesai',
]

/** What is said last about a list. */
const ends =
  /sudah kami terima dan menunggu diperiksa|tidak ada yang didaftarkan|Belum ada yang siap/

/** A head who has opened the chat. */
export interface Head {
  /** Redeems the invite. */
  comeIn(code: string): Promise<void>
  /** Sets up the groups for so many people. */
  setUp(people: number): Promise<void>
  /** Sends a list and answers whatever is asked until it is done with; what was said last. */
  hand(fileName: string, file: Buffer): Promise<string>
}

/** The head of this village, at a chat of their own. */
export function createHead(fake: FakeBotApi, chatId: number): Head {
  const person = fake.chat(chatId)
  let read = 0
  let lastEnd = ''

  /** Waits for a message of the bot that fits; what came before it is passed over. */
  async function hear(fits: (reply: Reply) => boolean, what: string): Promise<Reply> {
    const giveUpAt = Date.now() + patienceMs
    for (;;) {
      const said = person.replies(read)
      const at = said.findIndex(fits)
      if (at >= 0) {
        read += at + 1
        return said[at] as Reply
      }
      if (Date.now() > giveUpAt) {
        throw new Error(`chat ${chatId} waited in vain for ${what}: ${said.length} messages`)
      }
      await pause(50)
    }
  }

  async function say(words: string, fits: RegExp): Promise<string> {
    person.say(words)
    return (await hear(({ text }) => fits.test(text), fits.source)).text
  }

  /** What a head presses under this message; nothing where there is nothing to decide. */
  function wishFor({ text, choices }: Reply): string | undefined {
    if (text.includes('Termasuk kelompok mana')) return 'perangkat desa'
    return wishes.find((wish) => choices.includes(wish))
  }

  return {
    async comeIn(code) {
      person.start(`u_${code}`)
      await hear(({ text }) => text.includes('PIN'), 'the PIN')
      await say(pin, /Anda sekarang kepala desa/)
    },
    async setUp(people) {
      for (const [cohort, posts] of [
        ['kepala desa', 1],
        ['perangkat desa', people - 1],
      ] as const) {
        await say('iuran desa', /Apa yang ingin Anda lakukan/)
        await say('2', /Kelompok mana/)
        await say(cohort, /Berapa orang/)
        await say(String(posts), /Aturan yang kami punya/)
        await say('ya', /uang/)
        await say('add', /simpan/i)
        await say('ya, simpan', /Jumlah sebulan/)
      }
    },
    async hand(fileName, file) {
      person.document(fileName, file)
      for (;;) {
        // A kill between sending and noting says once more what was said of the list before, and
        // that may come when this one is half done.
        const isOver = ({ text }: Reply) => ends.test(text) && text !== lastEnd
        const reply = await hear((one) => isOver(one) || wishFor(one) !== undefined, 'the list')
        const wish = wishFor(reply)
        if (wish === undefined) {
          lastEnd = reply.text
          return reply.text
        }
        person.press(wish)
      }
    },
  }
}

/** People of a list who are registered before anything is corrected; unknown posts are explained. */
export function readyAtOnce({ rows }: VillageRoster): number {
  return rows.filter(
    ({ judged, reasons }) => judged === 'accepted' || reasons.join() === 'post-unknown',
  ).length
}
