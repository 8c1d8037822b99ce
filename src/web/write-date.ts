// Writes days and hours as Indonesians do. To make a format takes longer than to use it many times.

const formats = new Map<string, Intl.DateTimeFormat>()

/** The moment in this shape; each shape is made once. */
export function writeDate(at: Date, shape: Intl.DateTimeFormatOptions): string {
  const name = JSON.stringify(shape)
  const format = formats.get(name) ?? new Intl.DateTimeFormat('id-ID', shape)
  formats.set(name, format)
  return format.format(at)
}
