// Invented villagers who register, one answer at a time, and what each should be told.
import { setTimeout as pause } from 'node:timers/promises'
import type { Book } from '../../../src/core/book.ts'
import type { Session } from '../../../src/core/session.ts'
import { readSession, writeSession } from '../../../src/core/session-text.ts'
import { turn } from '../../../src/core/turn.ts'
import type { Platform, Told } from './platform.ts'

/** One villager: what they say, and what the bot should say to each of it. */
export interface Villager {
  number: number
  nik: string
  says: string[]
  /** The bot's words, by what was said; receipts are left out, they are drawn by chance. */
  hears: string[][]
  /** Delivers once more what was sent, one function for each message so far. */
  again: ((times: number) => void)[]
}

/** No facts are on record about somebody who writes for the first time. */
const noFacts = { 'submissions-today': 0, 'has-open-ticket': false, stopped: false }

/** The `number`-th villager, who says just this. */
export function createVillager(
  platform: Platform,
  book: Book,
  on: string,
  number: number,
  says: string[],
): Villager {
  const nik = says.find((words) => /^\d{16}$/.test(words)) ?? ''
  return { number, nik, says, hears: foresee(platform, book, on, says), again: [] }
}

/** A whole registration; two with the same `twin` are one person on two phones. */
export function registration(number: number, twin = number): string[] {
  return [
    'daftar',
    'ya, saya setuju',
    'ya',
    '1',
    'belum pernah',
    '12 maret 1985',
    `630305520385${String(twin).padStart(4, '0')}`,
    `siti contoh ${'abcdefgh'[number] ?? 'z'}`,
    'Martapura',
    'perempuan',
    'ibu contoh',
    '0812 3456 7890',
    'pasayangan utara, kecamatan martapura',
    'lewati',
    'pedagang sayur',
    'pekerjaan lain',
    'pasar desa',
    '1,5 juta',
    'saya sendiri',
    'jkk dan jkm',
    'tiga bulan',
    'tidak',
    'ya',
  ]
}

/** What the core alone, without any machine around it, answers to these words. */
function foresee(platform: Platform, book: Book, on: string, says: string[]): string[][] {
  let session: Session = { language: 'id' }
  return says.map((words, index) => {
    const now = { on, second: 1_000_000 + 90 * index, id: '0123456789' }
    const inbound = {
      channel: 'foreseen',
      address: '1',
      externalId: `u${index}`,
      kind: 'text' as const,
      words,
      at: new Date(now.second * 1_000).toISOString(),
    }
    let result = turn(book, session, inbound, now)
    if (result.needs.length > 0) result = turn(book, session, inbound, now, noFacts)
    session = readSession(writeSession(result.session))
    return result.replies.map((reply) => withoutReceipt(platform.show(reply)))
  })
}

/** The words with the receipt taken out. */
export function withoutReceipt(text: string): string {
  return text.replace(receipt, 'SD-…')
}

/** A receipt as it is shown to people. */
export const receipt = /SD-(\w{5})-(\w{5})/

/** What was told, without the repeats that came one right after the other. */
export function withoutRepeats(told: Told[]): Told[] {
  return told.filter(({ text }, index) => text !== told[index - 1]?.text)
}

/** The longest that somebody waits for an answer, in ms; many crashes may fall into one wait. */
const patienceMs = 150_000

/**
 * Says everything, each thing only after the bot has said all that it had to say to the one before.
 * Throws when somebody is left without an answer; gives up without a word when `isOver`.
 */
export async function talk(
  platform: Platform,
  villager: Villager,
  isOver = () => false,
): Promise<void> {
  let due = 0
  for (const [index, words] of villager.says.entries()) {
    villager.again.push(platform.say(villager.number, words))
    due += villager.hears[index]?.length ?? 0
    const giveUpAt = Date.now() + patienceMs
    while (withoutRepeats(platform.told(villager.number)).length < due) {
      if (isOver()) return
      if (Date.now() > giveUpAt) {
        throw new Error(`villager ${villager.number} waits for an answer to line ${index + 1}`)
      }
      await pause(20)
    }
  }
}
