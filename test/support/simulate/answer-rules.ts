// What must hold whenever something is kept as an answer: it was meant for that question, and clear.
import type { Value } from '../../../src/core/answers/reading.ts'
import type { Book } from '../../../src/core/book.ts'
import type { Ask } from '../../../src/core/flow.ts'
import { answersOf } from '../answers-of.ts'
import type { Sent, Turned } from './conversation.ts'
import { demand } from './demand.ts'

/** Checks what a turn has kept as answers; throws an Error with the rule that does not hold. */
export function checkHeard({ sent, before, asked, result, read }: Turned) {
  const { talk } = result.session
  if (!talk || talk.id !== before.talk?.id) return
  const earlier = before.talk
  const given = answersOf(earlier)
  for (const [id, value] of Object.entries(answersOf(talk))) {
    const isBack = earlier.was?.step === id && earlier.was.value === value
    if (value === given[id] || isBack) continue
    const isSeen = asked?.id === id || (sent.kind === 'press' && sent.words.split('.')[1] === id)
    demand(isSeen, `an answer is one to the question that was seen (${id})`)
    const ask = read.book.flows.get(talk.flow)?.asks.get(id)
    if (ask?.exact) demand(isClear(sent, ask, value, read.book), `${id} takes only a clear answer`)
  }
}

/** A sensitive answer leaves the chat: it comes by its page, or what was typed is deleted. */
export function checkSensitive({ sent, before, now, result, read }: Turned) {
  const { talk } = result.session
  if (!talk || talk.id !== before.talk?.id) return
  const [earlier, answers] = [answersOf(before.talk), answersOf(talk)]
  for (const ask of read.book.flows.get(talk.flow)?.asks.values() ?? []) {
    const value = answers[ask.id]
    const was = before.talk.was?.step === ask.id ? before.talk.was.value : undefined
    const isNew = value !== undefined && value !== earlier[ask.id] && value !== was
    if (!isNew || !ask.sensitive || value === '') continue
    const isTyped = sent.kind === 'text' && before.talk.pending?.about !== 'doubt'
    if (now.pages && ask.answer !== 'phone') {
      demand(sent.kind !== 'text' || !isTyped, `${ask.id} is not taken from the chat`)
      const page = sent.kind === 'page' && sent.words.split(' ')[0]
      demand(!page || page === before.talk.page, 'a page answers the question it was made for')
    } else if (isTyped) {
      demand(result.replies[0]?.deletes !== undefined, `${ask.id} is deleted from the chat`)
    }
  }
}

/** Commas are left out by whoever copies a label by hand. */
function sameButCommas(label: string, said: string): boolean {
  return label.trim().replaceAll(', ', ' ') === said.replaceAll(', ', ' ')
}

/** A button, its number, its label, or a whole word that is a clear yes or no. */
function isClear({ kind, words }: Sent, ask: Ask, value: Value, book: Book): boolean {
  if (kind === 'press') return words.split('.')[2] === value
  const said = words
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/[\s.!🙏]+$/u, '')
    .trim()
  const number = /^(?:no\.?|nomor|nomer|pilih|pilihan|yang)?\s*(\d+)$/.exec(said)
  if (number) return ask.choices[Number(number[1]) - 1]?.key === value
  const choice = ask.choices.find(({ key }) => key === value)
  const labels = Object.values(choice?.label ?? {}).map((one) => one.texts.join('').toLowerCase())
  const clear = value === 'ya' ? book.yes : value === 'tidak' ? book.no : new Set<string>()
  return clear.has(said) || said === value || labels.some((label) => sameButCommas(label, said))
}
