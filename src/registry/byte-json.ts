// JSON that can hold bytes: they come back as Buffers wherever they stood.

/** Stands for bytes. A name that begins with it gets another one in front. */
const mark = '$'

/** JSON of a value in which any part may be bytes; what JSON leaves out is left out here too. */
export function writeByteJson(value: unknown): string {
  return JSON.stringify(withMarks(value)) ?? 'null'
}

/** What writeByteJson wrote. Throws a SyntaxError when it is no JSON. */
export function readByteJson(text: string): unknown {
  return withoutMarks(JSON.parse(text))
}

function withMarks(value: unknown): unknown {
  if (value instanceof Uint8Array) {
    const { buffer, byteOffset, byteLength } = value
    return { [mark]: Buffer.from(buffer, byteOffset, byteLength).toString('base64') }
  }
  if (Array.isArray(value)) return value.map(withMarks)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name.startsWith(mark) ? mark + name : name,
      withMarks(part),
    ]),
  )
}

function withoutMarks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMarks)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const [name, bytes] = entries[0] ?? []
  if (name === mark && typeof bytes === 'string') return Buffer.from(bytes, 'base64')
  return Object.fromEntries(
    entries.map(([name, part]) => [
      name.startsWith(mark) ? name.slice(mark.length) : name,
      withoutMarks(part),
    ]),
  )
}
