// The pages' styles, scripts and icon: read once, addressed by their fingerprint.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** A small file that pages link to. */
export interface Asset {
  body: string
  type: string
  /** Where pages link to: the fingerprint lets a phone keep it for good. */
  href: string
}

function load(name: string, type: string): Asset {
  const body = readFileSync(new URL(name, import.meta.url), 'utf8')
  const version = createHash('sha256').update(body).digest('base64url').slice(0, 10)
  return { body, type, href: `/${name}?v=${version}` }
}

/** Every file that the pages need besides themselves. */
export const assets = {
  style: load('chat.css', 'text/css; charset=utf-8'),
  form: load('form.css', 'text/css; charset=utf-8'),
  script: load('chat.js', 'text/javascript; charset=utf-8'),
  office: load('office.css', 'text/css; charset=utf-8'),
  officeScript: load('office.js', 'text/javascript; charset=utf-8'),
  icon: load('icon.svg', 'image/svg+xml'),
}
