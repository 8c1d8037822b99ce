// Forms of the workplace: each carries the key that shows where it comes from.
import { type Html, html } from '../html.ts'
import type { Visit } from './visit.ts'

/** A form that does something; `to` is an address below `/kantor`. */
export function postForm({ formKey }: Pick<Visit, 'formKey'>, to: string, body: Html): Html {
  return html`<form method="post" action="/kantor${to}">
<input type="hidden" name="kunci" value="${formKey}">${body}</form>`
}
