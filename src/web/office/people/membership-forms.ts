// Forms for what an officer decides about a membership; each says before what it does.
import { monthOf } from '../../../core/calendar.ts'
import { endReasonOf, endReasons } from '../../../core/endings.ts'
import type { MembershipState } from '../../../registry/person-timeline.ts'
import type { Reviewed } from '../../../registry/review-queue.ts'
import { type Html, html } from '../../html.ts'
import { postForm } from '../form.ts'
import type { Visit } from '../visit.ts'

/** The forms for a membership as it is now; what was typed stays in the one that failed. */
export function membershipPart(visit: Visit, one: Reviewed, state: MembershipState): Html {
  const forms =
    state.state === 'registered'
      ? html`${activeForm(visit, one)}${endForm(visit, one, state)}`
      : html`${reopenForm(visit, one)}${resumeForm(visit, one)}`
  return html`<section class="card actions"><h2>${visit.say('office-member-doing')}</h2>
${forms}</section>`
}

function activeForm(visit: Visit, { receipt }: Reviewed): Html {
  const { say, given, ground } = visit
  const today = ground.clock.today()
  const fields = html`<label for="sampai">${say('office-member-until')}</label>
<input id="sampai" name="sampai" type="month" required value="${given('sampai') || monthOf(today)}">
<label for="dibayar">${say('office-member-paid-on')}</label>
<input id="dibayar" name="dibayar" type="date" required max="${today}"
 value="${given('dibayar') || today}">
<p class="soft">${say('office-member-active-why')}</p>
<button>${say('office-member-active')}</button>`
  return html`<details><summary>${say('office-member-active')}</summary>
${postForm(visit, `/orang/${receipt}/aktif`, fields)}</details>`
}

function endForm(visit: Visit, { receipt }: Reviewed, state: MembershipState): Html {
  const { say, given, ground } = visit
  const { leftBecause, leftOn } = state
  const wished = given('alasan') || (leftBecause ? endReasonOf(leftBecause) : '')
  const options = endReasons(ground.book).map((reason) => {
    const mark = reason === wished && html` selected`
    return html`<option value="${reason}"${mark}>${say(`ended-because-${reason}`)}</option>`
  })
  const fields = html`<label for="alasan">${say('office-member-why')}</label>
<select id="alasan" name="alasan">${options}</select>
<label for="hari">${say('office-member-last-day')}</label>
<input id="hari" name="hari" type="date" required max="${ground.clock.today()}"
 value="${given('hari') || (leftOn ?? '')}">
<p class="soft">${say('office-member-end-why')}</p>
<button class="danger">${say('office-member-end')}</button>`
  return html`<details><summary>${say('office-member-end')}</summary>
${postForm(visit, `/orang/${receipt}/akhiri`, fields)}</details>`
}

function reopenForm(visit: Visit, { receipt }: Reviewed): Html {
  const { say } = visit
  const fields = html`<p class="soft">${say('office-member-reopen-why')}</p>
<button class="plain">${say('office-member-reopen')}</button>`
  return html`<details><summary>${say('office-member-reopen')}</summary>
${postForm(visit, `/orang/${receipt}/buka`, fields)}</details>`
}

function resumeForm(visit: Visit, { receipt }: Reviewed): Html {
  const { say, given, ground } = visit
  const month = given('mulai') || monthOf(ground.clock.today())
  const fields = html`<label for="mulai">${say('office-member-from')}</label>
<input id="mulai" name="mulai" type="month" required value="${month}">
<p class="soft">${say('office-member-resume-why')}</p>
<button>${say('office-member-resume')}</button>`
  return html`<details><summary>${say('office-member-resume')}</summary>
${postForm(visit, `/orang/${receipt}/kembali`, fields)}</details>`
}
