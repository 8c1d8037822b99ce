// A small page for one form: nothing but words, for old phones and slow lines.
import { assets } from './assets.ts'
import { type Html, html } from './html.ts'

/** The page with its title, which search engines are asked to pass by. */
export function formPage(language: string, title: string, body: Html): Html {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="${assets.icon.href}" type="image/svg+xml">
<link rel="stylesheet" href="${assets.form.href}">
</head>
<body><h1>${title}</h1>
${body}
</body>
</html>`
}
