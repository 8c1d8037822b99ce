// The shape of a flow after it was read and checked: what the turn walks through.
import type { AnswerKind } from './answers/reading.ts'
import type { Option } from './answers/understand.ts'
import type { Audience } from './roles.ts'

/** Words in one language, cut at their {blanks}: text, blank, text, blank, … text. */
export interface Words {
  texts: string[]
  blanks: string[]
}

/** The same words in each language, by language code (`id`, `en`). */
export type Translated = Record<string, Words>

/** Where a step leads: another step of this flow, another flow, or a global word. */
export type Target = { step: number } | { flow: string } | { word: string }

interface Named {
  /** The step's id: unique in its flow after splicing, kept in sessions. */
  id: string
}

/** Words that are sent without waiting. */
export interface Say extends Named {
  does: 'say'
  words: Translated
  picture?: string
  file?: string
}

/** One choice of an ask. */
export interface AskChoice {
  key: string
  label: Translated
  /**
   * Where it leads, if not to the next step. A jump
   * to an earlier ask means: change that answer.
   */
  go?: Target
}

/** Questions in a row that lead to each other whatever is answered. */
export interface Stretch {
  /** How long the ids of them all are, a space behind each. */
  length: number
  /** By the length of their ids: the first of them, and the place of the step that comes then. */
  parts: ReadonlyMap<number, { asks: string; after: number }>
}

/** Words that wait for an answer. */
export interface Ask extends Named {
  does: 'ask'
  words: Translated
  help?: Translated
  /** The kind that reads the answer; `choice` when there are choices. */
  answer: AnswerKind
  choices: AskChoice[]
  /** The choices as they are offered, by language; missing where a label holds a blank. */
  options?: Record<string, Option[]>
  /** Name of a list that the registry gives, in place of choices. */
  choicesFrom?: string
  /** Never echoed in full. */
  sensitive: boolean
  /** LEWATI moves on. */
  optional: boolean
  /** Only a button, its number or a whole clear word counts: consent, payment, cancelling. */
  exact: boolean
  /** Ids of the asks whose answers this question rests on: it is asked again when one changes. */
  restsOn: string[]
  /** Fingerprint of the words in each language: which wording somebody agreed to. */
  version: Record<string, string>
  /** A choice leads to another step than the next: where the road goes on depends on the answer. */
  forks?: boolean
  /** The questions that follow from it on; only at the first of them. */
  stretch?: Stretch
}

/** A named rule: where it holds, go there, otherwise carry on. */
export interface If {
  does: 'if'
  id: string
  rule: string
  go: Target
}

/** A command handed over with the answers on the road. */
export interface Do extends Named {
  does: 'do'
}

/** Last words; the id is the outcome that is counted. */
export interface End extends Named {
  does: 'end'
  words: Translated
  picture?: string
  file?: string
}

/** One step of a flow. */
export type Step = Say | Ask | If | Do | End

/** One talk, from its first words to one of its ends. */
export interface Flow {
  /** Path below /flows without its ending, e.g. `villager/enrol`. */
  name: string
  title: Translated
  /** Whole messages that open it, normalised. */
  opensOn: string[]
  /** The words that people are told to open it with, by language; empty where nothing does. */
  opensAs: Record<string, string>
  /** Whom it is for: everybody, or those whose post allows it. */
  for: Audience
  /** Whoever was idle types their PIN before it goes on. */
  pin: boolean
  steps: Step[]
  /** The steps that ask, by id. */
  asks: Map<string, Ask>
  /** Fingerprint of the file with everything spliced in. */
  version: string
}
