// What looks odd about a submission, each with why, in words.
import { nikDiffers } from '../../../core/nik.ts'
import type { Reviewed } from '../../../registry/review-queue.ts'
import { type Html, html } from '../../html.ts'
import type { Visit } from '../visit.ts'

/** Each reason in a sentence, and how many may be the same person; or that nothing is odd. */
export function oddPart({ say }: Visit, one: Reviewed, twice: number): Html | false {
  if (one.isRegistered || one.state === 'refused' || one.state === 'merged') return false
  if (one.reasons.length === 0 && twice === 0) {
    return html`<p class="told">${say('odd-nothing')}</p>`
  }
  const found = `${say('odd-twice', { count: String(twice) })} ${say('office-twice-below')}`
  const below = html`<li><a href="#kembar">${found}</a></li>`
  const lines = one.reasons.map((reason) => {
    const detail = reason === 'nik-differs' ? ` ${sayDifferences(say, one)}` : ''
    return html`<li>${say(`odd-${reason}`)}${detail}</li>`
  })
  return html`<ul class="odd">${lines}${twice > 0 && below}</ul>`
}

/** What the NIK says otherwise: the birth date, the sex, or both. */
function sayDifferences(say: Visit['say'], { answers }: Reviewed): string {
  const sex = answers.sex === 'L' || answers.sex === 'P' ? answers.sex : undefined
  return nikDiffers(String(answers.nik), String(answers['birth-date']), sex)
    .map((difference) => say(`odd-nik-${difference}`))
    .join(' ')
}
