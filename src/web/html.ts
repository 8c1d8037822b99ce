// HTML as tagged templates: what is put in is escaped, unless it is HTML already.

/** A piece of finished HTML; only `html` makes one. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  toString(): string {
    return this.text
  }
}

/** What does not stay as it is: signs of HTML, and those that turn the direction of writing. */
const marked = /[&<>"'\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g

type Part = Html | string | number | undefined | false | readonly Part[]

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function render(part: Part): string {
  if (part === undefined || part === false) return ''
  if (part instanceof Html) return part.text
  if (Array.isArray(part)) return part.map(render).join('')
  // Signs that turn directions would make words look like others: they vanish.
  return String(part).replace(marked, (sign) => entities[sign] ?? '')
}

/** Joins a template into HTML; `undefined` and `false` vanish, lists are joined. */
export function html(texts: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(texts.reduce((all, text, i) => all + render(parts[i - 1]) + text))
}
