// Recognises which step of which flow a reply came from, by its words alone, as a person would.
import type { Book } from '../../../src/core/book.ts'
import type { Flow, Step, Words } from '../../../src/core/flow.ts'

/** A step that says something. */
export interface Spoken {
  flow: string
  id: string
  does: 'say' | 'ask' | 'end'
}

interface Pattern extends Spoken {
  language: string
  fits: RegExp
}

/** Which steps these words may come from. */
export type Recognise = (text: string, language: string) => Spoken[]

const prefixLength = 12

/** Makes the recogniser of one book. */
export function createRecogniser(book: Book): Recognise {
  const byPrefix = new Map<string, Pattern[]>()
  for (const flow of book.flows.values()) {
    for (const pattern of patternsOf(flow)) {
      const known = byPrefix.get(pattern.prefix) ?? []
      byPrefix.set(pattern.prefix, [...known, pattern])
    }
  }
  const loose = byPrefix.get('') ?? []
  return (text, language) => {
    const likely = byPrefix.get(text.slice(0, prefixLength)) ?? []
    return [...likely, ...loose].filter((one) => one.language === language && one.fits.test(text))
  }
}

function patternsOf(flow: Flow) {
  return flow.steps.flatMap((step: Step) => {
    if (step.does === 'if' || step.does === 'do') return []
    return Object.entries(step.words).map(([language, words]) => {
      const begin = words.texts[0] ?? ''
      return {
        flow: flow.name,
        id: step.id,
        does: step.does,
        language,
        prefix: begin.length >= prefixLength ? begin.slice(0, prefixLength) : '',
        fits: patternOf(words),
      }
    })
  })
}

function patternOf(words: Words): RegExp {
  const texts = words.texts.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${texts.join('[\\s\\S]+?')}$`)
}
