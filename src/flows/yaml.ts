// Reads the strict small part of YAML that flows are
// written in; everything is text, a list or a map.
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { Problems } from './problems.ts'
import { explain } from './yaml-errors.ts'

/** A piece of a file with the line it stands on, from 1. */
export type Raw =
  | { is: 'text'; text: string; line: number }
  | { is: 'list'; items: Raw[]; line: number }
  | { is: 'map'; entries: Entry[]; line: number }

/** One `key: value` of a map. */
export interface Entry {
  key: string
  value: Raw
  line: number
}

/** Reads one file's text; what YAML would silently change is a problem, not a surprise. */
export function readYaml(source: string, problems: Problems): Raw | undefined {
  const lines = new LineCounter()
  const document = parseDocument(source, {
    schema: 'failsafe',
    lineCounter: lines,
    uniqueKeys: true,
    strict: true,
  })
  const [error] = document.errors
  if (error) {
    // Only the first: what comes after it was read with wrong eyes.
    const { line, sentence } = explain(error, lines.linePos(error.pos[0]).line, source.split('\n'))
    problems.at(line, sentence)
    return undefined
  }
  if (!document.contents) {
    problems.at(1, 'berkas ini kosong')
    return undefined
  }
  return toRaw(document.contents as Node, lines, problems)
}

function toRaw(node: Node, lines: LineCounter, problems: Problems): Raw {
  const line = lines.linePos(node.range?.[0] ?? 0).line
  if ('anchor' in node && node.anchor) problems.at(line, 'tanda & di awal kalimat tidak dipakai')
  if (node.tag) problems.at(line, 'tanda ! di awal kalimat tidak dipakai')
  if (isScalar(node)) return toText(node, line, problems)
  if (isSeq(node)) {
    if (node.flow) problems.at(line, 'tulis daftar ke bawah dengan tanda -, bukan di dalam [ ]')
    return { is: 'list', items: node.items.map((one) => toRaw(one as Node, lines, problems)), line }
  }
  if (!isMap(node)) {
    problems.at(line, 'tanda * di awal kalimat tidak dipakai')
    return { is: 'text', text: '', line }
  }
  if (node.flow) problems.at(line, 'tulis ke bawah, satu baris satu isi, bukan di dalam { }')
  const entries = node.items.map((pair) => toEntry(pair, lines, problems))
  return { is: 'map', entries, line }
}

function toEntry(pair: { key: unknown; value: unknown }, lines: LineCounter, problems: Problems) {
  const key = pair.key as Node
  const line = lines.linePos(key.range?.[0] ?? 0).line
  const value = pair.value
    ? toRaw(pair.value as Node, lines, problems)
    : ({ is: 'text', text: '', line } as const)
  return { key: isScalar(key) ? String(key.value) : '', value, line }
}

function toText(
  node: { value: unknown; comment?: string | null; type?: string },
  line: number,
  problems: Problems,
): Raw {
  const text = String(node.value ?? '')
  if (node.comment && node.type === 'PLAIN') {
    problems.at(line, `kalimat ini terpotong di tanda #; tulis di baris baru setelah tanda |`)
  }
  return { is: 'text', text: text.replace(/\s+$/, ''), line }
}
