// A page with one question, opened by a link that works once. No script, no cookie, few bytes.
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { formPage } from './form-page.ts'
import { type Html, html } from './html.ts'

/** What a page asks. */
export interface Question {
  language: string
  text: string
  help: string | undefined
  /** A phone may show its number pad. */
  isDigits: boolean
}

/** Who knows the questions; `token` is the last part of the link. */
export interface Questions {
  find(token: string): Promise<Question | undefined>
  take(token: string, words: string): Promise<'kept' | 'stale' | { wrong: string }>
}

/** Gives the words of a `web-…` phrase in a language. */
export type Say = (language: string, id: string) => string

const maxBodyBytes = 16 * 1024

/** The part of the site with the one-time pages, each at `/isi/` and its token. */
export function oneTimePage(questions: Questions, say: Say): Hono {
  const app = new Hono()
  app.get('/isi/:token', async (c) => {
    const question = await questions.find(c.req.param('token'))
    return question ? show(c, 200, askPage(question, say)) : showEnd(c, 410, 'web-page-stale', say)
  })
  app.post('/isi/:token', bodyLimit({ maxSize: maxBodyBytes }), async (c) => {
    const token = c.req.param('token')
    const { words = '' } = await c.req.parseBody()
    // Found before it is taken: after that it is no longer there to say its language.
    const question = await questions.find(token)
    const taken = await questions.take(token, String(words))
    if (typeof taken === 'string') {
      return taken === 'kept'
        ? showEnd(c, 200, 'web-page-kept', say, question?.language)
        : showEnd(c, 410, 'web-page-stale', say, question?.language)
    }
    return question
      ? show(c, 422, askPage(question, say, taken.wrong))
      : showEnd(c, 410, 'web-page-stale', say)
  })
  return app
}

function show(c: Context, status: 200 | 410 | 422, page: Html) {
  c.header('Cache-Control', 'no-store')
  return c.html(page.text, status)
}

function showEnd(c: Context, status: 200 | 410, end: string, say: Say, language = 'id') {
  const sentence = html`<p>${say(language, end)}</p>`
  return show(c, status, formPage(language, say(language, 'web-page-title'), sentence))
}

function askPage(question: Question, say: Say, wrong?: string): Html {
  const { language, text, help, isDigits } = question
  const digits = isDigits && html` inputmode="numeric"`
  const form = html`<form method="post">
${wrong !== undefined && html`<p class="wrong" role="alert">${wrong}</p>`}
<label for="words">${text.trim()}</label>
<input id="words" name="words" required autocomplete="off"${digits}>
<button>${say(language, 'web-send')}</button>
</form>
${help !== undefined && html`<p class="soft">${help.trim()}</p>`}
<p class="soft">${say(language, 'web-page-promise')}</p>`
  return formPage(language, say(language, 'web-page-title'), form)
}
