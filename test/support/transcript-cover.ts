// Which ends and choices of the flows a set of transcripts passes through.
import { findOption } from '../../src/core/answers/understand.ts'
import type { Book } from '../../src/core/book.ts'
import type { Choice } from '../../src/core/message.ts'
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
