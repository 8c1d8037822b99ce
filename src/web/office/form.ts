// Forms of the workplace: each carries the key that shows where it comes from.
import { type Html, html } from '../html.ts'
import type { Visit } from './visit.ts'

/** A form that does something; `to` is an address below `/kantor`. */
export function postForm({ formKey }: Pick<Visit, 'formKey'>, to: string, body: Html): Html {
  return html`<form method="post" action="/kantor${to}">
<input type="hidden" name="kunci" value="${formKey}">${body}</form>`
}

/** What a form with one file says: the phrases of its label and button, and which names it takes. */
export interface FileForm {
  label: string
  accept: string
  button: string
}

/** A form that takes one file, as `berkas`; `to` is an address below `/kantor`. */
export function fileForm(
  { say, formKey }: Pick<Visit, 'say' | 'formKey'>,
  to: string,
  { label, accept, button }: FileForm,
): Html {
  return html`<form method="post" enctype="multipart/form-data" action="/kantor${to}">
<input type="hidden" name="kunci" value="${formKey}">
<label for="${label}">${say(label)}</label>
<input id="${label}" name="berkas" type="file" accept="${accept}" required>
<button>${say(button)}</button></form>`
}
