// Reads names.yaml: what rules, commands, lists and blanks mean, for those who read flows.
import { blanks } from '../core/blanks.ts'
import { commands } from '../core/commands.ts'
import { lists } from '../core/lists.ts'
import { rules } from '../core/rules.ts'
import { engineBlanks } from '../core/text.ts'
import { textOf } from './entries.ts'
import type { Files } from './files.ts'
import { sectionOf } from './shared-words.ts'

/** Meanings by name, in Indonesian. */
export interface Names {
  rules: Map<string, string>
  commands: Map<string, string>
  lists: Map<string, string>
  blanks: Map<string, string>
}

const known: Record<keyof Names, string[]> = {
  rules: Object.keys(rules),
  commands: Object.keys(commands),
  lists: Object.keys(lists),
  blanks: [...Object.keys(blanks), ...engineBlanks],
}

/** The meanings; a name that the program does not know is a problem. */
export function readNames(files: Files): Names {
  const read = (head: keyof Names) => {
    const problems = files.get('names')?.problems
    const entries = problems ? sectionOf(files, 'names', head) : []
    return new Map(
      entries.flatMap((entry) => {
        if (!problems) return []
        if (!known[head].includes(entry.key)) {
          problems.at(entry.line, `nama ini tidak dikenal di ${head}:`, entry.key)
        }
        return [[entry.key, textOf(entry, problems)] as const]
      }),
    )
  }
  return {
    rules: read('rules'),
    commands: read('commands'),
    lists: read('lists'),
    blanks: read('blanks'),
  }
}

/** Names that no line of names.yaml explains. */
export function findUnexplained(names: Names): string[] {
  return Object.entries(known).flatMap(([head, all]) =>
    all.filter((name) => !names[head as keyof Names].get(name)),
  )
}
