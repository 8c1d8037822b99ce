// Which ends, choices and sentences of flows/ a set of transcripts passes through.
import { findOption } from '../../src/core/answers/understand.ts'
import type { Book } from '../../src/core/book.ts'
import type { Translated, Words } from '../../src/core/flow.ts'
import type { Choice } from '../../src/core/message.ts'
import { toldPhrases } from '../../src/core/phrases.ts'
import type { PlayedTurn } from './transcript.ts'

/** Every end of every flow in every language, as `language flow end`. */
export function listEnds(book: Book): string[] {
  return [...book.flows.values()].flatMap((flow) =>
    flow.steps
      .filter((step) => step.does === 'end')
      .flatMap((end) => book.languages.map((language) => `${language} ${flow.name} ${end.id}`)),
  )
}

/** Every choice of every ask, as `flow ask choice`. */
export function listChoices(book: Book): string[] {
  return [...book.flows.values()].flatMap((flow) =>
    [...flow.asks.values()].flatMap((ask) =>
      ask.choices.map((choice) => `${flow.name} ${ask.id} ${choice.key}`),
    ),
  )
}

/** The ends that these turns reached, in the words of listEnds. */
export function endsReached(turns: PlayedTurn[]): string[] {
  return turns.flatMap(({ before, result }) =>
    result.outcomes.map(({ flow, outcome }) => {
      // The last words of the language flow are in the new language, all others in the old one.
      const { language } = flow === 'villager/language' ? result.session : before
      return `${language} ${flow} ${outcome}`
    }),
  )
}

/** The choices that these turns took, in the words of listChoices. */
export function choicesTaken(book: Book, turns: PlayedTurn[]): string[] {
  return turns.flatMap(({ inbound, before, offered }) => {
    const { talk } = before
    const flow = talk && book.flows.get(talk.flow)
    const choices = offered.flatMap((reply) => reply.choices ?? [])
    const [id, askId = ''] = choices.at(-1)?.press.split('.') ?? []
    const ask = flow?.asks.get(askId)
    if (!talk || !flow || !ask || id !== talk.id) return []
    const key =
      inbound.kind === 'press'
        ? keyOf(choices.find(({ press }) => press === inbound.words))
        : findOption(inbound.words, choices.map(toOption), book, ask.exact)?.key
    return key === undefined ? [] : [`${flow.name} ${askId} ${key}`]
  })
}

function toOption(choice: Choice) {
  return { key: keyOf(choice) ?? '', label: choice.label }
}

function keyOf(choice: Choice | undefined): string | undefined {
  return choice?.press.split('.').slice(2).join('.')
}

/** Told by the program, yet by none of these talks: nobody bursts here, no flow asks for a number. */
const toldElsewhere = ['slow-down', 'number-odd']

/** What no reply of these turns says, of everything that talks can say, as `language where`. */
export function findUnsaid(book: Book, turns: PlayedTurn[]): string[] {
  const said = turns.flatMap(({ result }) =>
    result.replies.flatMap(({ text, choices = [] }) => [text, ...choices.map((one) => one.label)]),
  )
  const texts = [...new Set(said)]
  return [...sentences(book)].flatMap(([where, translated]) =>
    book.languages
      .filter((language) => {
        const words = translated[language]
        return !words || !texts.some((text) => isFilledFrom(words, text))
      })
      .map((language) => `${language} ${where}`),
  )
}

function sentences(book: Book): Map<string, Translated> {
  const all = new Map<string, Translated>()
  for (const flow of book.flows.values()) {
    for (const step of flow.steps) {
      if ('words' in step) all.set(`${flow.name} ${step.id}`, step.words)
      if (step.does === 'ask' && step.help) all.set(`${flow.name} ${step.id} help`, step.help)
    }
  }
  for (const { id, text } of book.questions) all.set(`question ${id}`, text)
  for (const [id, words] of book.phrases) {
    if (id in toldPhrases && !toldElsewhere.includes(id)) all.set(`phrase ${id}`, words)
  }
  return all
}

/** Whether the text is these words with something in each of their blanks. */
function isFilledFrom({ texts: [first = '', ...rest] }: Words, text: string): boolean {
  if (!text.startsWith(first)) return false
  if (rest.length === 0) return text === first
  let from = first.length
  for (const part of rest) {
    const at = text.indexOf(part, from)
    if (at < 0) return false
    from = at + part.length
  }
  return text.endsWith(rest.at(-1) ?? '')
}
