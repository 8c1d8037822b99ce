// Takes what was read apart: entries, texts and lists, or a problem where there is something else.
import type { Problems } from './problems.ts'
import type { Entry, Raw } from './yaml.ts'

/** The entries of a map; a problem and nothing when it is none. */
export function entriesOf(raw: Raw, problems: Problems): Entry[] {
  if (raw.is === 'map') return raw.entries
  problems.at(raw.line, 'di sini harus ada isi berbentuk "kata: isi"')
  return []
}

/** The text of an entry; a problem and nothing when it is none. */
export function textOf(entry: Entry, problems: Problems): string {
  if (entry.value.is === 'text') return entry.value.text
  problems.at(entry.line, `isi "${entry.key}:" harus berupa kalimat`)
  return ''
}

/** Texts with their lines, of a list or of one line with commas; none may be empty. */
export function textsOf(entry: Entry, problems: Problems): { text: string; line: number }[] {
  const { value, key, line } = entry
  if (value.is === 'text') {
    if (!value.text) return []
    return value.text.split(',').map((text) => ({ text: text.trim(), line: value.line }))
  }
  if (value.is === 'map') {
    problems.at(line, `isi "${key}:" harus berupa daftar dengan tanda -`)
    return []
  }
  return value.items.flatMap((item) => {
    if (item.is === 'text' && item.text) return [{ text: item.text, line: item.line }]
    problems.at(item.line, `setiap baris "${key}:" harus berupa kata atau kalimat`)
    return []
  })
}
