// What can be done with a submission; each says before what it does.
import { kpjDigits } from '../../../core/kpj.ts'
import { undoSeconds } from '../../../core/limits.ts'
import { type Reviewed, waitsForDecision } from '../../../registry/review-queue.ts'
import { type Html, html } from '../../html.ts'
import { postForm } from '../form.ts'
import { reloadLine } from '../news-line.ts'
import type { Visit } from '../visit.ts'
import { filterOf, kindWords } from './filter.ts'
import type { Shown } from './one.ts'

/** Reasons for looking at a full national number: they are what the audit keeps. */
export const revealReasons = ['portal', 'check', 'asked'] as const

/** Forms for accepting, refusing, asking, trying again, and showing what is hidden. */
export function actionsPart(visit: Visit, one: Reviewed, shown: Shown): Html {
  const { say } = visit
  const canRetry = one.state === 'parked' && !one.isRecorded && !one.isRegistered
  return html`<section class="card actions"><h2>${say('office-review-doing')}</h2>
<div role="status">${reloadLine(say)}</div>
${one.isRecorded && acceptForm(visit, one, shown)}
${waitsForDecision(one) && refuseForm(visit, one)}
${askForm(visit, one)}
${canRetry && retryForm(visit, one)}
${!shown.isRevealed && revealForm(visit, one)}
<p class="soft keys">${say('office-review-keys')}</p></section>`
}

/** Fields with the filter, which goes along so that the next of the same kind comes after. */
export function along(visit: Visit): Html {
  const { kind, place } = filterOf(visit)
  const word = Object.entries(kindWords).find(([, one]) => one === kind)?.[0] ?? ''
  return html`<input type="hidden" name="jenis" value="${word}">
<input type="hidden" name="wilayah" value="${place}">`
}

function acceptForm(visit: Visit, one: Reviewed, { typed = '' }: Shown): Html {
  const { say } = visit
  const label = say('office-kpj', { digits: String(kpjDigits) })
  const fields = html`${along(visit)}<label for="kpj">${label}</label>
<input id="kpj" name="kpj" inputmode="numeric" required maxlength="20" autocomplete="off"
 value="${typed}" data-key="a">
<p class="soft">${say('office-accept-why', { seconds: String(undoSeconds) })}</p>
<button>${say('office-accept')}</button>`
  const form = postForm(visit, `/periksa/${one.receipt}/terima`, fields)
  return html`<div data-until-over>${form}</div>`
}

function refuseForm(visit: Visit, one: Reviewed): Html {
  const { say, ground } = visit
  const reasons = [...ground.book.phrases.keys()].filter((id) => id.startsWith('reason-'))
  const options = reasons.map(
    (id) => html`<option value="${id.slice('reason-'.length)}">${say(id)}</option>`,
  )
  const fields = html`${along(visit)}<label for="alasan">${say('office-refuse-reason')}</label>
<select id="alasan" name="alasan">${options}</select>
<label for="kata-tolak">${say('office-refuse-words')}</label>
<textarea id="kata-tolak" name="kata" rows="2" maxlength="300"></textarea>
<p class="soft">${say('office-refuse-why', { seconds: String(undoSeconds) })}</p>
<button class="danger">${say('office-refuse')}</button>`
  return html`<details data-key="t" data-until-over><summary>${say('office-refuse')}</summary>
${postForm(visit, `/periksa/${one.receipt}/tolak`, fields)}</details>`
}

function askForm(visit: Visit, one: Reviewed): Html {
  const { say } = visit
  const fields = html`${along(visit)}<label for="kata-tanya">${say('office-ask-words')}</label>
<textarea id="kata-tanya" name="kata" rows="3" maxlength="500" required></textarea>
<p class="soft">${say('office-ask-why')}</p>
<button>${say('office-ask')}</button>`
  return html`<details data-key="q"><summary>${say('office-ask')}</summary>
${postForm(visit, `/periksa/${one.receipt}/tanya`, fields)}</details>`
}

function retryForm(visit: Visit, one: Reviewed): Html {
  const { say } = visit
  const fields = html`${along(visit)}<p class="soft">${say('office-retry-why')}</p>
<button class="plain">${say('office-retry')}</button>`
  return html`<details data-until-over><summary>${say('office-retry')}</summary>
${postForm(visit, `/periksa/${one.receipt}/ulang`, fields)}</details>`
}

function revealForm(visit: Visit, one: Reviewed): Html {
  const { say } = visit
  const options = revealReasons.map(
    (reason) => html`<option value="${reason}">${say(`office-reveal-${reason}`)}</option>`,
  )
  const fields = html`${along(visit)}<label for="mengapa">${say('office-reveal-reason')}</label>
<select id="mengapa" name="mengapa">${options}</select>
<p class="soft">${say('office-reveal-why')}</p>
<button class="plain">${say('office-reveal')}</button>`
  return html`<details><summary>${say('office-reveal')}</summary>
${postForm(visit, `/periksa/${one.receipt}/buka`, fields)}</details>`
}
