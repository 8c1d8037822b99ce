// What a page is made of, as a browser would cut it: its tags in order, and the words between.

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' }

/** The tags of a piece of HTML in order, with all that stands in them. */
export function tagsOf(piece: string): string[] {
  return piece.match(/<[^>]*>/g) ?? []
}

/** The tags without what differs from row to row: where links lead, which number a form is for. */
export function shapeOf(piece: string): string {
  return tagsOf(piece)
    .join('')
    .replace(/ (?:href|action|value|datetime|id|data-live|data-stream)="[^"]*"/g, '')
}

/** What somebody reads in a piece without tags. */
export function plainOf(piece: string): string {
  return piece.replace(/&(?:#(\d+)|(\w+));/g, (whole, code, name) =>
    code ? String.fromCodePoint(Number(code)) : (named[name] ?? whole),
  )
}

/** The rows of the tables of a page, heads left out. */
export function rowsOf(page: string): string[] {
  return page.match(/<tr><th scope="row">[\s\S]*?<\/tr>/g) ?? []
}

/** The first cell of a row, as it is read. */
export function firstCell(row: string): string {
  const cell = /<th scope="row">([\s\S]*?)<\/th>/.exec(row)?.[1] ?? ''
  return plainOf(cell.replace(/^<a [^>]*>|<\/a>$/g, ''))
}

/** A name as pages show it: signs that turn directions vanish, half of a sign is no sign. */
export function shownName(name: string): string {
  const straight = name.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
  return Buffer.from(straight).toString()
}
