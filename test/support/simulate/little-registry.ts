// What the registry would know about one address, in memory: facts for rules, commands carried out.
import type { Value } from '../../../src/core/answers/reading.ts'
import type { Book } from '../../../src/core/book.ts'
import { showHeldAnswers } from '../../../src/core/held.ts'
import { must } from '../../../src/core/must.ts'
import { showReceipt } from '../../../src/core/text.ts'
import type { Command } from '../../../src/core/turn/state.ts'
import { createLittleOffice, type LittleOffice } from './little-office.ts'

const daySeconds = 24 * 60 * 60

interface Kept {
  receipt: string
  flow: string
  language: string
  startedOn: string
  answers: Record<string, Value>
  state: 'received' | 'withdrawn'
  /** Seconds since 1970. */
  atSecond: number
}

/** The records of one address. */
export interface LittleRegistry {
  /** The facts of these names; throws on a name that is none. */
  lookUp(names: string[], asked: Asked): Record<string, unknown>
  /** Does one command the way the registry does. */
  carryOut(command: Command, second: number): void
  /** An officer answers every open ticket. */
  closeTickets(): void
  /** What officials see and do. */
  office: LittleOffice
}

/** What a fact may rest on. */
export interface Asked {
  book: Book
  /** Seconds since 1970. */
  second: number
  answers: Readonly<Record<string, Value>>
}

/** Records that begin empty. */
export function createLittleRegistry(): LittleRegistry {
  let submissions: Kept[] = []
  let openTickets = 0
  let stopped = false

  const office = createLittleOffice()
  const facts: Record<string, (asked: Asked) => unknown> = {
    ...office.facts,
    'my-submissions': () => listNewest(submissions),
    'my-data': ({ book }) => showNewest(submissions, book),
    'is-reminded': ({ second }) => second % 3 > 0,
    'my-contributions': ({ second }) => contributionsAt(second),
    'submissions-today': ({ second }) =>
      submissions.filter((one) => one.atSecond > second - daySeconds).length,
    'has-open-ticket': () => openTickets > 0,
    stopped: () => stopped,
  }

  const doers: Record<string, (command: Command, second: number) => void> = {
    ...office.doers,
    'submit-enrolment': (command, second) => {
      if (submissions.some((one) => one.receipt === command.talkId)) return
      submissions.push({ ...command, receipt: command.talkId, state: 'received', atSecond: second })
    },
    'erase-data': () => {
      submissions = submissions.map((one) => ({ ...one, state: 'withdrawn', answers: {} }))
    },
    'stop-messages': () => {
      stopped = true
    },
    'resume-messages': () => {
      stopped = false
    },
  }
  const openTicket = () => {
    openTickets += 1
  }
  const asked =
    'open-ticket open-accident-ticket correct-data request-hand-over ask-about-fund ' +
    'correct-staff correct-own-entry ask-about-arrears'
  for (const name of asked.split(' ')) {
    doers[name] = openTicket
  }
  const silent =
    'record-consent record-campaign-consent set-language claim-paid snooze-reminders send-area-picture'
  for (const name of silent.split(' ')) {
    doers[name] = () => {}
  }

  return {
    office,
    lookUp: (names, asked) =>
      // As from the registry, facts come out of JSON.
      JSON.parse(
        JSON.stringify(
          Object.fromEntries(names.map((name) => [name, must(facts[name], `fact ${name}`)(asked)])),
        ),
      ),
    carryOut: (command, second) =>
      must(doers[command.do], `command ${command.do}`)(command, second),
    closeTickets: () => {
      openTickets = 0
    },
  }
}

/** Now nobody is known, now one, now a family; who pays, and how late, changes too. */
function contributionsAt(second: number) {
  const none = { waiting: second % 2, ended: second % 3 === 0 ? 1 : 0, members: [] }
  if (second % 7 === 0) return none
  const firstMonth = second % 5 === 0 ? '2026-07' : '2027-12'
  const payers = ['self', 'self', 'self', 'relative', 'apbd'] as const
  const membership = {
    ...{ segment: 'bpu', sector: 'other', baseRupiah: 1_000_000, programmes: ['jkk', 'jkm'] },
    ...{ payer: payers[second % payers.length], firstMonth },
  }
  const own = { receipt: 'SD-1', isMine: true, nik: '6303••••••••0001', kpjEnd: '4321', paid: {} }
  const other = { ...own, receipt: 'SD-2', isMine: false, nik: '', kpjEnd: '' }
  const open = { ...membership, payer: 'self', firstMonth: '2026-11' }
  const members = [{ ...own, key: '7K3M292QXA', membership: second % 3 === 0 ? open : membership }]
  if (second % 2 === 0) members.push({ ...other, key: '7K3M292QXB', membership: open })
  return { waiting: 0, ended: 0, members }
}

function listNewest(submissions: Kept[]) {
  return submissions
    .slice(-5)
    .reverse()
    .map(({ receipt, state, startedOn }) => ({
      receipt: showReceipt(receipt),
      state,
      createdOn: startedOn,
    }))
}

function showNewest(submissions: Kept[], book: Book) {
  const newest = submissions.filter((one) => one.state !== 'withdrawn').at(-1)
  return newest ? showHeldAnswers(book, newest) : {}
}
