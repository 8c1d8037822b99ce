// Reads members.yaml: the words by which answers about members are recognised and told.
import {
  type AnswerField,
  answerFields,
  answerReasons,
  answerVerdicts,
  lackWords,
  type MemberWords,
  type Result,
  results,
  watermarkWords,
} from '../core/members/member-words.ts'
import { cutWords } from '../core/phrase.ts'
import { headingKey, wordKey } from '../core/roster/roster-words.ts'
import { textOf, textsOf } from './entries.ts'
import type { Files } from './files.ts'
import type { Problems } from './problems.ts'
import { sectionOf } from './shared-words.ts'
import {
  type GroupedWord,
  meaningsOf,
  readGroups,
  refuseOtherHeads,
  type WordGroup,
  wordsOf,
} from './word-groups.ts'

const heads = ['columns', 'results', 'refusals', 'lacks', 'watermark', 'verdicts', 'reasons']
/** Stands at the end of words that may go on. */
const OPEN = '…'
const blanksOf: Record<string, string[]> = {
  fields: ['columns'],
  code: ['columns'],
  title: ['number'],
  line: ['number', 'count', 'when', 'actor', 'layout', 'version', 'reason'],
}

/** The words of every section. What is missing, unknown or means two things is a problem. */
export function readMemberWords(files: Files): MemberWords {
  const file = files.get('members')
  const problems = file?.problems
  if (file) refuseOtherHeads(file.raw, file.problems, heads)
  const read = <T extends string>(head: string, groups: readonly T[]) =>
    readGroups(files, 'members', head, groups)
  const sentences = <T extends string>(head: string, groups: readonly T[]) =>
    problems ? read(head, groups).map((one) => [one.group, say(one, problems)] as const) : []
  const columns = wordsOf<AnswerField>(read('columns', answerFields), problems)
  const words = (list: (readonly [string, string])[]) =>
    list.map(([group, text]) => [group, cutWords(text)] as const)
  return {
    headings: meaningsOf(columns, headingKey, problems),
    fieldNames: firstOf(columns),
    results: meaningsOf(wordsOf<Result>(read('results', results), problems), wordKey, problems),
    ...readRefusals(files, problems),
    lacks: new Map(words(sentences('lacks', lackWords))) as MemberWords['lacks'],
    watermark: new Map(words(sentences('watermark', watermarkWords))) as MemberWords['watermark'],
    verdicts: new Map(sentences('verdicts', answerVerdicts)),
    reasons: new Map(sentences('reasons', answerReasons)),
  }
}

/** The sentence of an entry; a blank that nobody fills is a problem. */
function say<T extends string>({ group, entry }: WordGroup<T>, problems: Problems): string {
  const text = textOf(entry, problems)
  for (const blank of cutWords(text).blanks) {
    if (blanksOf[group]?.includes(blank)) continue
    problems.at(entry.line, `{${blank}} tidak bisa diisi di sini`, group)
  }
  return text
}

function firstOf<T>(words: GroupedWord<T>[]): Map<T, string> {
  const first = new Map<T, string>()
  for (const { group, text } of words) if (!first.has(group)) first.set(group, text)
  return first
}

/** What a portal says by the reason that people read; each must be a phrase of notices.yaml. */
function readRefusals(files: Files, problems: Problems | undefined) {
  const known = sectionOf(files, 'notices', 'notices').map(({ key }) => key)
  const words: GroupedWord<string>[] = []
  for (const entry of problems ? sectionOf(files, 'members', 'refusals') : []) {
    if (!problems) continue
    if (!known.includes(`reason-${entry.key}`)) {
      problems.at(entry.line, `kalimat "reason-${entry.key}" belum ada di notices.yaml`)
    }
    for (const word of textsOf(entry, problems)) words.push({ group: entry.key, ...word })
  }
  const keyOf = (text: string) => wordKey(text.replace(OPEN, ''))
  meaningsOf(words, keyOf, problems)
  const open = words.filter(({ text }) => text.endsWith(OPEN))
  return {
    refusals: new Map(
      words
        .filter(({ text }) => !text.endsWith(OPEN))
        .map(({ group, text }) => [keyOf(text), group] as const),
    ),
    openRefusals: open
      .map(({ group, text }): [string, string] => [keyOf(text), group])
      .sort(([one], [other]) => other.length - one.length),
  }
}
