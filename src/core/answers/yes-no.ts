// Tells a clear yes from a clear no, and both from everything else.
import { foldWhole } from './normalise.ts'

/**
 * What a whole message says, given the whole messages that are a clear yes or no (folded). Nothing
 * is guessed: a word that is nearly a yes, or a yes with a "but" after it, is unclear.
 */
export function readYesNo(
  words: string,
  yes: Set<string>,
  no: Set<string>,
): 'yes' | 'no' | 'unclear' {
  const said = foldWhole(words)
  if (yes.has(said) === no.has(said)) return 'unclear'
  return yes.has(said) ? 'yes' : 'no'
}
