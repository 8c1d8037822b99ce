// Where anybody checks a certificate of Desa Sadar: a code in, one sentence out, without script.
import { type Context, Hono } from 'hono'
import { createFlood } from './flood.ts'
import { formPage } from './form-page.ts'
import { type Html, html } from './html.ts'
import { originOf } from './origin.ts'

/** What is told of a certificate, in the words of one language. */
export interface VerifiedCertificate {
  /** As people copy it. */
  code: string
  /** The answer: for which village, since when, and whether it still holds. */
  sentences: string[]
  isStanding: boolean
  facts: { name: string; value: string }[]
}

/** What the page asks of the program. */
export interface Verifying {
  /** What is told of a code as somebody typed it; undefined for one that was never given. */
  find(typed: string, language: string): Promise<VerifiedCertificate | undefined>
  /** The certificate itself as a file; undefined for one that does not hold. */
  draw(typed: string, language: string): Promise<{ name: string; bytes: Buffer } | undefined>
  /** The languages that there are, the usual one first. */
  languages: string[]
  say(language: string, id: string): string
  /** A proxy stands before the pages. */
  isProxied: boolean
}

/** Whoever types codes by hand is never this quick, whoever tries them through is. */
const limit = { burst: 20, perSecond: 0.5 }

/** The routes below `/verify`. */
export function verifyPage(verifying: Verifying): Hono {
  const app = new Hono()
  const flood = createFlood(limit)
  const isTooMuch = (c: Context) => flood(originOf(c, verifying.isProxied)) > 0
  const answer = async (c: Context, typed: string | undefined) => {
    const view: View = { verifying, language: languageOf(c, verifying), typed }
    if (!typed?.trim()) return show(c, 200, view)
    if (isTooMuch(c)) return show(c, 429, { ...view, notice: 'verify-too-many' })
    const found = await verifying.find(typed, view.language)
    return found
      ? show(c, 200, { ...view, found })
      : show(c, 404, { ...view, notice: 'verify-unknown' })
  }
  app.get('/verify', (c) => answer(c, c.req.query('code')))
  app.get('/verify/:code', (c) => answer(c, c.req.param('code')))
  app.get('/verify/:code/piagam.pdf', async (c) => {
    const typed = c.req.param('code')
    if (isTooMuch(c)) return answer(c, typed)
    const file = await verifying.draw(typed, languageOf(c, verifying))
    if (!file) return answer(c, typed)
    const name = encodeURIComponent(file.name)
    c.header('Content-Disposition', `inline; filename*=UTF-8''${name}`)
    return c.body(new Uint8Array(file.bytes), 200, { 'Content-Type': 'application/pdf' })
  })
  return app
}

function languageOf(c: Context, { languages }: Verifying): string {
  const wished = c.req.query('language') ?? ''
  return languages.includes(wished) ? wished : (languages[0] ?? 'id')
}

interface View {
  verifying: Verifying
  language: string
  typed: string | undefined
  found?: VerifiedCertificate
  /** The phrase that says why nothing is told. */
  notice?: string
}

function show(c: Context, status: 200 | 404 | 429, view: View) {
  c.header('Cache-Control', 'no-store')
  return c.html(pageOf(view).text, status)
}

function pageOf(view: View): Html {
  const { verifying, language } = view
  const say = (id: string) => verifying.say(language, id).trim()
  const body = html`${answerPart(view, say)}
${formPart(view, say)}
${languagePart(view)}`
  return formPage(language, say('verify-title'), body)
}

function answerPart({ found, notice, language }: View, say: (id: string) => string) {
  if (notice !== undefined) return html`<p class="wrong" role="alert">${say(notice)}</p>`
  if (!found) return false
  const { code, sentences, isStanding, facts } = found
  const lines = facts.map(({ name, value }) => html`<dt>${name}</dt><dd>${value}</dd>`)
  const href = `/verify/${code}/piagam.pdf?language=${language}`
  const file = html`<p><a href="${href}">${say('verify-file')}</a></p>`
  return html`<section class="${isStanding ? 'stands' : 'wrong'}" role="status">
${sentences.map((sentence) => html`<p>${sentence}</p>`)}
<dl>${lines}</dl>
${isStanding && file}
</section>`
}

function formPart({ found, typed, language }: View, say: (id: string) => string) {
  return html`<form method="get" action="/verify">
<input type="hidden" name="language" value="${language}">
<label for="code">${say(found ? 'verify-another' : 'verify-ask')}</label>
<input id="code" name="code" required maxlength="100" autocomplete="off" autocapitalize="characters"
 spellcheck="false" value="${found ? '' : (typed ?? '')}">
<button>${say('verify-check')}</button>
</form>
<p class="soft">${say('verify-hint')}</p>`
}

/** The same answer in the other languages. */
function languagePart({ verifying, language, typed }: View): Html {
  const others = verifying.languages.filter((one) => one !== language)
  const links = others.map((one) => {
    const query = new URLSearchParams({ language: one, ...(typed && { code: typed }) })
    const href = `/verify?${query.toString()}`
    return html`<a href="${href}" lang="${one}">${verifying.say(one, 'language-name')}</a> `
  })
  return html`<p>${links}</p>`
}
