// Asks for the PIN before something dangerous is done; what the form said goes on with it.
import { wrongPinsAllowed } from '../../core/limits.ts'
import { html } from '../html.ts'
import { postForm } from './form.ts'
import type { Answer, Visit } from './visit.ts'

/** The page between the form and what it does. Files are not carried along: such forms need no PIN. */
export function askPin(
  visit: Visit,
  form: Record<string, string | File>,
  found: 'wrong' | 'shut' | undefined,
): Answer {
  const { say, c } = visit
  const carried = Object.entries(form).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' && !['kunci', 'pin'].includes(entry[0]),
  )
  const title = say('office-pin-title')
  if (found === 'shut') {
    return { title, status: 422, body: html`<p class="wrong" role="alert">${say('pin-shut')}</p>` }
  }
  const to = c.req.path.replace(/^\/kantor/, '')
  const fields = html`
${carried.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<label for="pin">${say('office-pin')}</label>
<input id="pin" name="pin" type="password" inputmode="numeric" autocomplete="off" required
 maxlength="12" autofocus>
<button>${say('office-pin-go')}</button>`
  const wrong = say('office-pin-wrong', { count: String(wrongPinsAllowed) })
  const body = html`<p>${say('office-pin-why')}</p>
${found === 'wrong' && html`<p class="wrong" role="alert">${wrong}</p>`}
${postForm(visit, to, fields)}`
  return { title, body, status: 422 }
}
