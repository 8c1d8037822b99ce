// A mistake that an officer makes while typing: a small edit to one real file.

/** One edit and what the loader says to it. */
export interface Mistake {
  what: string
  /** Path below flows/. */
  file: string
  /** What is replaced, once; missing where `to` is the whole new file. */
  from?: string
  to: string
  /** Path of the file that the sentence names, where it is another: a language's missing words. */
  in?: string
  /** Text that stands on the line which the sentence must name. */
  at: string
  /** What the one sentence must say. */
  says: string
  /** The step or entry that it must name. */
  step?: string
}

/** Files that many mistakes are made in. */
export const later = 'villager/eligibility.yaml'
export const start = 'villager/start.yaml'
export const help = 'villager/help.yaml'
