// A small page for one form: nothing but words, for old phones and slow lines.
import { assets } from './assets.ts'
import { pageHead } from './head.ts'
import { type Html, html } from './html.ts'

/** The page with its title, which search engines are asked to pass by. */
export function formPage(language: string, title: string, body: Html): Html {
  return html`${pageHead({ language, title, style: assets.form, isPrivate: true })}
<body><h1>${title}</h1>
${body}
</body>
</html>`
}
