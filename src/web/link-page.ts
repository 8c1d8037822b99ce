// The page on which an officer links a phone: a code, no script, gone after a while.
import { Hono } from 'hono'
import { assets } from './assets.ts'
import { Html, html } from './html.ts'

/** What the page shows; the drawing of a code is finished SVG. */
export type LinkShown =
  | { kind: 'waiting' | 'linked' }
  | { kind: 'qr'; svg: string }
  | { kind: 'code'; code: string }

/** Who knows what is to be shown; `token` is the last part of the address. */
export interface LinkView {
  /** Undefined when there is no such page, or no longer. */
  find(token: string): LinkShown | undefined
}

/** Where the page of a token is, below the site's own address. */
export function linkPath(token: string): string {
  return `/tautkan/${token}`
}

/** The part of the site with the page; whoever has no token finds nothing there. */
export function linkPage(view: LinkView, words: (id: string) => string): Hono {
  const app = new Hono()
  app.get('/tautkan/:token', (c) => {
    const shown = view.find(c.req.param('token'))
    if (!shown) return c.notFound()
    c.header('Cache-Control', 'no-store')
    return c.html(page(shown, words).text)
  })
  return app
}

function page(shown: LinkShown, words: (id: string) => string): Html {
  const refresh = shown.kind !== 'linked' && html`<meta http-equiv="refresh" content="5">`
  return html`<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words('web-link-title')}</title>
<link rel="stylesheet" href="${assets.form.href}">
${refresh}</head>
<body><main><h1>${words('web-link-title')}</h1>${body(shown, words)}</main></body>
</html>`
}

function body(shown: LinkShown, words: (id: string) => string): Html {
  if (shown.kind === 'qr') return html`<p>${words('web-link-scan')}</p>${new Html(shown.svg)}`
  if (shown.kind === 'code') {
    return html`<p>${words('web-link-type')}</p><p><strong>${shown.code}</strong></p>`
  }
  return html`<p>${words(shown.kind === 'linked' ? 'web-link-done' : 'web-link-wait')}</p>`
}
