// Says a flow's words: {blanks} become answers, figures and names.
import type { Option } from './answers/understand.ts'
import { blanks } from './blanks.ts'
import type { TalkContext } from './context.ts'
import type { Ask, Flow, Translated } from './flow.ts'
import { hideLongNumbers } from './hide.ts'
import { lists } from './lists.ts'
import { must } from './must.ts'
import { fillWords, wordsIn } from './phrase.ts'

/** Names of the blanks that the engine itself fills. */
export const engineBlanks = ['review', 'receipt', 'operator']

/**
 * A flow's words for this talk: blanks are asks of the flow, named blanks, or the engine's own;
 * `review` gives the lines of every answer so far.
 */
export function sayWords(
  flow: Flow,
  translated: Translated,
  talk: TalkContext,
  review: () => string,
): string {
  return fillWords(wordsIn(translated, talk.language), (name) => {
    const blank = blanks[name]
    if (blank) return blank.show(talk)
    if (name === 'review') return review()
    if (name === 'receipt') return showReceipt(talk.talkId)
    if (name === 'operator') return talk.book.branch.operator
    return showAnswer(flow, name, talk)
  })
}

/** What stands for a sensitive answer of which nothing may be shown. */
const hidden = '••••'

/** The receipt number of a talk as a person reads it: `SD-7K3M2-92QXA`. */
export function showReceipt(talkId: string): string {
  return `SD-${talkId.slice(0, 5)}-${talkId.slice(5)}`
}

/** The receipt that is written here, `SD-7K3M2-92QXA` or nearly so, as it is kept. */
export function findReceipt(written: string): string | undefined {
  const [, first, second] = /^SD-?([0-9A-Z]{5})-?([0-9A-Z]{5})$/i.exec(written) ?? []
  return first && second && `${first}${second}`.toUpperCase()
}

function showAnswer(flow: Flow, id: string, talk: TalkContext): string {
  const ask = flow.asks.get(id) ?? must(null, `ask ${id} in ${flow.name}`)
  return showValue(flow, ask, talk)
}

/** The answer to `ask` as a person reads it; hidden when sensitive; a dash when skipped. */
export function showValue(flow: Flow, ask: Ask, talk: TalkContext): string {
  const value = talk.answers[ask.id]
  if (value === undefined || value === '') return '–'
  if (ask.answer === 'choice') {
    const choice = ask.choices.find((one) => one.key === value)
    if (choice) return sayWords(flow, choice.label, talk, () => '')
    return optionsOf(ask, talk).find((one) => one.key === value)?.label ?? String(value)
  }
  const reader = talk.book.readers[ask.answer]
  if (ask.sensitive) return reader.mask?.(value) ?? hidden
  const shown = reader.show(value, talk.language)
  // A NIK or phone number that somebody typed in the wrong place is not shown in full again.
  return ask.answer === 'text' ? hideLongNumbers(shown) : shown
}

/** The options of the list behind an ask; none where what the list needs was not looked up. */
function optionsOf(ask: Ask, talk: TalkContext): Option[] {
  const list = ask.choicesFrom ? lists[ask.choicesFrom] : undefined
  const isKnown = (list?.needs ?? []).every((name) => name in talk.facts)
  return list && isKnown ? list.options(talk) : []
}
