// The beginning of every page of the site: where a page differs from the others, it says so.
import { type Asset, assets } from './assets.ts'
import { type Html, html } from './html.ts'

/** What a page has of its own before its first word. */
export interface Head {
  language?: string
  title: string
  style: Asset
  script?: Asset
  /** How the page fits a screen, where not simply as wide as it. */
  viewport?: string
  /** Pages that are somebody's own, or for officers, are not for search engines. */
  isPrivate?: boolean
  /** Whatever else stands in the head. */
  more?: Html | false
}

/** Everything from the doctype to the end of the head. */
export function pageHead(given: Head): Html {
  const { language = 'id', title, style, script, more } = given
  const { viewport = 'width=device-width, initial-scale=1', isPrivate } = given
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="${viewport}">
${isPrivate && html`<meta name="robots" content="noindex">\n`}<title>${title}</title>
<link rel="icon" href="${assets.icon.href}" type="image/svg+xml">
<link rel="stylesheet" href="${style.href}">
${script && html`<script src="${script.href}" defer></script>\n`}${more}</head>`
}
